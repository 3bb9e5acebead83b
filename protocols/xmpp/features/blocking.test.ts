import { describe, expect, it } from 'vitest';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { availablePresence, type ContactId, newContact } from '../../../src/domain/index.ts';
import { blocking } from './blocking.ts';
import { carbons } from './carbons.ts';
import { messages } from './messages.ts';
import { ping } from './ping.ts';
import { presence } from './presence.ts';
import { receipts } from './receipts.ts';
import { subscriptions } from './subscriptions.ts';

const NS = 'urn:xmpp:blocking';
const amy = 'amy@home.example' as ContactId;
const spam = 'spam@evil.example' as ContactId;
const list = (...all: string[]) =>
  `<blocklist xmlns="${NS}">${all.map((one) => `<item jid="${one}"/>`).join('')}</blocklist>`;
const push = (name: string, inside: string, from = '') =>
  `<iq type="set" id="b" ${from}><${name} xmlns="${NS}">${inside}</${name}></iq>`;
const says = (from: string, body: string) =>
  `<message from="${from}" type="chat" id="${body}"><body>${body}</body><request xmlns="urn:xmpp:receipts"/></message>`;

async function online(settings: RigSettings = {}): Promise<XmppRig> {
  const features = [presence, subscriptions, blocking, messages, receipts, carbons, ping];
  const remembered = [newContact(amy, { listed: true, weSeeThem: 'yes', theySeeUs: 'yes' })];
  const one = new XmppRig({ features, remembered, ...settings });
  await one.online();
  return one;
}
const heard = (one: XmppRig) =>
  one.said('messages-received').flatMap((event) => event.messages.map(({ body }) => body));

describe('the list of the blocked', () => {
  it('is fetched, kept for the next start, and follows what another of our devices does', async () => {
    const one = await online();
    await one.answers('blocklist', NS, list(spam, 'evil.example', 'bob@home.example/phone'));
    expect(one.seat.living.blocked).toEqual([spam, 'evil.example', 'bob@home.example/phone']);
    await one.says(push('block', `<item jid="${amy}"/>`));
    expect(one.seat.living.blocked).toContain(amy);
    await one.says(push('unblock', `<item jid="${amy}"/>`));
    expect(one.seat.living.blocked).not.toContain(amy);
    expect(one.seat.kept.get('blocked')).toBe([spam, 'evil.example', 'bob@home.example/phone'].join('\n'));
    await one.says(push('unblock', ''));
    expect(one.seat.living.blocked).toEqual([]);
  });

  it('is nobody else’s to change', async () => {
    const one = await online();
    await one.says(push('block', `<item jid="${amy}"/>`, `from="${spam}"`));
    expect(one.seat.living.blocked).toBeUndefined();
  });

  it('is not known where the server cannot block', async () => {
    const one = await online();
    await one.refuses('blocklist', NS, 'service-unavailable');
    expect(one.seat.living.blocked).toBeUndefined();
  });
});

describe('whoever is blocked', () => {
  it('is neither heard nor answered, even when the server lets something through', async () => {
    const one = await online({ memory: [['blocked', `${amy}\nevil.example`]] });
    one.written();
    await one.says(
      says(`${amy}/x`, 'one'),
      says(`any@evil.example/y`, 'two'),
      `<presence from="${amy}/x"/>`,
      `<presence from="any@evil.example" type="subscribe"/>`,
      says('cid@home.example/z', 'three'),
    );
    expect(heard(one)).toEqual(['three']);
    expect(one.seat.living.contacts.get(amy)?.presence.availability).toBe('unknown');
    expect(one.seat.living.contacts.has('any@evil.example' as ContactId)).toBe(false);
    expect(one.written()).toEqual([]);
    await one.says(`<iq type="get" id="p" from="${amy}/x"><ping xmlns="urn:xmpp:ping"/></iq>`);
    expect(one.written()[0]?.child('error')?.elements()[0]?.name).toBe('service-unavailable');
  });

  it('is not heard through the copies of another device either', async () => {
    const one = await online({ memory: [['blocked', amy]] });
    const inside = says(`${amy}/x`, 'one').replace('<message ', '<message xmlns="jabber:client" to="me@home.example" ');
    await one.says(
      `<message from="me@home.example"><received xmlns="urn:xmpp:carbons:2"><forwarded xmlns="urn:xmpp:forward:0">${inside}</forwarded></received></message>`,
    );
    expect(heard(one)).toEqual([]);
  });

  it('is at once nobody we see, and asks no longer', async () => {
    const one = await online();
    await one.says(`<presence from="${amy}/x"/>`, `<presence from="${spam}" type="subscribe"/>`);
    expect(one.seat.living.contacts.get(amy)?.presence).toEqual(availablePresence);
    const blocked = Promise.all([amy, spam].map((who) => one.connection.facets.blocking?.block(who, 'spam')));
    await one.settle();
    const asked = one.server.written
      .map(({ element }) => element)
      .filter((each) => each.child('block', NS) !== undefined);
    expect(
      asked[0]?.child('block', NS)?.child('item')?.child('report', 'urn:xmpp:reporting:1')?.attribute('reason'),
    ).toBe('urn:xmpp:reporting:spam');
    for (const each of asked) await one.says(`<iq type="result" id="${each.attribute('id')}"/>`);
    await blocked;
    expect(one.seat.living.blocked).toEqual([amy, spam]);
    expect(one.seat.living.contacts.get(amy)?.presence.availability).toBe('unknown');
    expect(one.seat.living.contacts.has(spam)).toBe(false);
  });
});
