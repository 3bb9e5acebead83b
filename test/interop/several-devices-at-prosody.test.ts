/** One account on two devices at a real Prosody: which of them messages go to, and what it keeps from one where nobody looks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NS_CLIENT } from '../../protocols/xmpp/stanza-errors.ts';
import type { Element } from '../../protocols/xmpp/stream/element.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { befriend, towards, XmppPerson } from '../harness/xmpp-person.ts';

const away = { availability: 'away', status: 'away', message: '' } as const;

describe('two devices of one account', () => {
  let server: Prosody;
  let desk: XmppPerson;
  let phone: XmppPerson;
  let bob: XmppPerson;
  const all = () => [desk, phone, bob];

  beforeAll(async () => {
    // Every acknowledgement would be a reason for it to let go of what it holds back.
    server = await startProsody({ smacks: false, config: 'csi_resume_inactive_delay = 0' });
    desk = new XmppPerson(server, 'alice', { parameters: { priority: 5 } });
    phone = new XmppPerson(server, 'alice', { resource: 'phone', parameters: { priority: -1 } });
    bob = new XmppPerson(server, 'bob');
    for (const one of all()) await one.arrive();
    await befriend(desk, bob);
  });
  afterAll(async () => {
    for (const one of all()) await one[Symbol.asyncDispose]();
    await server.stop();
  });

  const straight = ({ received }: XmppPerson): Element[] =>
    received.filter((each) => each.is('message', NS_CLIENT) && each.child('body') !== undefined);
  const showed = ({ received }: XmppPerson): Element[] =>
    received.filter((each) => each.name === 'presence' && each.child('show')?.text() === 'away');
  /** The server has nothing left for this device that it sent off before. */
  const roundTrip = (one: XmppPerson) => one.facet('archive').page(towards(one), undefined, 1);

  it('have the priorities that were set: messages go to the higher, and to one below zero only as copies', async () => {
    const listed = await bob.facet('devices').list(desk.address);
    expect(listed.map(({ name, priority }) => [name, priority])).toEqual([
      ['desk', 5],
      ['phone', -1],
    ]);
    await bob.say(desk, 'Which of you hears me?');
    await Promise.all([desk, phone].map((one) => one.hears('Which of you hears me?')));
    expect([straight(desk).length, straight(phone).length]).toEqual([1, 0]);
  });

  it('are told at once who came and went where somebody looks, and where nobody does with the next message (XEP-0352)', async () => {
    await phone.facet('attention').set(false);
    await roundTrip(phone);
    await roundTrip(bob);
    await bob.facet('presence').setOwn(away);
    await desk.untilSees(bob, ({ presence }) => presence.availability === 'away');
    await roundTrip(desk);
    expect([showed(desk).length, showed(phone).length]).toEqual([1, 0]);
    await bob.say(desk, 'Now');
    await phone.hears('Now');
    expect(showed(phone)).toHaveLength(1);
  });
});
