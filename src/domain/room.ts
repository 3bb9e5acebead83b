/** A place several people share, as one account sees it, and who is there. */
import type { ContactId, RoomId } from './ids.ts';
import type { StatusReason } from './connection.ts';
import type { Presence } from './presence.ts';

/** Someone wants us to come, and we have not answered. */
export interface Invitation {
  /** Who it is from, as far as anybody vouches for it. */
  readonly from: ContactId;
  /** Their words; empty when they said none. */
  readonly text: string;
}

export interface Room {
  readonly id: RoomId;
  /** As the room calls itself, else as our list does; empty when neither does. */
  readonly name: string;
  readonly topic: string;
  /** Who gave it that topic, by the nick they bore; absent where nobody said. */
  readonly topicBy?: string;
  /** The name we bear there, or shall. */
  readonly nick: string;
  readonly status: 'left' | 'joining' | 'joined';
  /** Why it is left; absent when nobody refused or lost anything. */
  readonly reason?: StatusReason;
  /** The person wants to be there: it is joined again in every session until they leave. */
  readonly wanted: boolean;
  readonly invitation?: Invitation;
}

/**
 * - moderator: may silence and remove others
 * - participant: may speak
 * - visitor: may listen
 */
export type Role = 'moderator' | 'participant' | 'visitor';

/** What somebody is to a room, there or not. */
export type Affiliation = 'owner' | 'admin' | 'member' | 'none';

/** Somebody in a room. Their nick names them while they are there, and nobody for longer. */
export interface Occupant {
  readonly nick: string;
  readonly role: Role;
  readonly affiliation: Affiliation;
  readonly presence: Presence;
  /** True for ourselves. */
  readonly own: boolean;
  /** Who they are outside, where the room tells. */
  readonly address?: ContactId;
}

/** What an owner decides about a room; what is absent stays as it is. */
export interface RoomSettings {
  readonly name?: string;
  /** Only members may come in. */
  readonly membersOnly?: boolean;
  /** Needed to come in; empty takes it away. */
  readonly password?: string;
  /** It stays when the last one has left. */
  readonly persistent?: boolean;
}

/** A room somebody might join, as a service lists it. */
export interface ListedRoom {
  readonly id: RoomId;
  readonly name: string;
}

/** As it is remembered: nobody is there, and nobody is on the way. */
export function leftRoom(room: Room): Room {
  return room.status === 'left' ? room : { ...room, status: 'left' };
}
