/** Talking with one contact (RFC 6121 section 5): what is said, and what the server says to it. */
import { DisposableStack, KithError } from '../../../src/base/index.ts';
import type { ContactId, MessageId, OutgoingMessage, RoomId } from '../../../src/domain/index.ts';
import { bareAddress, resourceOf } from '../address.ts';
import { type Heard, NS_IDS } from '../heard.ts';
import { fileMark, said } from '../said.ts';
import type { Feature, Session } from '../session.ts';
import { NS_CLIENT, readError } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';
import type { Standard } from '../standard.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0359',
    name: 'Unique and Stable Stanza IDs',
    version: '0.7.0',
    status: 'complete',
    test: 'protocols/xmpp/features/messages.test.ts',
    namespaces: [NS_IDS],
  },
];

export const messages: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_IDS));
  undo.use(
    session.lend('messages', {
      send: async (message) => write(session, message),
    }),
  );
  undo.use(session.onDidEnd(() => session.outbox.giveUp()));
  undo.use(session.onDidBounce((heard) => bounced(session, heard)));
  undo.use(session.onDidHear((heard) => receive(session, heard)));
  return undo;
};

/** With `more` in it than what every message bears. */
export function write(session: Session, message: OutgoingMessage, more: readonly Element[] = []): void {
  if (message.target.kind === 'room') return writeToRoom(session, message.target.room, message, more);
  const to = recipientOf(message);
  const stanza = stanzaOf(message, to, [...more, ...session.dressed(message)]);
  session.send(stanza, () => session.outbox.acknowledged(message.id));
  session.outbox.wrote(message.id, to);
}

function receive(session: Session, heard: Heard): void {
  const room = heard.via === 'live' ? session.rooms.get((bareAddress(heard.peer) ?? '') as RoomId) : undefined;
  const message = said(heard, session.account, session.self, room?.spoken);
  if (message === undefined) return;
  if (message.direction === 'incoming' && message.origin !== undefined)
    room?.spoken.said(resourceOf(heard.peer), message.origin);
  // A stranger who writes becomes a contact that stands in no list.
  if (heard.peer !== session.self) session.contacts.change(heard.peer, {});
  session.facts.say({
    type: 'messages-received',
    messages: [message],
    ...(heard.earlier === true ? { earlier: true } : {}),
  });
}

function bounced(session: Session, heard: Heard): void {
  const id = heard.message.attribute('id') as MessageId | undefined;
  if (id === undefined || heard.direction !== 'incoming') return;
  const { code, text } = readError(heard.message);
  session.outbox.refused(id, heard.peer, code, text);
}

export function recipientOf(message: Pick<OutgoingMessage, 'target'>): ContactId {
  if (message.target.kind === 'contact') return message.target.contact;
  throw new KithError('not-supported', 'This is for one person, not for a room');
}

/** What its server has, the room need not have: it counts as sent when the room gives it back (XEP-0045 section 7.4). */
function writeToRoom(session: Session, room: RoomId, message: OutgoingMessage, more: readonly Element[]): void {
  if (session.rooms.get(room)?.joined !== true) throw new KithError('not-online', 'You are not in this room');
  const { id, body } = message;
  const inside = [xml('body', NS_CLIENT, {}, body), xml('origin-id', NS_IDS, { id }), ...fileMark(message)];
  session.send(xml('message', NS_CLIENT, { type: 'groupchat', id, to: room }, ...inside, ...more));
  session.outbox.wrote(id, room as string as ContactId);
}

/** The id is also the origin id, by which our own archive and our other devices will name it (XEP-0359). */
function stanzaOf(message: OutgoingMessage, to: ContactId, dress: readonly Element[]): Element {
  return xml(
    'message',
    NS_CLIENT,
    { type: 'chat', id: message.id, to },
    xml('body', NS_CLIENT, {}, message.body),
    xml('origin-id', NS_IDS, { id: message.id }),
    ...dress,
  );
}
