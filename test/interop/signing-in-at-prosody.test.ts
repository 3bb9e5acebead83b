/** Debian's Prosody with the second profile of SASL, Bind 2 and tokens, as far as 0.12 can. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { startProsody, type Prosody, type ProsodySettings } from '../harness/prosody.ts';
import { meet } from '../harness/stream-meeting.ts';
import { roadFallsIn } from '../harness/stream-stories.ts';
import { TestLoginMemory } from '../harness/test-login-memory.ts';
import { XmppPerson } from '../harness/xmpp-person.ts';

const never = new AbortController().signal;
const carbons = 'urn:xmpp:carbons:2';
const mechanismOf = ({ kept = '{}' }: TestLoginMemory): unknown => JSON.parse(kept).mechanism;

describe.each<readonly [mechanism: string, ProsodySettings]>([
  ['SCRAM-SHA-1', { passwordHash: 'SHA-1' }],
  ['SCRAM-SHA-256', { passwordHash: 'SHA-256' }],
])('a Prosody with SASL2, Bind 2 and FAST, and %s', (mechanism, settings) => {
  noLeaks();
  let prosody: Prosody;
  beforeAll(async () => {
    prosody = await startProsody({ ...settings, sasl2: true, password: 'pässwörd' });
  });
  afterAll(() => prosody?.stop());

  it.each(['STARTTLS', 'direct TLS'])(
    'lets in by %s with the password once, and by a token from then on',
    async (way) => {
      const memory = new TestLoginMemory();
      const direct = way === 'STARTTLS' ? {} : { port: prosody.directTlsPort, directTls: true };
      const special = { ...direct, memory, resource: 'kith', enable: [carbons] };
      const first = meet(prosody, 'alice', special);
      const established = await first.stream.open(never);
      expect(established).toMatchObject({ resumed: false, enabled: [carbons] });
      expect(established.address).toMatch(/^alice@localhost\/kith~/);
      expect(memory.mechanism).toBe(mechanism);
      expect(mechanismOf(memory)).toBe('HT-SHA-256-EXPR');
      await first.stream.close();

      const second = meet(prosody, 'alice', special);
      // Stable for one program on one account (XEP-0386 section 3.2.1).
      expect((await second.stream.open(never)).address).toBe(established.address);
      expect([first.asked.passwords, second.asked.passwords]).toEqual([1, 0]);
      await second.say(established.address, 'to myself');
      await second.hears('to myself');
      await second.stream.close();
    },
  );

  it('counts stanzas from the beginning of a session bound in one breath', async () => {
    const alice = meet(prosody, 'alice');
    const bob = meet(prosody, 'bob');
    const [{ address }] = [await alice.stream.open(never), await bob.stream.open(never)];
    await bob.say(address, 'one');
    await bob.say(address, 'two');
    expect(await alice.hears('two')).toMatchObject({ number: 2 });
    await Promise.all([alice.stream.close(), bob.stream.close()]);
  });

  it('is asked for the password again when it does not take the token, and nobody else is', async () => {
    const memory = new TestLoginMemory();
    const first = meet(prosody, 'alice', { memory });
    await first.stream.open(never);
    await first.stream.close();
    memory.kept = JSON.stringify({ ...JSON.parse(memory.kept ?? ''), secret: 'guessed' });
    // 0.12 is confused by the refusal and wants a new connection, which the house makes by itself.
    const refused = meet(prosody, 'alice', { memory });
    await expect(refused.stream.open(never)).rejects.toMatchObject({ code: 'network' });
    expect(memory.kept).toBeUndefined();
    const again = meet(prosody, 'alice', { memory });
    await again.stream.open(never);
    expect(mechanismOf(memory)).toBe('HT-SHA-256-EXPR');
    await again.stream.close();
  });

  it('knows a person who comes back, and asks them for nothing', async () => {
    await using bob = new XmppPerson(prosody, 'bob', { answer: async () => 'pässwörd' as never });
    await bob.arrive();
    await bob.leave();
    await bob.arrive();
    expect(bob.seat.asked.map(({ kind }) => kind)).toEqual(['password']);
    expect(bob.seat.keptToken).toContain('HT-SHA-256-EXPR');
  });

  it('does not let in who has the wrong password, and gives no token for it', async () => {
    const memory = new TestLoginMemory();
    const { stream, asked } = meet(prosody, 'alice', { memory, password: async () => 'wrong' });
    await expect(stream.open(never)).rejects.toMatchObject({ code: 'authentication-failed' });
    expect(asked.passwords).toBe(1);
    expect([memory.kept, memory.mechanism]).toEqual([undefined, undefined]);
  });
});

describe('a Prosody with all this on TLS 1.2', () => {
  noLeaks();
  let prosody: Prosody;
  beforeAll(async () => {
    prosody = await startProsody({ sasl2: true, tls: '1.2' });
  });
  afterAll(() => prosody?.stop());

  it('offers to be bound in the second profile and does not say by what, so the first one is taken, bound by tls-unique', async () => {
    const memory = new TestLoginMemory();
    const { stream } = meet(prosody, 'alice', { memory, resource: 'kith' });
    expect((await stream.open(never)).address).toBe('alice@localhost/kith');
    expect(memory.mechanism).toBe('SCRAM-SHA-1-PLUS');
    await stream.close();
  });
});

describe.each([
  ['by a token, and asked for by itself', true],
  ['by the first profile', false],
])('a session whose road falls in with messages on it both ways, signed in %s', (_how, sasl2) => {
  noLeaks();
  let prosody: Prosody;
  beforeAll(async () => {
    prosody = await startProsody({ sasl2, resumption: 60 });
  });
  afterAll(() => prosody?.stop());

  it('is continued, and each of them arrives once', async () => {
    expect(await roadFallsIn(prosody)).toBe(sasl2 ? 0 : 1);
  });
});
