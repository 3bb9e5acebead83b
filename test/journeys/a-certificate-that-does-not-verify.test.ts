/** A server whose certificate nobody vouches for: the person is asked, is told why and by which fingerprint, and without their word nothing goes out. */
import { X509Certificate } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HouseSnapshot } from '../../src/contracts/index.ts';
import type { ProtocolId, Question } from '../../src/domain/index.ts';
import { newProfile, startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody, type ProsodySettings } from '../harness/prosody.ts';
import { until } from '../harness/waiting.ts';

type CertificateQuestion = Extract<Question, { kind: 'certificate' }>;

describe('a certificate that does not verify', () => {
  let server: Prosody | undefined;
  let profile: string;
  let kith: KithRun;
  beforeEach(async () => {
    profile = await newProfile();
    kith = await startKith({ profile });
  });
  afterEach(async () => {
    await kith?.stop();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  const begin = async (settings: ProsodySettings): Promise<Prosody> => {
    server = await startProsody({ users: ['alice'], ...settings });
    const { host, port, ca, password } = server;
    const parameters = { host, port, ca };
    await kith.ask('account.add', { protocol: 'xmpp' as ProtocolId, address: 'alice@localhost', password, parameters });
    return server;
  };
  const again = async () => {
    await kith.stop();
    kith = await startKith({ profile });
  };
  const sees = <T>(what: string, look: (house: HouseSnapshot) => T | undefined): Promise<T> =>
    until(what, async () => look(await kith.ask('house.join', {})));
  const asked = () => sees('the question', ({ questions }) => questions.find(isCertificate));
  const online = () => sees('it to be online', ({ connections: [one] }) => one?.status === 'online' || undefined);
  const answer = (question: CertificateQuestion, word: string) =>
    kith.ask('question.answer', { question: question.id, answer: word });
  const fingerprint = async ({ certificateFile }: Prosody) =>
    new X509Certificate(await readFile(certificateFile)).fingerprint256.replaceAll(':', '');

  it.each<readonly [string, ProsodySettings]>([
    ['expired', { certificateFlaw: 'expired' }],
    ['not-yet-valid', { certificateFlaw: 'not-yet-valid' }],
    ['self-signed', { certificateFlaw: 'self-signed' }],
    ['wrong-name', { certificateFor: ['elsewhere.example'] }],
  ])(
    'is asked about, with its fingerprint and that it is %s; a no rests until the person acts',
    async (reason, how) => {
      const prosody = await begin(how);
      const question = await asked();
      expect(question.question).toMatchObject({ domain: 'localhost', reason, fingerprint: await fingerprint(prosody) });
      const [connecting] = (await kith.ask('house.join', {})).connections;
      expect(connecting).toMatchObject({ status: 'connecting' });
      const list = await kith.say('account', 'list');
      expect(list.output).toContain(`(${reason.replaceAll('-', ' ')}, SHA-256 ${question.question.fingerprint})`);
      await answer(question, 'no');
      const { reason: why } = await sees('the refusal', ({ connections: [one] }) =>
        one?.status === 'offline' ? one : undefined,
      );
      expect(why).toMatchObject({ code: 'certificate', text: expect.stringContaining('No password was sent') });
      expect((await kith.ask('house.join', {})).retries.filter(({ at }) => at !== undefined)).toEqual([]);
      expect(await prosody.log()).not.toContain('Authenticated');
    },
  );

  it('is accepted for once, or until the server shows another', async () => {
    const prosody = await begin({ certificateFlaw: 'self-signed' });
    await answer(await asked(), 'once');
    await online();

    await again();
    await answer(await asked(), 'until-changed');
    await online();

    await again();
    await online();
    expect((await kith.ask('house.join', {})).questions).toEqual([]);

    const before = await fingerprint(prosody);
    await prosody.renewCertificate();
    await prosody.restart();
    const { question } = await asked();
    expect(question).toMatchObject({ reason: 'changed', fingerprint: await fingerprint(prosody) });
    expect(question.fingerprint).not.toBe(before);
  });
});

function isCertificate(question: Question): question is CertificateQuestion {
  return question.kind === 'certificate';
}
