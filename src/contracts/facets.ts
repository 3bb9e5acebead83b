/** The optional abilities of a connection. An ability a network lacks costs nothing: the facet is absent. */
import type {
  Card,
  ChatState,
  ContactId,
  ConversationTarget,
  Device,
  ListedRoom,
  Message,
  MessageId,
  OutgoingMessage,
  Presence,
  RoomId,
  RoomSettings,
} from '../domain/index.ts';

export interface PresenceFacet {
  setOwn(presence: Presence): Promise<void>;
}

export interface RosterFacet {
  /** Puts them in our list and asks to see them. `welcome`: when they ask in turn, the answer is yes; a network that knows no answer beforehand asks us then. `invitation`: what a link of theirs said to prove that they wished it. */
  request(
    contact: ContactId,
    asked: { alias?: string; groups?: readonly string[]; message?: string; welcome?: boolean; invitation?: string },
  ): Promise<void>;
  /** Lets them see us. */
  authorise(contact: ContactId): Promise<void>;
  /** Says no, or takes an earlier yes back. */
  refuse(contact: ContactId): Promise<void>;
  /** Out of our list, both directions ended. */
  remove(contact: ContactId): Promise<void>;
  rename(contact: ContactId, alias: string): Promise<void>;
  setGroups(contact: ContactId, groups: readonly string[]): Promise<void>;
}

export interface MessagesFacet {
  /** Resolves when written. What becomes of it arrives as 'delivery-changed'. Rejects 'not-online' if nothing was written. */
  send(message: OutgoingMessage): Promise<void>;
}

export interface CorrectionsFacet {
  /** As `send`: the message goes out as a correction of ours with the origin id `replaces`, and is itself a message in everything else. */
  correct(message: OutgoingMessage, replaces: string): Promise<void>;
}

export interface ChatStatesFacet {
  /** A wish, not a fact: dropped silently where the other side cannot hear it. */
  set(target: ConversationTarget, state: ChatState): Promise<void>;
}

export interface ReadMarkersFacet {
  /** Tells the sender that their message with this origin id was shown. */
  markRead(target: ConversationTarget, origin: string): Promise<void>;
}

export interface ReadingPositionFacet {
  /** Tells our own other devices, and nobody else, that what was said there was shown up to the message with this archive id. A wish, not a fact: dropped where the server cannot. */
  reached(target: ConversationTarget, archive: string): Promise<void>;
}

export interface ArchivePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** True when nothing older is kept by the server. */
  readonly complete: boolean;
  /** The server keeps no archive at all. */
  readonly absent?: true;
}

export interface ArchiveFacet {
  /** Up to `limit` messages older than archive id `before`, or the newest ones. Does not emit them: the asker stores them. */
  page(target: ConversationTarget, before: string | undefined, limit: number): Promise<ArchivePage>;
  /**
   * Resolves when everything it has of what was written there earlier was said as facts, or when the server will not say;
   * with a session that is lost it waits for the next. May take minutes. Rejects when the connection is closed, or the room left, before.
   */
  readThrough(target: ConversationTarget): Promise<void>;
}

export interface AvatarsFacet {
  /** The bytes of a picture that a contact, or the account itself, bears, in base64: what is big crosses only when somebody wants it. Rejects 'not-found'. */
  fetch(of: ContactId, avatar: string): Promise<string>;
  /** In base64; empty takes it away. */
  setOwn(picture: string): Promise<void>;
}

export interface NicknameFacet {
  /** What others see we call ourselves; empty takes it away. */
  setOwn(nickname: string): Promise<void>;
}

export interface DevicesFacet {
  /** What they are online with, best first; under our own address, our other devices. Asked for when somebody looks. */
  list(of: ContactId): Promise<readonly Device[]>;
}

export interface CardsFacet {
  /** Empty where they say nothing. Nothing of it is kept: it is asked for when somebody looks. */
  read(of: ContactId): Promise<Card>;
  writeOwn(card: Card): Promise<void>;
}

