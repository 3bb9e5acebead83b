/** Debian's ejabberd, 23.01: the first profile of SASL, bound by `tls-unique`, and everything behind it one by one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEjabberd, type Ejabberd, type EjabberdSettings } from '../harness/ejabberd.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { meet } from '../harness/stream-meeting.ts';
import { forgottenSession, roadFallsIn, signingIn } from '../harness/stream-stories.ts';
import { TestLoginMemory } from '../harness/test-login-memory.ts';
import { befriend, XmppPerson } from '../harness/xmpp-person.ts';

const never = new AbortController().signal;

const ejabberds: readonly (readonly [mechanism: string, what: string, EjabberdSettings])[] = [
  ['SCRAM-SHA-1-PLUS', 'passwords hashed with SHA-1, on TLS 1.2', { passwordHash: 'sha', tls: '1.2' }],
  ['SCRAM-SHA-256-PLUS', 'passwords hashed with SHA-256, on TLS 1.2', { passwordHash: 'sha256', tls: '1.2' }],
  // It offers to be bound on TLS 1.3 too and knows no binding of it, so Kith comes by TLS 1.2.
  ['SCRAM-SHA-512-PLUS', 'passwords hashed with SHA-512, on every TLS', { passwordHash: 'sha512' }],
  ['SCRAM-SHA-512-PLUS', 'passwords it knows, on every TLS', { passwordHash: 'none' }],
];
for (const [mechanism, what, settings] of ejabberds)
  signingIn(mechanism, `an ejabberd with ${what}`, () => startEjabberd({ ...settings, password: 'pässwörd' }));

describe('an ejabberd', () => {
  noLeaks();
  let ejabberd: Ejabberd;
  beforeAll(async () => {
    ejabberd = await startEjabberd({ users: ['alice', 'bob', 'amy', 'ben'] });
  });
  afterAll(() => ejabberd?.[Symbol.asyncDispose]());

  /** Whoever tries this with a newer one learns here that more can be expected of it. */
  it('has no second profile: nothing is switched on while binding, and no token given', async () => {
    const memory = new TestLoginMemory();
    const { stream } = meet(ejabberd, 'alice', { memory, enable: ['urn:xmpp:carbons:2'] });
    expect(await stream.open(never)).toMatchObject({ enabled: [] });
    expect(memory.kept).toBeUndefined();
    await stream.close();
  });

  it('continues a session whose road fell in with messages on it both ways, and each of them arrives once', async () => {
    expect(await roadFallsIn(ejabberd)).toBe(1);
  });

  it('binds anew what it does not know, and what was in flight is reported', () => forgottenSession(ejabberd));

  it('carries what two people say, shows them to each other, and keeps what one of them misses', async () => {
    await using amy = new XmppPerson(ejabberd, 'amy');
    await using ben = new XmppPerson(ejabberd, 'ben');
    await Promise.all([amy.arrive(), ben.arrive()]);
    await befriend(amy, ben);
    const id = await amy.say(ben, 'Grüße 👋🏽 <b>&amp;</b>');
    expect(await ben.hears('Grüße 👋🏽 <b>&amp;</b>')).toMatchObject({ origin: id, archive: expect.any(String) });
    await amy.untilDelivery(id, 'delivered');
    await ben.leave();
    await amy.untilSees(ben, ({ presence }) => presence.availability === 'offline');
    const missed = ['one', 'two', 'three'];
    for (const body of missed) await amy.untilDelivery(await amy.say(ben, body), 'sent');
    await ben.arrive();
    for (const body of missed) await ben.hears(body);
    const { messages } = await ben.facet('archive').page({ kind: 'contact', contact: amy.address }, undefined, 3);
    expect(messages.map(({ body }) => body)).toEqual(missed);
  });
});
