/** Blocking at a real server: it holds for all of our devices, and for both sides. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { until } from '../harness/waiting.ts';
import { befriend, XmppPerson } from '../harness/xmpp-person.ts';

describe('somebody blocked', () => {
  let server: Prosody;
  let me: XmppPerson;
  let other: XmppPerson;
  let bob: XmppPerson;
  const all = () => [me, other, bob];

  beforeAll(async () => {
    server = await startProsody({ users: ['me', 'bob'], modules: ['kith_hears_reports'] });
    me = new XmppPerson(server, 'me');
    other = new XmppPerson(server, 'me', { resource: 'phone' });
    bob = new XmppPerson(server, 'bob');
    for (const one of all()) await one.arrive();
    await befriend(me, bob);
  });
  afterAll(async () => {
    for (const one of all()) await one[Symbol.asyncDispose]();
    await server.stop();
  });

  it('is so on every device at once, reaches none, does not see us go, and is back when let in again', async () => {
    await until('both lists', () => (me.seat.living.blocked && other.seat.living.blocked ? true : undefined));
    await me.facet('blocking').block(bob.address, 'spam');
    await until('the other device to know', () =>
      other.seat.living.blocked?.includes(bob.address) ? true : undefined,
    );
    await bob.untilSees(me, ({ presence }) => presence.availability === 'offline');
    expect(me.sees(bob)?.presence.availability).toBe('unknown');
    await bob.untilDelivery(await bob.say(me, 'Let me in'), 'failed');
    await other.facet('blocking').unblock(bob.address);
    await until('us to know', () => (me.seat.living.blocked?.length === 0 ? true : undefined));
    await bob.say(me, 'Thank you');
    await me.hears('Thank you');
    const bodies = me.seat.heard.events.flatMap((event) =>
      event.type === 'messages-received' ? event.messages.map(({ body }) => body) : [],
    );
    expect(bodies).toEqual(['Thank you']);
  });

  it('is reported to the server for what they are blocked for (XEP-0377), and for nothing where nobody said what', async () => {
    const heard = async (): Promise<readonly string[]> =>
      (await server.log()).split('\n').flatMap((line) => /heard: (.*)/.exec(line)?.[1] ?? []);
    const before = (await heard()).length;
    await me.facet('blocking').block(bob.address, 'abuse');
    await me.facet('blocking').unblock(bob.address);
    await me.facet('blocking').block(bob.address);
    await me.facet('blocking').unblock(bob.address);
    const [abuse, nothing] = (await heard()).slice(before);
    expect(abuse).toMatch(/<item [^>]*jid='bob@localhost'[^>]*><report [^>]*>/);
    expect(abuse).toMatch(/<report (?=[^>]*xmlns='urn:xmpp:reporting:1')[^>]*reason='urn:xmpp:reporting:abuse'/);
    expect(nothing).toContain("jid='bob@localhost'");
    expect(nothing).not.toContain('report');
  });
});
