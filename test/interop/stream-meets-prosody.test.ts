import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resumption } from '../../protocols/xmpp/stream/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { startProsody, type Prosody, type ProsodySettings } from '../harness/prosody.ts';
import { meet, message } from '../harness/stream-meeting.ts';
import { forgottenSession, signingIn } from '../harness/stream-stories.ts';
import { bounded } from '../harness/waiting.ts';

const never = new AbortController().signal;

const prosodies: readonly (readonly [mechanism: string, what: string, ProsodySettings])[] = [
  ['SCRAM-SHA-1', 'passwords hashed with SHA-1', { passwordHash: 'SHA-1' }],
  ['SCRAM-SHA-256', 'passwords hashed with SHA-256', { passwordHash: 'SHA-256' }],
  ['SCRAM-SHA-1-PLUS', 'TLS 1.2, which binds by tls-unique', { passwordHash: 'SHA-1', tls: '1.2' }],
  ['SCRAM-SHA-256-PLUS', 'TLS 1.2 and passwords it knows', { passwordHash: 'none', tls: '1.2' }],
  ['SCRAM-SHA-1', 'no stream management', { smacks: false }],
];
for (const [mechanism, what, settings] of prosodies)
  signingIn(mechanism, `a Prosody with ${what}`, () => startProsody({ ...settings, password: 'pässwörd' }));

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

  it('is bound anew when Prosody does not know it, and what was in flight is reported', () =>
    forgottenSession(prosody));
});
