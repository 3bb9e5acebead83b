/** What is said in a room (XEP-0045 section 7.4), live or out of its history, as the house knows it: here XML ends. */
import { type Instant, newId } from '../../../../src/base/index.ts';
import type { Message, MessageId } from '../../../../src/domain/index.ts';
import { bareAddress, domainOf, resourceOf } from '../../address.ts';
import { NS_IDS, stampBy } from '../../heard.ts';
import type { RoomState } from '../../rooms.ts';
import { fileIn, originOf, ownId, replacedBy, unstyledIn } from '../../said.ts';
import type { Session } from '../../session.ts';
import type { Element } from '../../stream/element.ts';
import { NS_MUC_USER, NS_OCCUPANT_ID } from './namespaces.ts';
import { occupantIdIn } from './presences.ts';

export interface Kept {
  readonly archive: string;
  readonly at?: Instant;
}

/** Undefined for what says nothing. `kept` is what the room's own archive adds to it. */
export function saidInRoom(session: Session, state: RoomState, message: Element, kept?: Kept): Message | undefined {
  const body = message.child('body')?.text() ?? '';
  const from = message.attribute('from') ?? '';
  if (body === '') return undefined;
  const { room } = state;
  const nick = resourceOf(from);
  const now = session.clock.now();
  const stamp = kept?.at ?? stampBy(message, [undefined, room.id, domainOf(room.id)]);
  const past = kept !== undefined || stamp !== undefined;
  const ours = isOurs(session, state, message, nick, past);
  const origin = ours ? (message.child('origin-id', NS_IDS)?.attribute('id') ?? originOf(message)) : originOf(message);
  const occupant = state.features.has(NS_OCCUPANT_ID) ? occupantIdIn(message) : undefined;
  const replaced = replacedBy(message);
  const vouched =
    replaced !== undefined && (ours || occupant !== undefined || (!past && state.spoken.has(nick, replaced)));
  const archive = kept?.archive ?? markBy(message, room.id);
  const at = Math.min(stamp ?? now, now);
  const file = fileIn(message, body);
  return {
    id: (ours ? ownId(origin) : undefined) ?? newId<MessageId>(),
    account: session.account,
    target: { kind: 'room', room: room.id },
    direction: ours ? 'outgoing' : 'incoming',
    from: ours ? session.self : (`${room.id}/${nick}` as Message['from']),
    nick,
    ...(occupant === undefined ? {} : { occupant }),
    body,
    ...unstyledIn(message),
    ...(vouched ? { replaces: replaced } : {}),
    ...(file === undefined ? {} : { file }),
    at,
    ...(origin === undefined ? {} : { origin }),
    ...(archive === undefined ? {} : { archive: roomArchiveId(room.id, archive) }),
    ...(past || (ours && !session.outbox.isUnderWay(origin)) ? { caughtUp: true } : {}),
    ...(ours ? { delivery: { state: 'sent', at } } : {}),
  };
}

/**
 * A room sees to it that nobody else bears our nick while we are there. What was said before may be by anybody of that name: there
 * the occupant's id (XEP-0421) or the address the room vouches for must say so.
 */
function isOurs(session: Session, state: RoomState, message: Element, nick: string, past: boolean): boolean {
  const occupant = occupantIdIn(message);
  if (occupant !== undefined && state.occupantId !== undefined) return occupant === state.occupantId;
  const address = message.child('x', NS_MUC_USER)?.child('item')?.attribute('jid');
  if (address !== undefined) return bareAddress(address) === session.self;
  return nick === state.room.nick && (!past || session.outbox.isUnderWay(originOf(message)));
}

/** Only the room's own mark says under what id it keeps a message (XEP-0359 section 5). */
function markBy(message: Element, room: string): string | undefined {
  return message
    .childrenNamed('stanza-id', NS_IDS)
    .find((mark) => bareAddress(mark.attribute('by')) === room)
    ?.attribute('id');
}

/** Ids of one archive say nothing in another: a room could else make us believe that we know what we do not. */
export const roomArchiveId = (room: string, id: string): string => `${room} ${id}`;

/** Undefined for an id that is not of this room. */
export function idInRoom(room: string, archive: string): string | undefined {
  return archive.startsWith(`${room} `) ? archive.slice(room.length + 1) : undefined;
}
