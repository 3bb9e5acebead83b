/** What a protocol promises, and what it is lent. A protocol is two files to the world: `manifest.ts` (pure, loaded in main) and `index.ts` (in its worker). */
import type { AsyncDisposable, Log } from '../base/index.ts';
import type {
  AccountId,
  Ask,
  Aborting,
  Availability,
  Contact,
  ConnectionEvent,
  ContactId,
  ParameterValue,
  Presence,
  ProtocolId,
  Room,
  RoomId,
} from '../domain/index.ts';
import type { Facets } from './facets.ts';

/** One thing a person may set on an account. Also the source of the account form. */
export interface ParameterSpec {
  readonly name: string;
  /** A D-Bus basic type: 's' text, 'u' whole number, 'i' one that may be below zero, 'b' yes or no. */
  readonly type: 's' | 'u' | 'i' | 'b';
  readonly required: boolean;
  /** Secrets never stand in an account's parameters; they are kept where its password is, and asked for by `Ask` of the kind 'secret'. */
  readonly secret: boolean;
  readonly fallback?: ParameterValue;
  /** The bounds of a number, both allowed. */
  readonly least?: number;
  readonly most?: number;
  /** The only texts it takes, besides an empty one. */
  readonly among?: readonly string[];
  /** What a text must be, if it is not empty: the name or number of a machine, one line, or certificates as PEM text (RFC 7468). */
  readonly shape?: 'host' | 'line' | 'pem';
  /** One sentence for the person. */
  readonly label: string;
}

export interface StatusSpec {
  /** The protocol's own word. */
  readonly word: string;
  readonly availability: Availability;
  readonly settable: boolean;
  readonly takesMessage: boolean;
}

/** A link the protocol understood. Following it only ever opens something: what it asks for is done by the person. */
export type ProtocolLink = ContactLink | RoomLink;

/** 'message' opens a conversation, with `body` as a draft that is never sent by itself. */
export interface ContactLink {
  readonly contact: ContactId;
  readonly action: 'message' | 'subscribe';
  /** Of theirs, with a wish to see them: proves that they wished it. */
  readonly invitation?: string;
  readonly body?: string;
  /** The address of the account the link wants to be used, if it names one. */
  readonly via?: string;
}

export interface RoomLink {
  readonly room: RoomId;
  readonly action: 'join';
  readonly via?: string;
}

/** Known without connecting. */
export interface ProtocolManifest {
  readonly id: ProtocolId;
  readonly contract: 1;
  readonly displayName: string;
  /** Short word for tags, for instance 'XMPP'. */
  readonly tag: string;
  /** True for what ships but is not offered in the form. */
  readonly hidden: boolean;
  readonly parameters: readonly ParameterSpec[];
  readonly statuses: readonly StatusSpec[];
  readonly addressing: {
    readonly example: string;
    readonly vcardField?: string;
    readonly uriSchemes: readonly string[];
  };
}

/** The pure half, in `manifest.ts`. */
export interface ProtocolFace {
  readonly manifest: ProtocolManifest;
  /** Pure. An impossible address is KithError('invalid-argument') whose message says what is wrong with it. */
  normalise(address: string): ContactId;
  /** As `normalise`, for the address of a room. Absent where a network has none. */
  normaliseRoom?(address: string): RoomId;
  /** Pure. Undefined when the link is not of this protocol; KithError('invalid-argument') when it is, and broken. */
  parseLink(uri: string): ProtocolLink | undefined;
}

/** The working half, in `index.ts`. */
export interface ProtocolModule extends ProtocolFace {
  /** Builds; does no I/O; cannot fail for network reasons. */
  open(seat: Seat): ProtocolConnection;
}

/** Small key/value of one account, kept over restarts. What is set is on disk before later facts are called stored. */
export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string | undefined): void;
}

/**
 * In an account's memory when some of what was on disk here is lost. Whatever its server keeps is to be fetched anew, all of it; whoever
 * has begun to takes the key away.
 */
export const holesOnDisk = 'holes-on-disk';

/**
 * In an account's memory while it is still to be made at its server: by an invitation, whose link is asked for as the secret
 * `invitation`, or without one. Whoever made it takes the key away.
 */
export const toBeMade = 'to-be-made';
export const invited = 'invited';
export const uninvited = 'uninvited';

/**
 * The one secret of an account besides its password: what a server gave in exchange for it. It is kept where the password is, and
 * forgotten when a person sets that anew. Only its protocol can read it.
 */
export interface Token {
  /** Undefined when none is kept. Rejects 'password-needed' when it is kept and cannot be opened now, 'cancelled' when aborted. */
  read(signal: Aborting): Promise<string | undefined>;
  /** Undefined forgets. */
  keep(token: string | undefined): void;
}

/** Keys of a memory that begin so hold what was learnt with the password, and are forgotten when a person sets it anew. */
export const withPassword = 'password/';

/** What the host lends a connection; everything here works across a thread. */
export interface Seat {
  readonly account: AccountId;
  readonly address: ContactId;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** The contacts of the last session: what a versioned roster builds on. */
  readonly remembered: readonly Contact[];
  /** The rooms of the last session, all of them left. */
  readonly rooms: readonly Room[];
  readonly memory: Memory;
  readonly token: Token;
  readonly log: Log;
  readonly ask: Ask;
  /** Says a fact and returns its revision, for `stored`. */
  emit(event: ConnectionEvent): number;
}

/** Two verbs, an ear for the disk, one optional set of facets, and an end. */
export interface ProtocolConnection extends AsyncDisposable {
  /** Resolves when the attempt has begun. Success and failure alike arrive as 'status-changed'. Never retries by itself. */
  connect(presence: Presence, signal: Aborting): Promise<void>;
  /** Resolves when the session is over or given up; afterwards the status is offline, 'requested'. Harmless when offline. */
  disconnect(): Promise<void>;
  /** Every fact up to and including `revision` is on disk: only now may it be acknowledged to the server. */
  stored(revision: number): void;
  readonly facets: Partial<Facets>;
}
