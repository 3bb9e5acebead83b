/** Recent: whoever and wherever was talked, the last first, and at the end where something was only written. One row a person, however many of their contacts were written to. */
import {
  type ContactKey,
  type Conversation,
  type ConversationId,
  conversationId,
  type Message,
  type Person,
  type PersonId,
  unknownPresence,
} from '../../src/domain/index.ts';
import type { RoomEntry, RoomKey } from '../rooms/rooms.ts';
import { plainly } from '../look/turning.ts';
import { keyText } from '../mirror/index.ts';

/** Someone the house knows only by an address. */
export const strangerAt = (key: ContactKey): Person => ({
  id: `contact ${keyText(key)}` as PersonId,
  name: plainly(key.contact),
  avatar: '',
  contacts: [key],
  presence: unknownPresence,
});

export const conversationOf = ({ account, contact }: ContactKey): ConversationId =>
  conversationId(account, { kind: 'contact', contact });

/** `roomAt` gives undefined for a room that is in no list any more. */
export function recentTalks(
  conversations: Iterable<Conversation>,
  personBehind: (key: ContactKey) => Person,
  roomAt: (key: RoomKey) => RoomEntry | undefined,
  drafted: (id: ConversationId) => boolean,
): readonly (Person | RoomEntry)[] {
  const last = new Map<Person | RoomEntry, number>();
  for (const { id, account, target, last: message } of conversations) {
    if (message === undefined && !drafted(id)) continue;
    const row =
      target.kind === 'contact'
        ? personBehind({ account, contact: target.contact })
        : roomAt({ account, room: target.room });
    if (row !== undefined) last.set(row, Math.max(last.get(row) ?? 0, message?.at ?? 0));
  }
  return [...last].toSorted(([, a], [, b]) => b - a).map(([row]) => row);
}

export interface Standing {
  readonly unread: number;
  readonly last: Message | undefined;
}

/** All of a person's conversations taken together. */
export function standingOf(person: Person, conversations: ReadonlyMap<ConversationId, Conversation>): Standing {
  let unread = 0;
  let last: Message | undefined;
  for (const key of person.contacts) {
    const conversation = conversations.get(conversationOf(key));
    unread += conversation?.unread ?? 0;
    if (conversation?.last !== undefined && conversation.last.at > (last?.at ?? 0)) last = conversation.last;
  }
  return { unread, last };
}
