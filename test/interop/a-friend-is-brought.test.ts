/** Somebody brings a friend along, over a real Prosody where nobody else gets an account. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KithRun, type Said, kith, newProfile, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { parseLink } from '../../protocols/xmpp/links.ts';
import type { ContactLink } from '../../src/contracts/index.ts';
import { XmppPerson } from '../harness/xmpp-person.ts';
import { until } from '../harness/waiting.ts';

describe('a friend', () => {
  let server: Prosody;
  let alice: KithRun;
  let profile: string;
  beforeAll(async () => {
    server = await startProsody({
      users: ['alice', 'bob'],
      makesAccounts: false,
      modules: ['invites', 'invites_adhoc', 'invites_register'],
      config: 'allow_user_invites = true',
    });
    [alice, profile] = await Promise.all([startKith({ secrets: 'memory' }), newProfile()]);
    await alice.signIn(server, 'alice');
  });
  afterAll(async () => {
    await alice?.stop();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  const invitation = async (): Promise<{ readonly link: string; readonly proven: boolean }> =>
    JSON.parse((await alice.say('invite', '--json')).output) as { link: string; proven: boolean };
  const mutual = (one: KithRun, other: string) =>
    until(`${other} and us to see each other`, async () => {
      const contacts = (await one.join()).connections.flatMap((connection) => connection.contacts);
      const found = contacts.find(({ id }) => id === other);
      return found?.weSeeThem === 'yes' && found.theySeeUs === 'yes' ? found : undefined;
    });
  const register = async (name: string, link: string): Promise<Said> => {
    const ca = join(profile, 'ca.pem');
    await writeFile(ca, server.ca);
    const settings = [`host=${server.host}`, `port=${server.port}`, `ca=${ca}`].flatMap((each) => ['--set', each]);
    const words = ['account', 'register', server.address(name), '--invite', link, '--password-stdin', ...settings];
    return kith([...words, '--secrets', 'plain', '--profile', profile], { input: 'a new secret\n' });
  };

  it('gets an account by the link, and both are among each other’s people without being asked', async () => {
    const { link, proven } = await invitation();
    expect({ link, proven }).toEqual({
      link: expect.stringMatching(/^xmpp:alice@localhost\?roster;preauth=/),
      proven: true,
    });
    expect(await register('juliet', link)).toMatchObject({ code: 0, output: 'juliet@localhost is made.\n' });
    const juliet = await startKith({ profile, secrets: 'plain' });
    try {
      await mutual(juliet, 'alice@localhost');
      await mutual(alice, 'juliet@localhost');
    } finally {
      await juliet.stop();
    }
    // It was for one.
    const again = await register('tybalt', link);
    expect(again).toMatchObject({ errors: expect.stringContaining('his invitation is not good any more') });
    expect(again.code).not.toBe(0);
  });

  it.each([
    ['xmpp:kith.example?register;preauth=x', 'his invitation is for an account at kith.example'],
    ['xmpp:localhost?register;preauth=invented', 'his invitation is not good any more'],
    ['https://kith.example/invite', 'his is no invitation'],
  ])('gets none by %s, and is told why', async (link, words) => {
    const refused = await register('tybalt', link);
    expect(refused).toMatchObject({ errors: expect.stringContaining(words) });
    expect(refused.code).not.toBe(0);
    expect((await kith(['account', 'list', '--json', '--profile', profile])).output).not.toContain('tybalt');
  });

  it('who has an account is among one’s people by the link, without anybody being asked', async () => {
    const { link } = await invitation();
    await using bob = new XmppPerson(server, 'bob');
    await bob.arrive();
    const meant = parseLink(link);
    const { contact, invitation: token } = meant as ContactLink;
    await bob
      .facet('roster')
      .request(contact, { welcome: true, ...(token === undefined ? {} : { invitation: token }) });
    expect(await mutual(alice, 'bob@localhost')).toMatchObject({ theySeeUs: 'yes', weSeeThem: 'yes' });
  });

  it('gets no account by a link of somebody whose server lets only those in who have one, and is told so', async () => {
    const closed = await startProsody({
      users: ['alice'],
      makesAccounts: false,
      modules: ['invites', 'invites_adhoc', 'invites_register'],
    });
    try {
      await using one = new XmppPerson(closed, 'alice');
      await one.arrive();
      const invited = await one.facet('onboarding').invite();
      expect(invited).toMatchObject({ proven: true, makesAccounts: false });
      expect(await register('tybalt', invited.link)).toMatchObject({
        errors: expect.stringContaining('his invitation is for somebody who has an account'),
      });
    } finally {
      await closed.stop();
    }
  });

  it('asks as anybody does where the server makes no invitations', async () => {
    const plain = await startProsody({ users: ['alice'] });
    try {
      await using one = new XmppPerson(plain, 'alice');
      await one.arrive();
      const link = 'xmpp:alice@localhost?roster';
      expect(await one.facet('onboarding').invite()).toEqual({ link, proven: false, makesAccounts: false });
      expect(parseLink(link)).toEqual({ contact: 'alice@localhost', action: 'subscribe' });
    } finally {
      await plain.stop();
    }
  });
});
