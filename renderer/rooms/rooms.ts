/** Rooms as the window needs them: by account and address, with a name that can always be shown. */
import {
  type AccountId,
  type Conversation,
  type ConversationId,
  conversationId,
  type LivingConnection,
  type Room,
  type RoomId,
} from '../../src/domain/index.ts';
import { nameShown } from '../look/names.ts';
import type { OpenConversation } from '../window/place.ts';

export interface RoomKey {
  readonly account: AccountId;
  readonly room: RoomId;
}

export interface RoomEntry {
  readonly account: AccountId;
  readonly room: Room;
}

type Connections = ReadonlyMap<AccountId, LivingConnection>;

export const roomText = ({ account, room }: RoomKey): string => `${account} ${room}`;

/** As it calls itself, else by the first part of its address. */
export function roomName({ id, name }: Pick<Room, 'id' | 'name'>): string {
  return nameShown(name, (id.split('@', 1)[0] ?? '') || id);
}

export const roomConversation = ({ account, room }: RoomKey): OpenConversation => ({
  account,
  target: { kind: 'room', room },
});

export const roomConversationId = ({ account, room }: RoomKey): ConversationId =>
  conversationId(account, { kind: 'room', room });

/** One that is in nobody's list is a room too, and nobody is in it. */
const unlisted = new Map<RoomId, Room>();

export function roomAt(connections: Connections, { account, room: id }: RoomKey): Room {
  const known = connections.get(account)?.rooms.get(id);
  if (known !== undefined) return known;
  const stranger = unlisted.get(id) ?? { id, name: '', topic: '', nick: '', status: 'left', wanted: false };
  unlisted.set(id, stranger);
  return stranger;
}

export const allRooms = (connections: Connections): readonly RoomEntry[] =>
  [...connections.values()].flatMap(({ account, rooms }) =>
    [...rooms.values()]
      .map((room) => ({ account, room }))
      .toSorted((a, b) => roomName(a.room).localeCompare(roomName(b.room))),
  );

/** Rooms are loud: what counts is whether somebody is named. */
export const calls = ({ target, unread, mentions }: Conversation): boolean =>
  target.kind === 'room' ? (mentions ?? 0) > 0 : unread > 0;
