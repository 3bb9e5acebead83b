/** What a window or the command line may ask, and what it hears. One contract, several transports: JSON values only. */
import type { FriendInvitation } from './facets.ts';
import type { AsyncDisposable, ErrorFact, Event } from '../base/index.ts';
import {
  type Account,
  type AccountId,
  type Availability,
  type Card,
  type ChatState,
  type ConnectionEvent,
  type ConnectionSnapshot,
  type ContactId,
  type ContactKey,
  type Conversation,
  type ConversationId,
  type ConversationTarget,
  type Device,
  type Disclosure,
  everythingTold,
  type HeldFile,
  type Message,
  type MessageId,
  type ParameterValue,
  type Person,
  type PersonId,
  type ProtocolId,
  type Question,
  type QuestionId,
  type RoomId,
  type RoomSettings,
} from '../domain/index.ts';
import type { RoomPage } from './facets.ts';
import type { Bytes, TakenFile } from './files.ts';
import type { Health } from './host.ts';
import type { ProtocolLink, ProtocolManifest } from './protocol.ts';
import type { HistoryPage, HistoryPlace, Picture, SearchAsk, SearchPage, SecretsMode } from './store.ts';

/** One account's plight as core knows it, beyond what its connection says. */
export interface Retry {
  readonly account: AccountId;
  /** When the next attempt comes, if one is planned. */
  readonly at?: number;
}

/** Those Kith speaks, by their BCP 47 tags. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export interface HouseSettings extends Disclosure {
  readonly theme: 'system' | 'light' | 'dark';
  /** 'system': the first of the desktop's that Kith speaks. */
  readonly language: 'system' | Language;
  readonly density: 'comfortable' | 'compact';
}

export const defaultSettings: HouseSettings = {
  theme: 'system',
  language: 'system',
  density: 'comfortable',
  ...everythingTold,
};

/** Everything a reader needs to begin. Events follow, numbered from here. */
export interface HouseSnapshot {
  readonly revision: number;
  readonly version: string;
  /** What it stands on, by name and version: 'Node 20.19.0'. */
  readonly runsOn: readonly string[];
  /** True when this house is the demo and nothing leaves the computer. */
  readonly demo: boolean;
  readonly secrets: SecretsMode;
  readonly protocols: readonly ProtocolManifest[];
  readonly health: readonly (readonly [ProtocolId, Health])[];
  readonly accounts: readonly Account[];
  readonly retries: readonly Retry[];
  readonly connections: readonly ConnectionSnapshot[];
  readonly people: readonly Person[];
  readonly conversations: readonly Conversation[];
  /** What is written and not sent; never empty. */
  readonly drafts: readonly (readonly [ConversationId, string])[];
  readonly questions: readonly Question[];
  /** Whose request to see us the person has put off: shown in a quiet place until it is answered or withdrawn. */
  readonly setAside: readonly ContactKey[];
  readonly settings: HouseSettings;
  /** What was last wrong with the house itself, and is not known to be over. */
  readonly trouble?: ErrorFact;
}

export type HouseEvent =
  | { readonly type: 'accounts-changed'; readonly changed: readonly Account[]; readonly removed: readonly AccountId[] }
  /** A connection began to exist or was healed: its whole state. */
  | { readonly type: 'connection-opened'; readonly connection: ConnectionSnapshot }
  | { readonly type: 'connection-changed'; readonly account: AccountId; readonly event: ConnectionEvent }
  | { readonly type: 'retry-planned'; readonly retry: Retry }
  | { readonly type: 'health-changed'; readonly protocol: ProtocolId; readonly health: Health }
  | { readonly type: 'people-changed'; readonly changed: readonly Person[]; readonly removed: readonly PersonId[] }
  | {
      readonly type: 'conversations-changed';
      readonly changed: readonly Conversation[];
      readonly removed: readonly ConversationId[];
    }
  /** Empty: there is none any more. Also told to the window where it was written. */
  | { readonly type: 'draft-changed'; readonly conversation: ConversationId; readonly draft: string }
  /** New or changed messages, already stored. */
  | { readonly type: 'messages-changed'; readonly changed: readonly Message[]; readonly removed: readonly MessageId[] }
  /** Someone outside (a link, the command line) wants this conversation in front, with `draft` in the field. */
  | { readonly type: 'conversation-wanted'; readonly conversation: ConversationId; readonly draft?: string }
  | { readonly type: 'questions-changed'; readonly open: readonly Question[] }
  /** All that are put off now. */
  | { readonly type: 'set-aside-changed'; readonly setAside: readonly ContactKey[] }
  | { readonly type: 'secrets-changed'; readonly secrets: SecretsMode }
  | { readonly type: 'settings-changed'; readonly settings: HouseSettings }
  /** One line for the person about the house itself: disk full, profile read-only. */
  | { readonly type: 'trouble'; readonly trouble: ErrorFact };

