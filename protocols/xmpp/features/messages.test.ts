import { describe, expect, it } from 'vitest';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import {
  type ContactId,
  type ConversationTarget,
  everythingTold,
  type MessageId,
  newContact,
  type OutgoingMessage,
  type RoomId,
} from '../../../src/domain/index.ts';
import { messages } from './messages.ts';

const amy = 'amy@home.example' as ContactId;
const target: ConversationTarget = { kind: 'contact', contact: amy };
const letter: OutgoingMessage = {
  id: 'letter-1' as MessageId,
  target,
  body: 'Hello <you> & me',
  at: 0,
  disclosure: everythingTold,
};
const rig = (settings: RigSettings = {}) => new XmppRig({ features: [messages], ...settings });
const chat = (inside: string, attributes = 'type="chat" id="a1"') =>
  `<message from="amy@home.example/phone" to="me@home.example" ${attributes}>${inside}</message>`;
const heard = (one: XmppRig) => one.said('messages-received').flatMap((event) => event.messages);
const states = (one: XmppRig) =>
  one
    .said('delivery-changed')
    .map(({ message, delivery: { state, reason, text } }) => ({ message, state, reason, text }));

describe('a message of theirs', () => {
  it('is said with who, what, when and under which ids', async () => {
    const one = rig({ memory: [['server-abilities', 'urn:xmpp:sid:0']] });
    await one.online();
    await one.says(
      chat(`<body>Hi</body><stanza-id xmlns="urn:xmpp:sid:0" by="me@home.example" id="s1"/>
        <delay xmlns="urn:xmpp:delay" from="home.example" stamp="2026-01-05T08:00:00Z"/>`),
    );
    expect(heard(one)).toEqual([
      {
        id: expect.any(String),
        account: one.seat.account,
        target,
        direction: 'incoming',
        from: amy,
        body: 'Hi',
        at: Date.UTC(2026, 0, 5, 8),
        origin: 'a1',
        archive: 's1',
      },
    ]);
  });

  it('says when no styling is to be read into it', async () => {
    const one = rig();
    await one.online();
    await one.says(chat('<body>*a*</body><unstyled xmlns="urn:xmpp:styling:0"/>'), chat('<body>*b*</body>', 'id="a2"'));
    expect(heard(one).map(({ body, unstyled }) => [body, unstyled])).toEqual([
      ['*a*', true],
      ['*b*', undefined],
    ]);
  });

  it('makes a contact of a stranger, outside the list, before it is said', async () => {
    const one = rig();
    await one.online();
    await one.says(chat('<body>Hi</body>'));
    expect(one.seat.heard.events.slice(-2)).toMatchObject([
      { type: 'contacts-changed', changed: [newContact(amy)] },
      { type: 'messages-received' },
    ]);
  });

  it('goes out with others of the same read as one fact', async () => {
    const one = rig();
    await one.online();
    await one.says(chat('<body>1</body>'), chat('<body>2</body>'), chat('<body>3</body>'));
    expect(one.said('messages-received').map((event) => event.messages.map(({ body }) => body))).toEqual([
      ['1', '2', '3'],
    ]);
  });

  it.each([
    ['another archive’s mark', '<stanza-id xmlns="urn:xmpp:sid:0" by="evil.example" id="s1"/>'],
    [
      'our archive’s mark from a server that does not take forged ones away',
      '<stanza-id xmlns="urn:xmpp:sid:0" by="me@home.example" id="s1"/>',
    ],
  ])('does not believe %s', async (_, mark) => {
    const one = rig();
    await one.online();
    await one.says(chat(`<body>Hi</body>${mark}`));
    expect(heard(one)[0]).not.toHaveProperty('archive');
  });

  it.each([
    [
      'a sender’s own stamp',
      '<delay xmlns="urn:xmpp:delay" from="amy@home.example/phone" stamp="2020-01-01T00:00:00Z"/>',
    ],
    ['a stamp of tomorrow', '<delay xmlns="urn:xmpp:delay" from="home.example" stamp="2030-01-01T00:00:00Z"/>'],
    ['nonsense', '<delay xmlns="urn:xmpp:delay" stamp="yesterday"/>'],
  ])('is of now in spite of %s', async (_, delay) => {
    const one = rig();
    await one.online();
    await one.says(chat(`<body>Hi</body>${delay}`));
    expect(heard(one)[0]?.at).toBe(one.clock.now());
  });

  it.each([
    ['says nothing', chat('<body/>')],
    ['is of a room', chat('<body>Hi</body>', 'type="groupchat"')],
  ])('that %s is none', async (_, stanza) => {
    const one = rig();
    await one.online();
    await one.says(stanza);
    expect(heard(one)).toEqual([]);
  });
});

describe('a message of ours', () => {
  it('is written with its id as origin id, and sent once the server has it', async () => {
    const one = rig();
    await one.online();
    await one.connection.facets.messages?.send(letter);
    const [written] = one.server.written;
    expect(written?.element.attributes).toEqual({ type: 'chat', id: 'letter-1', to: amy });
    expect(written?.element.child('body')?.text()).toBe('Hello <you> & me');
    expect(written?.element.child('origin-id', 'urn:xmpp:sid:0')?.attribute('id')).toBe('letter-1');
    await one.settle();
    expect(states(one)).toMatchObject([{ message: 'letter-1', state: 'sending' }]);
    one.server.acknowledge();
    await one.settle();
    expect(states(one)).toMatchObject([{ message: 'letter-1', state: 'sent' }]);
  });

  it('is refused before anything is written while offline, or to a room we are not in', async () => {
    const one = rig();
    await expect(one.connection.facets.messages?.send(letter)).rejects.toMatchObject({ code: 'not-online' });
    await one.online();
    const room: ConversationTarget = { kind: 'room', room: 'r@rooms.example' as RoomId };
    await expect(one.connection.facets.messages?.send({ ...letter, target: room })).rejects.toMatchObject({
      code: 'not-online',
    });
    expect(one.said('delivery-changed')).toEqual([]);
  });

  const bounce = (from: string) => `<message type="error" id="letter-1" from="${from}">
    <body>Hello</body><error type="cancel"><item-not-found xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></message>`;

  it('fails with the reason when it comes back, also after the server had it', async () => {
    const one = rig();
    await one.online();
    await one.connection.facets.messages?.send(letter);
    one.server.acknowledge();
    await one.says(bounce('amy@home.example'));
    expect(states(one).at(-1)).toEqual({
      message: 'letter-1',
      state: 'failed',
      reason: 'not-found',
      text: 'There is nobody at this address',
    });
    expect(heard(one)).toEqual([]);
  });

  it('does not fail because somebody else says so', async () => {
    const one = rig();
    await one.online();
    await one.connection.facets.messages?.send(letter);
    await one.says(bounce('mallory@evil.example'));
    expect(states(one)).toMatchObject([{ message: 'letter-1', state: 'sending' }]);
  });
});
