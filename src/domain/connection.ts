/** One account's live or not-yet-live session: what may be said of it, and the fold that everybody shares. */
import { assertNever, type KithErrorCode } from '../base/index.ts';
import { type Contact, newContact, unseen } from './contact.ts';
import type { ChatState, ConversationTarget } from './conversation.ts';
import type { FileOffer, TransferProgress } from './file.ts';
import type { AccountId, ContactId, MessageId, RoomId } from './ids.ts';
import type { Delivery, Message } from './message.ts';
import type { Presence } from './presence.ts';
import { leftRoom, type Occupant, type Room } from './room.ts';

export type ConnectionStatus = 'offline' | 'connecting' | 'online';

/** Why it is offline (or how it is connecting), in a code for programs and words for people. */
export interface StatusReason {
  readonly code: KithErrorCode | 'requested';
  readonly text: string;
}

/** The connection already lives on the bus elsewhere, under this name and path. */
export interface BusOrigin {
  readonly name: string;
  readonly path: string;
}

/** How the account presents itself. */
export interface Profile {
  readonly nickname: string;
  /** As a contact's. */
  readonly avatar: string;
}

export const noProfile: Profile = { nickname: '', avatar: '' };

/** One message: of theirs by its sender's id, or of anybody by the archive's. */
export type ReadUpTo = { readonly origin: string } | { readonly archive: string };

/** What a protocol may say. Serialisable, past tense, folded by `fold`. */
export type ConnectionEvent =
  | { readonly type: 'status-changed'; readonly status: ConnectionStatus; readonly reason?: StatusReason }
  | { readonly type: 'origin-changed'; readonly origin?: BusOrigin }
  | { readonly type: 'self-changed'; readonly contact: ContactId; readonly presence: Presence }
  /** What the account says of itself to others; a fact of the account, also while it is offline. */
  | { readonly type: 'profile-changed'; readonly profile: Profile }
  /** Everybody who is kept away: addresses, or whole servers. */
  | { readonly type: 'blocked-changed'; readonly blocked: readonly ContactId[] }
  /** What the server takes of files; it stands until it is said anew. */
  | { readonly type: 'files-offered'; readonly offer: FileOffer }
  /** How far the file that is this message has come; without `progress` nothing moves any more. */
  | { readonly type: 'transfer-changed'; readonly message: MessageId; readonly progress?: TransferProgress }
  | { readonly type: 'roster-received' }
  | { readonly type: 'contacts-changed'; readonly changed: readonly Contact[]; readonly removed: readonly ContactId[] }
  | { readonly type: 'presences-changed'; readonly presences: readonly (readonly [ContactId, Presence])[] }
  /** `earlier`: they stand above what is here already, where their stamps say. */
  | { readonly type: 'messages-received'; readonly messages: readonly Message[]; readonly earlier?: true }
  | { readonly type: 'delivery-changed'; readonly message: MessageId; readonly delivery: Delivery }
  /** Another device of our own showed what was said there, up to this message. */
  | ({ readonly type: 'read-elsewhere'; readonly target: ConversationTarget } & ReadUpTo)
  | {
      readonly type: 'chat-state-changed';
      readonly target: ConversationTarget;
      readonly from: ContactId;
      readonly state: ChatState;
    }
  | { readonly type: 'rooms-changed'; readonly changed: readonly Room[]; readonly removed: readonly RoomId[] }
  /** Who came, changed and left, by nick. Of a room that is left nobody is known. */
  | {
      readonly type: 'occupants-changed';
      readonly room: RoomId;
      readonly changed: readonly Occupant[];
      readonly removed: readonly string[];
    };

/** The living state, changed in place by its one owner in each room. */
export interface LivingConnection {
  readonly account: AccountId;
  revision: number;
  status: ConnectionStatus;
  reason: StatusReason | undefined;
  origin: BusOrigin | undefined;
  self: { readonly contact: ContactId; readonly presence: Presence } | undefined;
  profile: Profile;
  /** Undefined while nobody knows, and where the network cannot block. */
  blocked: readonly ContactId[] | undefined;
  /** Undefined while nobody knows. */
  files: FileOffer | undefined;
  /** Only those that move. */
  readonly transfers: Map<MessageId, TransferProgress>;
  rosterKnown: boolean;
  readonly contacts: Map<ContactId, Contact>;
  /** Only those who are writing or have paused. */
  readonly chatStates: Map<ContactId, ChatState>;
  readonly rooms: Map<RoomId, Room>;
  /** By nick, of the rooms that are joined or being joined. */
  readonly occupants: Map<RoomId, Map<string, Occupant>>;
}

/** The state as a value, for whoever joins. JSON-ready; built only here. */
export interface ConnectionSnapshot {
  readonly account: AccountId;
  readonly revision: number;
  readonly status: ConnectionStatus;
  readonly reason?: StatusReason;
  readonly origin?: BusOrigin;
  readonly self?: { readonly contact: ContactId; readonly presence: Presence };
  readonly profile: Profile;
  readonly blocked?: readonly ContactId[];
  readonly files?: FileOffer;
  readonly transfers: readonly (readonly [MessageId, TransferProgress])[];
  readonly rosterKnown: boolean;
  readonly contacts: readonly Contact[];
  readonly chatStates: readonly (readonly [ContactId, ChatState])[];
  readonly rooms: readonly Room[];
  readonly occupants: readonly (readonly [RoomId, readonly Occupant[]])[];
}