export interface AccountDraft {
  readonly protocol: ProtocolId;
  readonly address: string;
  /** What the person is called; the address when left out. */
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly password?: string;
  /** Settings that are secret, by name; an empty one is forgotten. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** It is not there yet: its server is asked to make it. */
  readonly register?: boolean;
  /** Made by this link, which its server or somebody there gave out. Only with `register`. */
  readonly invitation?: string;
}

/** Every question: what goes in, what comes out. Errors are KithError. */
export interface BridgeCalls {
  /** The snapshot; from now on this reader gets events. */
  'house.join': { readonly in: Record<string, never>; readonly out: HouseSnapshot };
  /** The person is at a window: it came to the front, or they do something in it. */
  'house.looked': { readonly in: Record<string, never>; readonly out: null };
  /** Resolves when stored and the first attempt has begun. */
  'account.add': { readonly in: AccountDraft; readonly out: AccountId };
  'account.set': {
    readonly in: {
      readonly account: AccountId;
      readonly name?: string;
      readonly enabled?: boolean;
      /** All of them, in the place of those there were. */
      readonly parameters?: Readonly<Record<string, ParameterValue>>;
      readonly password?: string;
      readonly secrets?: Readonly<Record<string, string>>;
    };
    readonly out: null;
  };
  /** What others see of the account. A picture in base64; an empty one, and an empty nickname, is taken away. */
  'account.present': {
    readonly in: { readonly account: AccountId; readonly nickname?: string; readonly picture?: string };
    readonly out: null;
  };
  /** What the account says of itself to those who may see it. */
  'account.setCard': { readonly in: { readonly account: AccountId; readonly card: Card }; readonly out: null };
  /** For a friend, a new one each time. */
  'account.invite': { readonly in: { readonly account: AccountId }; readonly out: FriendInvitation };
  /** At the server, then here. Rejects with the server's error, and then nothing has changed. */
  'account.changePassword': {
    readonly in: { readonly account: AccountId; readonly password: string };
    readonly out: null;
  };
  /** `atServer`: there too, for everybody and for ever; rejects with the server's error, and then nothing has changed. */
  'account.remove': { readonly in: { readonly account: AccountId; readonly atServer?: boolean }; readonly out: null };
  /** Try now instead of at the planned time; also after a refusal. */
  'account.connect': { readonly in: { readonly account: AccountId }; readonly out: null };
  'protocol.startAgain': { readonly in: { readonly protocol: ProtocolId }; readonly out: null };
  /** For one account, or all. */
  'presence.set': {
    readonly in: { readonly account?: AccountId; readonly availability: Availability; readonly message: string };
    readonly out: null;
  };
  'contact.request': {
    readonly in: {
      readonly account: AccountId;
      /** Or a link that leads to them. */
      readonly address: string;
      readonly alias?: string;
      readonly groups?: readonly string[];
      readonly message?: string;
      /** When they ask in turn, the answer is yes. */
      readonly welcome?: boolean;
    };
    readonly out: ContactId;
  };
  'contact.authorise': {
    readonly in: { readonly account: AccountId; readonly contact: ContactId };
    readonly out: null;
  };
  'contact.refuse': { readonly in: { readonly account: AccountId; readonly contact: ContactId }; readonly out: null };
  /** Not now: kept over restarts, nothing is said to them. Rejects 'not-found' when they ask nothing. */
  'contact.setAside': {
    readonly in: { readonly account: AccountId; readonly contact: ContactId; readonly aside: boolean };
    readonly out: null;
  };
  /** What they say of themselves; the account's own under its own address. */
  'contact.card': { readonly in: { readonly account: AccountId; readonly contact: ContactId }; readonly out: Card };
  /** `report` also tells the people who run the network. */
  /** What they are online with, best first; under the account's own address, its other devices. */
  'contact.devices': {
    readonly in: { readonly account: AccountId; readonly contact: ContactId };
    readonly out: readonly Device[];
  };
  'contact.block': {
    readonly in: { readonly account: AccountId; readonly contact: ContactId; readonly report?: 'spam' | 'abuse' };
    readonly out: null;
  };
  'contact.unblock': { readonly in: { readonly account: AccountId; readonly contact: ContactId }; readonly out: null };
  'contact.remove': { readonly in: { readonly account: AccountId; readonly contact: ContactId }; readonly out: null };
  'contact.rename': {
    readonly in: { readonly account: AccountId; readonly contact: ContactId; readonly alias: string };
    readonly out: null;
  };
  'contact.setGroups': {
    readonly in: { readonly account: AccountId; readonly contact: ContactId; readonly groups: readonly string[] };
    readonly out: null;
  };
  /** Resolves with its conversation when we are in. The name we bear there is our own when none is given. */
  'room.join': {
    readonly in: {
      readonly account: AccountId;
      readonly address: string;
      readonly nick?: string;
      readonly password?: string;
    };
    readonly out: Conversation;
  };
  /** For one that is not there yet. */
  'room.create': {
    readonly in: {
      readonly account: AccountId;
      readonly address: string;
      readonly nick?: string;
      readonly settings?: RoomSettings;
    };
    readonly out: Conversation;
  };
  /** Finds or makes its conversation, whether we are in it or not. */
  'room.open': { readonly in: { readonly account: AccountId; readonly room: RoomId }; readonly out: Conversation };
  'room.leave': { readonly in: { readonly account: AccountId; readonly room: RoomId }; readonly out: null };
  /** Out of the list; an invitation that is not followed. */
  'room.forget': { readonly in: { readonly account: AccountId; readonly room: RoomId }; readonly out: null };
  'room.invite': {
    readonly in: {
      readonly account: AccountId;
      readonly room: RoomId;
      readonly address: string;
      readonly text: string;
    };
    readonly out: null;
  };
  'room.setTopic': {
    readonly in: { readonly account: AccountId; readonly room: RoomId; readonly topic: string };
    readonly out: null;
  };
  'room.setNick': {
    readonly in: { readonly account: AccountId; readonly room: RoomId; readonly nick: string };
    readonly out: null;
  };
  'room.configure': {
    readonly in: { readonly account: AccountId; readonly room: RoomId; readonly settings: RoomSettings };
    readonly out: null;
  };
  /** The public rooms of a service, or of the account's own server's. `after` is the `next` of the page before. */
  'room.list': {
    readonly in: { readonly account: AccountId; readonly service?: string; readonly after?: string };
    readonly out: RoomPage;
  };
  /** Finds or makes the conversation with an address, which may be a room of the list. Without an account, the one that has them in its list, else the first that speaks it. */
  'conversation.open': {
    readonly in: { readonly account?: AccountId; readonly address: string };
    readonly out: Conversation;
  };
  'conversation.acknowledge': {
    readonly in: { readonly conversation: ConversationId; readonly upTo: MessageId };
    readonly out: null;
  };
  'conversation.setChatState': {
    readonly in: { readonly conversation: ConversationId; readonly state: ChatState };
    readonly out: null;
  };
  /** What stands in the field and is not sent, kept over restarts. Empty is none. */
  'conversation.setDraft': {
    readonly in: { readonly account: AccountId; readonly target: ConversationTarget; readonly draft: string };
    readonly out: null;
  };
  /** Stored as 'queued' and returned; what becomes of it arrives as events. */
  'message.send': {
    readonly in: { readonly account: AccountId; readonly target: ConversationTarget; readonly body: string };
    readonly out: Message;
  };
  /**
   * Other words for a message of ours, which is returned as it is shown then. One that nobody else has yet is put anew and goes out;
   * any other is corrected. Rejects 'invalid-argument' when it is not ours or too old, 'not-supported' where nothing can be corrected.
   */
  'message.correct': { readonly in: { readonly message: MessageId; readonly body: string }; readonly out: Message };
  /** A person says: send it again. Only from 'failed' and 'unconfirmed'. */
  'message.retry': { readonly in: { readonly message: MessageId }; readonly out: null };
  /** Removes it here; of one that was corrected, the last correction. */
  'message.discard': { readonly in: { readonly message: MessageId }; readonly out: null };
  /** What was taken in, as a message; it goes as any other when the server has it. `message.discard` calls it off. */
  'file.send': {
    readonly in: {
      readonly account: AccountId;
      readonly target: ConversationTarget;
      readonly held: HeldFile;
      readonly name: string;
    };
    readonly out: Message;
  };
  /** Fetches a picture that does not come by itself. */
  'file.show': { readonly in: { readonly message: MessageId }; readonly out: null };
  /** Fetches it if need be, and lays it where the person finds it. */
  'file.save': { readonly in: { readonly message: MessageId }; readonly out: null };
  /** Hands what was saved to the desktop. */
  'file.open': { readonly in: { readonly message: MessageId }; readonly out: null };
  /** Stops fetching. */
  'file.cancel': { readonly in: { readonly message: MessageId }; readonly out: null };
  /** From the store; where that ends, from the server's archive. `complete`: nothing older anywhere. */
  'history.page': {
    readonly in: { readonly conversation: ConversationId; readonly place?: HistoryPlace; readonly limit: number };
    /** `noArchive`: the server keeps none, so what was said elsewhere or while Kith was away is nowhere to be had. */
    readonly out: HistoryPage & { readonly complete: boolean; readonly noArchive?: true };
  };
  'history.search': {
    readonly in: SearchAsk;
    readonly out: SearchPage;
  };
  /** What a link leads to; nothing is opened. Rejects as 'link.open'. */
  'link.read': { readonly in: { readonly uri: string }; readonly out: ProtocolLink };
  'link.open': { readonly in: { readonly uri: string }; readonly out: ProtocolLink };
  'question.answer': { readonly in: { readonly question: QuestionId; readonly answer: string }; readonly out: null };
  /** `passphrase` only for 'sealed'. Moves what is kept. */
  'secrets.choose': { readonly in: { readonly mode: SecretsMode; readonly passphrase?: string }; readonly out: null };
  'settings.set': { readonly in: Partial<HouseSettings>; readonly out: null };
  /** Adds the demo's accounts to this house. */
  'demo.start': { readonly in: Record<string, never>; readonly out: null };
  /** Ends Kith. */
  'house.quit': { readonly in: Record<string, never>; readonly out: null };
}
export type BridgeVerb = keyof BridgeCalls;