/** What is to be put where others can fetch it. It lies on this computer: bytes never cross. */
export interface FileToUpload {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

export interface FileToFetch {
  readonly url: string;
  /** Where it is written; nothing may be there yet, and nothing is there afterwards when it fails. */
  readonly path: string;
  /** In bytes. */
  readonly largest: number;
  /** Nobody asked for it: then nothing is fetched from this computer or its neighbours, and it does not last long. */
  readonly byItself: boolean;
}

export interface FileFetched {
  /** What it has, or says it has. */
  readonly size?: number;
  /** False when it is too large: nothing was written. */
  readonly whole: boolean;
}

export interface FilesFacet {
  /** Resolves with the address when the server has it. Says 'transfer-changed' while it goes. Rejects 'cancelled' after `cancel`. */
  upload(transfer: MessageId, file: FileToUpload): Promise<string>;
  /** Also where the account's own server takes no files. */
  fetch(transfer: MessageId, file: FileToFetch): Promise<FileFetched>;
  /** Harmless when nothing goes on. */
  cancel(transfer: MessageId): Promise<void>;
}

export interface BlockingFacet {
  /** Nothing of them comes any more. `report` also tells those who run the network, and why. */
  block(contact: ContactId, report?: 'spam' | 'abuse'): Promise<void>;
  unblock(contact: ContactId): Promise<void>;
}

/** Our account at its server. */
export interface MembershipFacet {
  /** The server knows us by it from now on; sessions it has may end. */
  changePassword(password: string): Promise<void>;
  /** It is gone for everybody, with all the server keeps of it. */
  end(): Promise<void>;
}

export interface AttentionFacet {
  /** Whether anybody looks. A session begins attended; while it is not, what need not be known at once may come late. */
  set(attended: boolean): Promise<void>;
}

/** A link for somebody one wants among one's people. */
export interface FriendInvitation {
  readonly link: string;
  /** Where a web browser is told what to do with it. */
  readonly page?: string;
  /** By it they are among our people without anybody being asked; else it only says whom to ask. */
  readonly proven: boolean;
  /** Who has no account gets one by it. */
  readonly makesAccounts: boolean;
}

export interface OnboardingFacet {
  /** A new one each time. */
  invite(): Promise<FriendInvitation>;
}

export interface LifelineFacet {
  /** The network may have become another under the connection: says 'offline' within seconds if nobody answers there any more. */
  check(): Promise<void>;
}

/** How one comes into a room; what is left out is as it was last time. */
export interface Entrance {
  readonly nick?: string;
  readonly password?: string;
}

export interface RoomPage {
  readonly rooms: readonly ListedRoom[];
  /** What to ask for the next page with; absent on the last one. */
  readonly next?: string;
}

/** How it stands with each room is told as 'rooms-changed'. A room is never joined again by itself: core does that. */
export interface RoomsFacet {
  /**
   * Resolves when we are in, and the room is wanted from then on. A name that is taken is varied a few times. Rejects with the room's
   * own reason: 'permission-denied' (banned, for members), 'password-needed', 'already-exists' (every name was taken), 'not-found'.
   */
  join(room: RoomId, how: Entrance): Promise<void>;
  /** Makes a room that is not there yet, as the service would have it where `settings` say nothing. Rejects 'already-exists'. */
  create(room: RoomId, how: Entrance, settings: RoomSettings): Promise<void>;
  /** Out of it, and not wanted any more. It stays in the list. */
  leave(room: RoomId): Promise<void>;
  /** Out of it and out of the list; also the answer to an invitation that is not followed. */
  forget(room: RoomId): Promise<void>;
  invite(room: RoomId, contact: ContactId, text: string): Promise<void>;
  setTopic(room: RoomId, topic: string): Promise<void>;
  /** Rejects 'already-exists' when somebody there bears it. */
  setNick(room: RoomId, nick: string): Promise<void>;
  configure(room: RoomId, settings: RoomSettings): Promise<void>;
  /** Public rooms of a service, or of the one the account's own server names. Rejects 'not-found' when there is none. */
  list(service: string | undefined, after: string | undefined): Promise<RoomPage>;
}

/** Named for tests and the demo: a protocol told to misbehave. Only testbed has it. */
export interface MischiefFacet {
  /** 'crash' throws, 'exit' ends the worker, 'hang' blocks it, 'leak' fills its memory, 'slow' delays each answer by `amount` ms. */
  misbehave(how: 'crash' | 'exit' | 'hang' | 'leak' | 'slow', amount?: number): Promise<void>;
}

export interface Facets {
  presence: PresenceFacet;
  roster: RosterFacet;
  messages: MessagesFacet;
  corrections: CorrectionsFacet;
  chatStates: ChatStatesFacet;
  readMarkers: ReadMarkersFacet;
  readingPosition: ReadingPositionFacet;
  archive: ArchiveFacet;
  avatars: AvatarsFacet;
  nickname: NicknameFacet;
  devices: DevicesFacet;
  cards: CardsFacet;
  files: FilesFacet;
  blocking: BlockingFacet;
  attention: AttentionFacet;
  lifeline: LifelineFacet;
  onboarding: OnboardingFacet;
  membership: MembershipFacet;
  rooms: RoomsFacet;
  mischief: MischiefFacet;
}
export type FacetName = keyof Facets;

/** Every (facet, verb, arguments) triple, derived and never listed twice. */
export type FacetCall = {
  [F in FacetName]: {
    [V in keyof Facets[F] & string]: Facets[F][V] extends (...args: infer A) => unknown
      ? { readonly facet: F; readonly verb: V; readonly args: A }
      : never;
  }[keyof Facets[F] & string];
}[FacetName];

/** Which facets exist and which verbs each has, at run time. Total, so a new verb does not compile until it stands here. */
export const facetVerbs: { readonly [F in FacetName]: { readonly [V in keyof Facets[F]]: true } } = {
  presence: { setOwn: true },
  roster: { request: true, authorise: true, refuse: true, remove: true, rename: true, setGroups: true },
  messages: { send: true },
  corrections: { correct: true },
  chatStates: { set: true },
  readMarkers: { markRead: true },
  readingPosition: { reached: true },
  archive: { page: true, readThrough: true },
  avatars: { fetch: true, setOwn: true },
  nickname: { setOwn: true },
  devices: { list: true },
  cards: { read: true, writeOwn: true },
  files: { upload: true, fetch: true, cancel: true },
  blocking: { block: true, unblock: true },
  attention: { set: true },
  lifeline: { check: true },
  onboarding: { invite: true },
  membership: { changePassword: true, end: true },
  rooms: {
    join: true,
    create: true,
    leave: true,
    forget: true,
    invite: true,
    setTopic: true,
    setNick: true,
    configure: true,
    list: true,
  },
  mischief: { misbehave: true },
};