/** `remembered` and `rooms` are those of the last session; nobody's presence is known, and no room is joined. */
export function newConnection(
  account: AccountId,
  remembered: readonly Contact[] = [],
  rooms: readonly Room[] = [],
): LivingConnection {
  return {
    account,
    revision: 0,
    status: 'offline',
    reason: undefined,
    origin: undefined,
    self: undefined,
    profile: noProfile,
    blocked: undefined,
    files: undefined,
    transfers: new Map(),
    rosterKnown: false,
    contacts: new Map(remembered.map((contact) => [contact.id, unseen(contact)])),
    chatStates: new Map(),
    rooms: new Map(rooms.map((room) => [room.id, leftRoom(room)])),
    occupants: new Map(),
  };
}

/** Applies one fact in place. The same function runs in the worker, in core and in the renderer, so the three cannot disagree. */
export function fold(living: LivingConnection, event: ConnectionEvent): void {
  living.revision += 1;
  switch (event.type) {
    case 'status-changed':
      living.status = event.status;
      living.reason = event.reason;
      if (event.status === 'offline') forgetPresences(living);
      // Files go on without a session, but not without their protocol.
      if (event.reason?.code === 'protocol-crashed') living.transfers.clear();
      return;
    case 'origin-changed':
      living.origin = event.origin;
      return;
    case 'self-changed':
      living.self = { contact: event.contact, presence: event.presence };
      return;
    case 'profile-changed':
      living.profile = event.profile;
      return;
    case 'blocked-changed':
      living.blocked = event.blocked;
      return;
    case 'files-offered':
      living.files = event.offer;
      return;
    case 'transfer-changed':
      if (event.progress === undefined) living.transfers.delete(event.message);
      else living.transfers.set(event.message, event.progress);
      return;
    case 'roster-received':
      living.rosterKnown = true;
      return;
    case 'contacts-changed':
      for (const contact of event.changed) living.contacts.set(contact.id, contact);
      for (const id of event.removed) living.contacts.delete(id);
      return;
    case 'presences-changed':
      for (const [id, presence] of event.presences) {
        const contact = living.contacts.get(id) ?? newContact(id);
        living.contacts.set(id, { ...contact, presence });
      }
      return;
    case 'chat-state-changed':
      if (event.target.kind !== 'contact') return;
      if (event.state === 'composing' || event.state === 'paused') living.chatStates.set(event.from, event.state);
      else living.chatStates.delete(event.from);
      return;
    case 'messages-received':
      for (const message of event.messages) living.chatStates.delete(message.from);
      return;
    case 'delivery-changed':
    case 'read-elsewhere':
      return;
    case 'rooms-changed':
      for (const room of event.changed) changeRoom(living, room);
      for (const id of event.removed) {
        living.rooms.delete(id);
        living.occupants.delete(id);
      }
      return;
    case 'occupants-changed':
      changeOccupants(living, event.room, event.changed, event.removed);
      return;
    default:
      assertNever(event);
  }
}

/** Whoever was there before a new joining began is there no longer. */
function changeRoom(living: LivingConnection, room: Room): void {
  const before = living.rooms.get(room.id)?.status;
  living.rooms.set(room.id, room);
  if (room.status === 'left' || (room.status === 'joining' && before !== 'joining')) living.occupants.delete(room.id);
}

function changeOccupants(
  living: LivingConnection,
  room: RoomId,
  changed: readonly Occupant[],
  removed: readonly string[],
): void {
  // Somebody in a room that is not here would be kept for ever.
  if ((living.rooms.get(room)?.status ?? 'left') === 'left') return;
  const there = living.occupants.get(room) ?? new Map<string, Occupant>();
  living.occupants.set(room, there);
  for (const nick of removed) there.delete(nick);
  for (const occupant of changed) there.set(occupant.nick, occupant);
}

/** While we are not online we know nobody's presence. 'offline' would be a claim, and a mail program would believe it. */
function forgetPresences(living: LivingConnection): void {
  living.rosterKnown = false;
  living.self = undefined;
  living.chatStates.clear();
  living.occupants.clear();
  for (const [id, room] of living.rooms) living.rooms.set(id, leftRoom(room));
  for (const [id, contact] of living.contacts) {
    const forgotten = unseen(contact);
    if (forgotten !== contact) living.contacts.set(id, forgotten);
  }
}

export function snapshot(living: LivingConnection): ConnectionSnapshot {
  return {
    account: living.account,
    revision: living.revision,
    status: living.status,
    ...(living.reason === undefined ? {} : { reason: living.reason }),
    ...(living.origin === undefined ? {} : { origin: living.origin }),
    ...(living.self === undefined ? {} : { self: living.self }),
    profile: living.profile,
    ...(living.blocked === undefined ? {} : { blocked: living.blocked }),
    ...(living.files === undefined ? {} : { files: living.files }),
    transfers: [...living.transfers],
    rosterKnown: living.rosterKnown,
    contacts: [...living.contacts.values()],
    chatStates: [...living.chatStates],
    rooms: [...living.rooms.values()],
    occupants: [...living.occupants].map(([room, there]) => [room, [...there.values()]]),
  };
}

/** A snapshot taken up as living state. `revive(snapshot(x))` equals x. */
export function revive(from: ConnectionSnapshot): LivingConnection {
  return {
    account: from.account,
    revision: from.revision,
    status: from.status,
    reason: from.reason,
    origin: from.origin,
    self: from.self,
    profile: from.profile,
    blocked: from.blocked,
    files: from.files,
    transfers: new Map(from.transfers),
    rosterKnown: from.rosterKnown,
    contacts: new Map(from.contacts.map((contact) => [contact.id, contact])),
    chatStates: new Map(from.chatStates),
    rooms: new Map(from.rooms.map((room) => [room.id, room])),
    occupants: new Map(
      from.occupants.map(([room, there]) => [room, new Map(there.map((occupant) => [occupant.nick, occupant]))]),
    ),
  };
}
