import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import {
  type ContactId,
  type Disclosure,
  everythingTold,
  type MessageId,
  newContact,
} from '../../../src/domain/index.ts';
import { chatStates } from './chat-states.ts';
import { messages } from './messages.ts';
import { readMarkers } from './read-markers.ts';
import { receipts } from './receipts.ts';

const amy = 'amy@home.example' as ContactId;
const bob = 'bob@home.example' as ContactId;
const friends = [newContact(amy, { theySeeUs: 'yes' }), newContact(bob, { theySeeUs: 'no' })];
const rig = (settings: RigSettings = {}) =>
  new XmppRig({ features: [messages, receipts, readMarkers, chatStates], remembered: friends, ...settings });
const asks = (who: string, id = 'a1') =>
  `<message from="${who}/phone" type="chat" id="${id}"><body>Hi</body><request xmlns="urn:xmpp:receipts"/><markable xmlns="urn:xmpp:chat-markers:0"/></message>`;
const confirms = (inside: string, from = 'amy@home.example/phone') => `<message from="${from}">${inside}</message>`;
const received = (id: string) => `<received xmlns="urn:xmpp:receipts" id="${id}"/>`;
const displayed = (id: string) => `<displayed xmlns="urn:xmpp:chat-markers:0" id="${id}"/>`;
const send = (one: XmppRig, id: string, contact = amy, disclosure: Disclosure = everythingTold) =>
  one.connection.facets.messages?.send({
    id: id as MessageId,
    target: { kind: 'contact', contact },
    body: 'Hello',
    at: 0,
    disclosure,
  });
const states = (one: XmppRig) => one.said('delivery-changed').map(({ message, delivery }) => [message, delivery.state]);

describe('a receipt', () => {
  it('is asked for with everything we say', async () => {
    const one = rig();
    await one.online();
    await send(one, 'm1');
    const [stanza] = one.written();
    expect(stanza?.child('request', 'urn:xmpp:receipts')).toBeDefined();
  });

  it('is given to those who may see us, once what they said is on disk', async () => {
    const one = rig({ storesAtOnce: false });
    await one.online();
    await one.says(asks('amy@home.example'));
    expect(one.written()).toEqual([]);
    one.connection.stored(one.seat.living.revision);
    const [receipt] = one.written();
    expect(receipt?.with({ id: undefined })).toEqual(
      parseXml(`<message to="amy@home.example/phone" type="chat">${received('a1')}</message>`),
    );
  });

  it.each(['bob@home.example', 'stranger@evil.example'])('is not given to %s, who may not', async (who) => {
    const one = rig();
    await one.online();
    await one.says(asks(who));
    expect(one.written()).toEqual([]);
  });

  it('is given once, though the message comes twice', async () => {
    const one = rig();
    await one.online();
    await one.says(asks('amy@home.example'), asks('amy@home.example'), asks('amy@home.example', 'a2'));
    expect(one.written().map((stanza) => stanza.child('received', 'urn:xmpp:receipts')?.attribute('id'))).toEqual([
      'a1',
      'a2',
    ]);
  });

  it('is not given any more when we left before the message was on disk', async () => {
    const one = rig({ storesAtOnce: false });
    await one.online();
    await one.says(asks('amy@home.example'));
    one.server.break();
    one.connection.stored(one.seat.living.revision);
    expect(one.written()).toEqual([]);
  });

  it('of theirs says that ours arrived', async () => {
    const one = rig();
    await one.online();
    await send(one, 'm1');
    await one.says(confirms(received('m1')));
    expect(states(one)).toEqual([
      ['m1', 'sending'],
      ['m1', 'sent'],
      ['m1', 'delivered'],
    ]);
  });

  it('of somebody else says nothing', async () => {
    const one = rig();
    await one.online();
    await send(one, 'm1');
    await one.says(confirms(received('m1'), 'mallory@evil.example'), confirms(displayed('m1'), 'bob@home.example/x'));
    expect(states(one)).toEqual([['m1', 'sending']]);
  });

  it('for a message of an earlier run is believed', async () => {
    const one = rig();
    await one.online();
    await one.says(confirms(received('from-last-week')));
    expect(states(one)).toEqual([['from-last-week', 'delivered']]);
  });
});

describe('a read marker', () => {
  it('is asked for only by those who give theirs; that it arrived is another matter', async () => {
    const one = rig();
    await one.online();
    await send(one, 'm1');
    await send(one, 'm2', amy, { ...everythingTold, readMarkers: false });
    const [open, closed] = one.written();
    expect(open?.child('markable', 'urn:xmpp:chat-markers:0')).toBeDefined();
    expect(closed?.child('markable', 'urn:xmpp:chat-markers:0')).toBeUndefined();
    expect(closed?.child('request', 'urn:xmpp:receipts')).toBeDefined();
  });

  it('of theirs also covers what we said to them before', async () => {
    const one = rig();
    await one.online();
    for (const id of ['m1', 'm2', 'm3']) await send(one, id);
    await send(one, 'b1', bob);
    one.server.acknowledge();
    await one.settle();
    one.said('delivery-changed');
    await one.says(confirms(displayed('m2')));
    expect(states(one)).toEqual([
      ['m1', 'read'],
      ['m2', 'read'],
    ]);
  });

  it('of older programs may say that it only arrived', async () => {
    const one = rig();
    await one.online();
    await one.says(confirms('<received xmlns="urn:xmpp:chat-markers:0" id="m1"/>'));
    expect(states(one)).toEqual([['m1', 'delivered']]);
  });

  it('straight from a device of our own says nothing: only copies say whom it was for', async () => {
    const one = rig();
    await one.online();
    await one.says(`<message from="me@home.example/phone" to="amy@home.example">${displayed('a1')}</message>`);
    expect(one.said('read-elsewhere')).toEqual([]);
  });

  it('is told when their message wants one', async () => {
    const one = rig();
    await one.online();
    await one.says(asks('amy@home.example'));
    expect(one.said('messages-received')[0]?.messages[0]?.wantsReadMarker).toBe(true);
  });

  it('of ours goes to those who may see us, and to nobody else', async () => {
    const one = rig();
    await one.online();
    await one.connection.facets.readMarkers?.markRead({ kind: 'contact', contact: bob }, 'b1');
    await one.connection.facets.readMarkers?.markRead({ kind: 'contact', contact: amy }, 'a1');
    expect(one.written().map((stanza) => stanza.with({ id: undefined }))).toEqual([
      parseXml(`<message type="chat" to="amy@home.example">${displayed('a1')}</message>`),
    ]);
  });
});
