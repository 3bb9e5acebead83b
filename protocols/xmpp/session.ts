/** What a feature stands on. It attaches once, when the connection is built, and hears of every session from then on. */
import type { Clock, Disposable, Event, Log } from '../../src/base/index.ts';
import type { Facets, Memory, Seat } from '../../src/contracts/index.ts';
import type {
  AccountId,
  Contact,
  ContactId,
  ParameterValue,
  OutgoingMessage,
  Presence,
} from '../../src/domain/index.ts';
import type { Contacts } from './contacts.ts';
import type { Facts } from './facts.ts';
import type { Heard, Listener } from './heard.ts';
import type { Outbox } from './outbox.ts';
import type { Request } from './requests.ts';
import type { Rooms } from './rooms.ts';
import type { ServerAbilities } from './server-abilities.ts';
import type { Established } from './stream/contract.ts';
import type { Element } from './stream/element.ts';

/** One file under `features/`. What it returns undoes all it did: it neither answers nor is advertised afterwards. */
export type Feature = (session: Session) => Disposable;

/** A request of others that a feature serves. */
export interface Served {
  readonly type: 'get' | 'set';
  readonly name: string;
  readonly xmlns: string;
  /** Only our own account may ask; to anyone else it is as if nobody served it. */
  readonly onlyOwn?: boolean;
  /** For what only our server sends, and need not be advertised to others. */
  readonly silent?: boolean;
}

/** How one session followed another. */
export interface Beginning {
  readonly established: Established;
  /** What the person wants to be seen as. */
  readonly presence: Presence;
}

export interface Session {
  readonly account: AccountId;
  /** Our own bare address. */
  readonly self: ContactId;
  /** Our full address while online. */
  readonly address: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** What a person set on the account. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** What only the person can say. */
  readonly ask: Seat['ask'];
  readonly memory: Memory;
  /** The contacts of the last session. */
  readonly remembered: readonly Contact[];
  readonly contacts: Contacts;
  readonly rooms: Rooms;
  /** What our account can do at the server; until the answer comes, what it could in the last session. */
  readonly server: ServerAbilities;
  readonly facts: Facts;
  readonly outbox: Outbox;

  /** Writes one stanza. Throws 'not-online'. `acknowledged` runs when the server has it, perhaps on a later socket. */
  send(stanza: Element, acknowledged?: () => void): void;
  /** Writes what is no stanza and is counted nowhere. Throws 'not-online'. */
  tell(nonza: Element): void;
  /** Asks and waits for the answer; rejects with the answerer's error, 'timeout', 'network' or 'not-online'. */
  request(request: Request): Promise<Element>;
  /** While a session begins: what must be answered, or refused, before anything else is asked. */
  first(answered: Promise<unknown>): void;
  /** Messages that come meanwhile are heard afterwards, in their order. What an archive brings is not held. */
  holdMessages(until: Promise<unknown>): void;

  /** Serves requests of others, and advertises the namespace as long as it does. Returning undefined is an empty result. */
  serve(served: Served, answer: (asked: Element, stanza: Element) => Element | undefined): Disposable;
  /** For a namespace that is understood without serving requests. */
  advertise(...namespaces: readonly string[]): Disposable;
  /** What disco#info says of us, sorted. */
  readonly advertised: readonly string[];
  /** Makes one of the connection's facets work. */
  lend<F extends keyof Facets>(name: F, facet: Facets[F]): Disposable;
  /** Adds to every message that goes out. */
  dress(parts: (message: OutgoingMessage) => readonly Element[]): Disposable;
  dressed(message: OutgoingMessage): readonly Element[];
  /** Adds to every presence that says we are here. */
  adorn(parts: () => readonly Element[]): Disposable;
  /** What our presence bears beside its words. */
  readonly adornments: readonly Element[];
  /** From whom nothing is heard: their questions are refused, their messages and presences dropped. */
  refuse(refused: (from: string) => boolean): Disposable;
  /** Takes wrappers out of the ordinary way: messages that bear a child of this namespace. False when it was none. */
  unwrap(xmlns: string, take: (child: Element, stanza: Element) => boolean): Disposable;
  /** Who hears, for whoever unwraps. */
  readonly listener: Listener;
  /** Brings what a wrapper held to everyone who listens to messages. */
  bring(heard: Heard): void;

  /** A new session: nothing of an earlier one is left. */
  readonly onDidBegin: Event<Beginning>;
  /** The new session, after what comes first was answered, refused, or kept us waiting too long. */
  readonly onDidOpen: Event<Beginning>;
  /** The same session on a new socket: the server still knows everything it knew. */
  readonly onDidResume: Event<Beginning>;
  /** The session is over for good: nobody can speak for what was written and not acknowledged. */
  readonly onDidEnd: Event<void>;
  readonly onDidReceivePresence: Event<Element>;
  /** Chats, straight or unwrapped; never errors, never rooms. */
  readonly onDidHear: Event<Heard>;
  /** What was said in a room, whichever it is: whoever listens looks whether we are there. */
  readonly onDidHearRoom: Event<Element>;
  /** A message of ours came back with an error. */
  readonly onDidBounce: Event<Heard>;
}