export type Asking = {
  [V in BridgeVerb]: { readonly id: number; readonly verb: V; readonly with: BridgeCalls[V]['in'] };
}[BridgeVerb];

/** What comes back over the transport. */
export type Answering =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: ErrorFact }
  | { readonly revision: number; readonly events: readonly HouseEvent[] };

/** The asking end, wherever it stands. */
export interface Bridge {
  ask<V extends BridgeVerb>(verb: V, input: BridgeCalls[V]['in']): Promise<BridgeCalls[V]['out']>;
}

export interface HouseChange {
  readonly revision: number;
  readonly events: readonly HouseEvent[];
}

/** The house as its doors see it: it answers, and it tells at most once per loop turn. */
export interface House extends Bridge, AsyncDisposable {
  snapshot(): HouseSnapshot;
  /** The picture of this name, if someone here bears it and it can be had. Bytes never cross the bridge: a window loads them as any picture. */
  picture(avatar: string): Promise<Picture | undefined>;
  /** The picture that this message is, if it may be shown. */
  shownFile(message: MessageId): Promise<Picture | undefined>;
  /** Takes in what is about to be sent: bytes never cross the bridge. Rejects 'invalid-argument' when there are too many. */
  takeFile(bytes: Bytes): Promise<TakenFile>;
  readonly onDidChange: Event<HouseChange>;
  /** Someone asked for the end, through any door. */
  readonly onDidWantQuit: Event<void>;
}
