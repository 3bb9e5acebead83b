import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resumption } from '../../protocols/xmpp/stream/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { startProsody, type Prosody, type ProsodySettings } from '../harness/prosody.ts';
import { meet, message } from '../harness/stream-meeting.ts';
import { TestLoginMemory } from '../harness/test-login-memory.ts';
import { bounded } from '../harness/waiting.ts';

const never = new AbortController().signal;

describe.each<readonly [mechanism: string, what: string, ProsodySettings]>([
  ['SCRAM-SHA-1', 'passwords hashed with SHA-1', { passwordHash: 'SHA-1' }],
  ['SCRAM-SHA-256', 'passwords hashed with SHA-256', { passwordHash: 'SHA-256' }],
  ['SCRAM-SHA-1-PLUS', 'TLS 1.2, which binds by tls-unique', { passwordHash: 'SHA-1', tls: '1.2' }],
  ['SCRAM-SHA-256-PLUS', 'TLS 1.2 and passwords it knows', { passwordHash: 'none', tls: '1.2' }],
  ['SCRAM-SHA-1', 'no stream management', { smacks: false }],
])('%s, on a Prosody with %s', (mechanism, _what, settings) => {
  noLeaks();
  let prosody: Prosody;
  beforeAll(async () => {
    prosody = await startProsody({ ...settings, password: 'pässwörd' });
  });
  afterAll(() => prosody.stop());

  it('lets two in, by STARTTLS and by direct TLS, and carries what they say', async () => {
    const [alices, bobsMemory] = [new TestLoginMemory(), new TestLoginMemory()];
    const alice = meet(prosody, 'alice', { resource: 'kith', memory: alices });
    const bob = meet(prosody, 'bob', { port: prosody.directTlsPort, directTls: true, memory: bobsMemory });
    const { address, resumed } = await alice.stream.open(never);
    expect({ address, resumed }).toEqual({ address: `${prosody.address('alice')}/kith`, resumed: false });
    const { address: bobs } = await bob.stream.open(never);
    expect([alices.mechanism, bobsMemory.mechanism]).toEqual([mechanism, mechanism]);
    const body = `<naïve> & 日本語 😀 ${'ä'.repeat(20_000)}`;
    await alice.say(bobs, body);
    await bob.hears(body);
    await bob.say(address, 'yes');
    await alice.hears('yes');
    await Promise.all([alice.stream.close(), bob.stream.close()]);
    expect(await alice.ended).toEqual({ code: 'requested', text: '' });
  });

  it('does not let in who has the wrong password', async () => {
    const { stream } = meet(prosody, 'alice', { password: async () => 'wrong' });
    await expect(stream.open(never)).rejects.toThrow(expect.objectContaining({ code: 'authentication-failed' }));
  });

  it('is told no password when nobody vouches for its certificate', async () => {
    let asked = 0;
    const password = async () => ((asked += 1), 'pässwörd');
    const { stream } = meet(prosody, 'alice', { ca: '', password });
    await expect(stream.open(never)).rejects.toThrow(expect.objectContaining({ code: 'certificate' }));
    expect(asked).toBe(0);
  });

  it('throws out the first of two with the same name', async () => {
    const first = meet(prosody, 'alice', { resource: 'same' });
    const second = meet(prosody, 'alice', { resource: 'same' });
    await first.stream.open(never);
    await second.stream.open(never);
    expect(await bounded('the end of the first', first.ended)).toMatchObject({ code: 'replaced' });
    await second.stream.close();
  });
});

describe('a session on a Prosody whose socket is lost', () => {
  noLeaks();
  let prosody: Prosody;
  beforeAll(async () => {
    prosody = await startProsody({ resumption: 60 });
  });
  afterAll(() => prosody.stop());

  it('is continued: what was not confirmed comes again with its number, what was not acknowledged goes again', async () => {
    const before = meet(prosody, 'alice');
    const bob = meet(prosody, 'bob');
    const { address } = await before.stream.open(never);
    const { address: bobs } = await bob.stream.open(never);
    await bob.say(address, 'stored');
    await bob.say(address, 'heard, not stored');
    before.stream.handled((await before.hears('stored')).number);
    await before.hears('heard, not stored');
    before.cut();
    const { code, resumption } = await before.ended;
    expect({ code, unacknowledged: resumption?.unacknowledged }).toEqual({ code: 'network', unacknowledged: [] });
    await bob.say(address, 'said meanwhile');

    // As if it had been written to the socket when that was already dead.
    let arrived = (): void => {};
    const acknowledgement = new Promise<void>((resolve) => (arrived = resolve));
    const inFlight = { element: message(bobs, 'written to a dead socket'), acknowledged: arrived };
    const after = meet(prosody, 'alice');
    const outcome = await after.stream.open(never, { ...(resumption as Resumption), unacknowledged: [inFlight] });
    expect(outcome).toMatchObject({ resumed: true, address, lost: [] });
    expect((await after.hears('heard, not stored')).number).toBe(2);
    expect((await after.hears('said meanwhile')).number).toBe(3);
    expect(after.heard).toHaveLength(2);
    await bob.hears('written to a dead socket');
    await bounded('its acknowledgement', acknowledgement);
    await Promise.all([after.stream.close(), bob.stream.close()]);
  });

  it('is bound anew when Prosody does not know it, and what was in flight is reported', async () => {
    const { stream } = meet(prosody, 'alice');
    const element = message(prosody.address('bob'), 'in flight');
    const unknown: Resumption = { id: 'unknown', handled: 3, acknowledged: 4, unacknowledged: [{ element }] };
    const { resumed, lost } = await stream.open(never, unknown);
    expect({ resumed, lost }).toEqual({ resumed: false, lost: [{ element }] });
    await stream.close();
  });
});
