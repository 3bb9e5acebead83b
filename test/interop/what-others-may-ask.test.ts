/** What a stranger's program is answered at a real server when it asks ours: whether it is there, what it is, what time it is. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ParameterValue } from '../../src/domain/index.ts';
import { type Element, xml } from '../../protocols/xmpp/stream/index.ts';
import { askOver } from '../harness/asking.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Meeting, meet } from '../harness/stream-meeting.ts';
import { befriend, XmppPerson } from '../harness/xmpp-person.ts';

const NS_PING = 'urn:xmpp:ping';
const NS_VERSION = 'jabber:iq:version';
const NS_TIME = 'urn:xmpp:time';
const NS_INFO = 'http://jabber.org/protocol/disco#info';

describe('asked by somebody else', () => {
  noLeaks();
  let server: Prosody;
  let stranger: Meeting;
  let amy: XmppPerson;

  const amyIs = async (parameters: Readonly<Record<string, ParameterValue>> = {}): Promise<void> => {
    amy = new XmppPerson(server, 'amy', { parameters });
    await amy.arrive();
  };
  const ask = (payload: Element): Promise<Element> => askOver(stranger.stream, 'get', payload, `${amy.address}/desk`);
  const refusal = (answer: Element): string | undefined => answer.child('error')?.elements()[0]?.name;
  const abilities = async (): Promise<readonly (string | undefined)[]> =>
    (await ask(xml('query', NS_INFO)))
      .child('query', NS_INFO)!
      .childrenNamed('feature')
      .map((one) => one.attribute('var'));

  beforeAll(async () => {
    server = await startProsody({ users: ['amy', 'bob', 'eve'] });
  });
  beforeEach(async () => {
    stranger = meet(server, 'eve');
    await stranger.stream.open(new AbortController().signal);
  });
  afterEach(async () => {
    await stranger.stream.close();
    await stranger.ended;
    await amy[Symbol.asyncDispose]();
  });
  afterAll(() => server.stop());

  it('whether it is there, it says yes (XEP-0199)', async () => {
    await amyIs();
    expect((await ask(xml('ping', NS_PING))).attribute('type')).toBe('result');
    expect(await abilities()).toContain(NS_PING);
  });

  it('what it is, it says its name and version, and nothing of the machine (XEP-0092)', async () => {
    await amyIs();
    const answer = (await ask(xml('query', NS_VERSION))).child('query', NS_VERSION)!;
    expect(answer.elements().map(({ name }) => name)).toEqual(['name', 'version']);
    expect(answer.child('name')?.text()).toBe('Kith');
    expect(await abilities()).toContain(NS_VERSION);
  });

  it('what it is, it says nothing where the person does not wish it', async () => {
    await amyIs({ tellProgram: false });
    expect(refusal(await ask(xml('query', NS_VERSION)))).toBe('service-unavailable');
    expect(await abilities()).not.toContain(NS_VERSION);
  });

  it('what time it is, it tells only where the person wishes it, and only those who may see them (XEP-0202)', async () => {
    await amyIs();
    expect(refusal(await ask(xml('time', NS_TIME)))).toBe('service-unavailable');
    await amy[Symbol.asyncDispose]();
    await amyIs({ tellTime: true });
    expect(refusal(await ask(xml('time', NS_TIME)))).toBe('service-unavailable');
    const bob = new XmppPerson(server, 'bob');
    try {
      await bob.arrive();
      await befriend(amy, bob);
      const friend = meet(server, 'bob', { resource: 'watch' });
      await friend.stream.open(new AbortController().signal);
      const answer = await askOver(friend.stream, 'get', xml('time', NS_TIME), `${amy.address}/desk`);
      expect(answer.child('time', NS_TIME)?.child('utc')?.text()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(answer.child('time', NS_TIME)?.child('tzo')?.text()).toMatch(/^(?:Z|[+-]\d\d:\d\d)$/);
      await friend.stream.close();
      await friend.ended;
    } finally {
      await bob[Symbol.asyncDispose]();
    }
  });
});
