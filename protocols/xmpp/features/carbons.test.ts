import { describe, expect, it } from 'vitest';
import { XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, newContact } from '../../../src/domain/index.ts';
import { carbons, NS_CARBONS } from './carbons.ts';
import { messages } from './messages.ts';
import { receipts } from './receipts.ts';

const amy = 'amy@home.example' as ContactId;
const rig = () =>
  new XmppRig({ features: [carbons, messages, receipts], remembered: [newContact(amy, { theySeeUs: 'yes' })] });
const copy = (kind: string, message: string, from = ' from="me@home.example"') =>
  `<message${from} to="me@home.example/fake"><${kind} xmlns="${NS_CARBONS}"><forwarded xmlns="urn:xmpp:forward:0">
    <delay xmlns="urn:xmpp:delay" stamp="2026-01-05T08:00:00Z"/>${message.replace('<message', '<message xmlns="jabber:client"')}</forwarded></${kind}></message>`;
const theirs =
  '<message from="amy@home.example/x" to="me@home.example/phone" type="chat" id="a1"><body>Hi</body><request xmlns="urn:xmpp:receipts"/></message>';
const ours =
  '<message from="me@home.example/phone" to="amy@home.example" type="chat" id="0123456789abcdef"><body>Yo</body></message>';
const heard = (one: XmppRig) => one.said('messages-received').flatMap((event) => event.messages);

describe('copies of what our other devices do', () => {
  it('are asked for in every new session', async () => {
    const one = rig();
    await one.online();
    expect(one.asked('enable', NS_CARBONS).attribute('type')).toBe('set');
  });

  it('are not asked for again where they came with the session', async () => {
    const one = rig();
    await one.online({ enabled: [NS_CARBONS] });
    expect(one.server.settings.enable).toContain(NS_CARBONS);
    expect(one.written()).toEqual([]);
  });

  it('bring what was said to them, as caught up, and leave the receipt to them', async () => {
    const one = rig();
    await one.online();
    one.written();
    await one.says(copy('received', theirs));
    expect(heard(one)).toMatchObject([
      { from: amy, direction: 'incoming', body: 'Hi', caughtUp: true, at: Date.UTC(2026, 0, 5, 8) },
    ]);
    expect(one.written()).toEqual([]);
  });

  it('bring what we said there, as ours and already sent, under the id it was given', async () => {
    const one = rig();
    await one.online();
    await one.says(copy('sent', ours));
    expect(heard(one)).toMatchObject([
      {
        id: '0123456789abcdef',
        target: { contact: amy },
        from: 'me@home.example',
        direction: 'outgoing',
        origin: '0123456789abcdef',
        caughtUp: true,
        delivery: { state: 'sent' },
      },
    ]);
  });

  it('give a message whose id is only a counter an id of its own', async () => {
    const one = rig();
    await one.online();
    await one.says(copy('sent', ours.replace('0123456789abcdef', '7')));
    expect(heard(one)[0]).toMatchObject({ origin: '7' });
    expect(heard(one)[0]?.id).not.toBe('7');
  });

  it('bring receipts for what we said there', async () => {
    const one = rig();
    await one.online();
    await one.says(
      copy(
        'received',
        '<message from="amy@home.example/x" to="me@home.example/phone"><received xmlns="urn:xmpp:receipts" id="m1"/></message>',
      ),
    );
    expect(one.said('delivery-changed')).toMatchObject([{ message: 'm1', delivery: { state: 'delivered' } }]);
  });

  it.each([
    ['amy@home.example/x', 'received', theirs],
    ['mallory@evil.example', 'received', theirs],
    ['mallory@evil.example', 'sent', ours],
    ['home.example', 'sent', ours],
    ['me@home.example/phone', 'sent', ours],
    ['me@home.example.evil.example', 'sent', ours],
  ])('forged by %s are dropped (%s)', async (from, kind, message) => {
    const one = rig();
    await one.online();
    await one.says(copy(kind, message, ` from="${from}"`));
    expect(heard(one)).toEqual([]);
  });

  it.each([
    ['sent', theirs],
    ['received', ours],
  ])('that contradict themselves are dropped (%s)', async (kind, message) => {
    const one = rig();
    await one.online();
    await one.says(copy(kind, message));
    expect(heard(one)).toEqual([]);
  });

  it('do not open copies inside copies', async () => {
    const one = rig();
    await one.online();
    await one.says(copy('received', copy('received', theirs, ' from="amy@home.example"')));
    expect(heard(one)).toEqual([]);
  });

  it('do not swallow a message that only asks not to be copied', async () => {
    const one = rig();
    await one.online();
    await one.says(
      `<message from="amy@home.example/x" type="chat"><body>Hi</body><private xmlns="${NS_CARBONS}"/></message>`,
    );
    expect(heard(one)).toHaveLength(1);
  });
});
