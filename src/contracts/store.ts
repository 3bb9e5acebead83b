/** What core asks of the disk. Synchronous: a write is 0.3 ms, and what returned is on disk. */
import type { Instant } from '../base/index.ts';
import type {
  Account,
  AccountId,
  Contact,
  ContactId,
  ContactKey,
  Conversation,
  ConversationId,
  ConversationTarget,
  Delivery,
  Message,
  MessageId,
  PersonId,
  SharedFile,
} from '../domain/index.ts';
import type { HeldFiles } from './files.ts';

export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** True when the store has something older. */
  readonly more: boolean;
  /** True when it has something newer. */
  readonly ahead: boolean;
}

/** A person's picture as it came. Its type is what its bytes say. */
export interface Picture {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** One of them, or none for the newest messages. 'before' and 'after' leave that message out; 'around' has it in the middle; 'since' has as much that was said then and later as before. */
export type HistoryPlace =
  | { readonly before: MessageId }
  | { readonly after: MessageId }
  | { readonly around: MessageId }
  | { readonly since: Instant };

/** In (at, stored order). */
export interface HistoryAsk {
  readonly account: AccountId;
  readonly target: ConversationTarget;
  readonly place?: HistoryPlace;
  readonly limit: number;
}

/** What is looked for. All that is given must be so; with nothing given nothing is found. */
export interface SearchAsk {
  /** Each must be in it, perhaps only begun. */
  readonly words: string;
  readonly conversation?: ConversationId;
  /** Ourselves, or one of these addresses. */
  readonly from?: 'me' | readonly ContactId[];
  /** The first moment that counts, and the first that no longer does. */
  readonly since?: Instant;
  readonly until?: Instant;
  readonly has?: 'file' | 'picture' | 'link';
  /** The next page: what stands behind this one in the answer. */
  readonly behind?: MessageId;
  readonly limit: number;
}

export interface SearchPage {
  /** Newest first. */
  readonly messages: readonly Message[];
  readonly more: boolean;
}

/**
 * What became of messages that were kept. A correction whose original is here is shown in it: only by the same sender in the same
 * conversation, in a room by the same occupant, or under the same name where the room has no ids for them. Any other is a message.
 */
export interface Kept {
  /** To be shown as messages, as they are shown. */
  readonly fresh: readonly Message[];
  readonly confirmed: readonly MessageId[];
  /** Known before, and shown with other words from now on. */
  readonly corrected: readonly Message[];
  /** No longer, or never, shown by themselves. */
  readonly absorbed: readonly MessageId[];
}

/** What was written to somebody and not sent. */
export interface Draft {
  readonly account: AccountId;
  readonly target: ConversationTarget;
  readonly text: string;
}

/** Every method throws KithError: 'disk' when it cannot be written (full, read-only, vanished), 'internal' for a bug of ours. */
export interface Store {
  /** What is wrong with what is on disk, in words for the person: it was damaged, and mended as far as it could be. */
  readonly damage?: string;

  accounts(): readonly Account[];
  saveAccount(account: Account): void;
  /** With its history, contacts and memory: no file of the profile has a word of it when this returns. */
  removeAccount(account: AccountId): void;

  memory(account: AccountId): readonly (readonly [string, string])[];
  remember(account: AccountId, key: string, value: string | undefined): void;

  contacts(account: AccountId): readonly Contact[];
  saveContacts(account: AccountId, changed: readonly Contact[], removed: readonly ContactId[]): void;

  /** Links a person made by hand between contacts. */
  links(): readonly { readonly person: PersonId; readonly contacts: readonly ContactKey[] }[];

  /**
   * Keeps what is new and returns it; repeats (same archive id, or same sender and origin id) are swallowed.
   * A repeat of one of our own outgoing messages is returned in `confirmed`: the server has it.
   */
  keep(messages: readonly Message[]): Kept;
  message(id: MessageId): Message | undefined;
  /** The message under which this one is shown: itself, or what it corrects. */
  shown(id: MessageId): Message | undefined;
  /** Other words for a message of ours that nobody else has yet. */
  reword(id: MessageId, body: string): void;
  /** The newest incoming one of a conversation with this origin id. */
  findIncoming(id: ConversationId, origin: string): MessageId | undefined;
  /** Of anybody, in this conversation. */
  findArchived(id: ConversationId, archive: string): MessageId | undefined;
  /** The archive's id of the newest message of a conversation, among those that were read, that has one. */
  readPosition(id: ConversationId): string | undefined;
  /** Undefined when there is no such message or the delivery does not advance. `force` is a person's retry. */
  saveDelivery(id: MessageId, delivery: Delivery, force?: boolean): Message | undefined;
  /** Outgoing messages of an account in one state, oldest first. */
  outgoing(account: AccountId, state: Delivery['state']): readonly Message[];
  /** What is known of the file that this message is; `body` when that changes with it. Undefined when there is no such message. */
  saveFile(id: MessageId, file: SharedFile, body?: string): Message | undefined;
  /** Of all messages, the newest first. */
  heldFiles(): HeldFiles;
  /** A message takes its corrections along; without its last correction it is put as before. */
  removeMessage(id: MessageId): void;
  history(ask: HistoryAsk): HistoryPage;
  search(ask: SearchAsk): SearchPage;
  /** When the newest message of a conversation was said that the network has in its order: one of theirs, or of ours that an archive has. */
  lastHeard(account: AccountId, target: ConversationTarget): Instant | undefined;
  /** The oldest message of a conversation that an archive has, by its id there. */
  oldestArchived(
    account: AccountId,
    target: ConversationTarget,
  ): { readonly archive: string; readonly at: Instant } | undefined;

  conversations(): readonly Conversation[];
  conversation(id: ConversationId): Conversation | undefined;
  /** Incoming messages after this one are unread. Returns the newest one acknowledged that wants a read marker, if any. */
  acknowledge(id: ConversationId, upTo: MessageId): Message | undefined;

  drafts(): readonly Draft[];
  /** Empty is none. */
  saveDraft(account: AccountId, target: ConversationTarget, text: string): void;
  picture(avatar: string): Picture | undefined;
  /** Bounded: the oldest go when there are too many. */
  savePicture(avatar: string, picture: Picture): void;

  setting(key: string): string | undefined;
  saveSetting(key: string, value: string | undefined): void;

  /** Runs `work` in one transaction. */
  together<T>(work: () => T): T;
  close(): void;
}

/** An account's password goes by the account's id, its token by that and a word, a secret setting by its name behind another. */
export type SecretKey = AccountId | `${AccountId}/token` | `${AccountId}/setting/${string}`;

/** Where passwords and tokens live. Every answer may take a person: a passphrase, a keyring that is locked. */
export interface Secrets {
  readonly mode: SecretsMode;
  /** Undefined when none is kept. Rejects 'password-needed' when it is kept and cannot be opened now. */
  get(key: SecretKey): Promise<string | undefined>;
  /** Resolves when it is kept the way `mode` says. */
  set(key: SecretKey, secret: string): Promise<void>;
  remove(key: SecretKey): Promise<void>;
}

/**
 * - keyring: the desktop's Secret Service
 * - sealed: a file under a passphrase
 * - ask: asked when needed, forgotten at the end
 * - memory: as 'ask', but nobody is asked: for a start without a person
 * - plain: a file that anyone who can read the profile can read; only by the person's explicit choice
 */
export const secretsModes = ['keyring', 'sealed', 'ask', 'memory', 'plain'] as const;
export type SecretsMode = (typeof secretsModes)[number];
