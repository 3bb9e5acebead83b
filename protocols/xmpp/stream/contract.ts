/** What a stream promises to those who stand on it: connect, authenticate, bind, resume; then elements in and out, counted. */
import type { Aborting, CertificateFacts } from '../../../src/domain/index.ts';
import type { Clock, Event, KithErrorCode, Log } from '../../../src/base/index.ts';
import type { Element } from './element.ts';
import type { Proxy } from './proxy.ts';

/** What one login leaves for the next. It is kept by whoever owns the account. */
export interface LoginMemory {
  /** The mechanism that last proved us by the password. Nothing weaker is used after it. */
  mechanism: string | undefined;
  /** Names this installation to the server, and to nobody else (XEP-0388 section 2.3): a UUID, the same for as long as the account is here. */
  readonly agent: string;
  readonly token: TokenMemory;
}

/** Where a token lives that a server gave in exchange for the password (XEP-0484). It is as secret as that. */
export interface TokenMemory {
  /** Undefined when none is kept. Rejecting ends the attempt with that error. */
  read(): Promise<string | undefined>;
  /** Undefined forgets. */
  keep(token: string | undefined): void;
}

export interface StreamSettings {
  /** user@domain */
  readonly address: string;
  /** The resource to ask for; the server may give another. */
  readonly resource: string | undefined;
  /** Instead of SRV. */
  readonly host?: string;
  readonly port?: number;
  /** TLS from the first byte (XEP-0368) instead of STARTTLS; only with `host`. */
  readonly directTls?: boolean;
  /** The person allowed it: where no encryption is offered, go on without. What is offered is still used. */
  readonly plainText?: boolean;
  /** Everything goes through it, and no name is looked up on this side of it. */
  readonly proxy?: Proxy;
  /** The only certificate authorities to trust, PEM; those of the system count when this is left out. */
  readonly ca?: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked at most once an attempt, only under TLS that is verified or accepted, or where plain text is allowed, and then never sent as it is. Rejecting ends the attempt with that error. */
  password(): Promise<string>;
  readonly memory: LoginMemory;
  /** What is to be switched on with a new session where the server can do that while it signs us in: namespaces of an `<enable/>` (XEP-0386). */
  readonly enable?: readonly string[];
  /** Before we prove who we are, on an encrypted connection only: what must come first, such as making the account. Rejecting ends the attempt. */
  enter?(door: Door): Promise<void>;
  /** A certificate that does not verify. False ends the attempt with 'certificate'; the password is not sent. */
  trust(facts: CertificateFacts): Promise<boolean>;
}

/** The server while it does not know who we are. */
export interface Door {
  /** What it offers. */
  readonly offered: Element;
  /** As the settings have it. */
  password(): Promise<string>;
  /** One question to the server, and its answer as it came. */
  ask(type: 'get' | 'set', payload: Element): Promise<Element>;
}

/** What must survive the socket to continue the session (XEP-0198 section 5), and what was never acknowledged. */
export interface Resumption {
  readonly id: string;
  readonly location?: string;
  /** The full address the session is bound to. Without it a resumed session goes by the bare one. */
  readonly address?: string;
  /** Incoming elements handled. */
  readonly handled: number;
  /** Outgoing elements the server has acknowledged. */
  readonly acknowledged: number;
  readonly unacknowledged: readonly Outgoing[];
}

export interface Outgoing {
  readonly element: Element;
  /** The server has it. */
  readonly acknowledged?: () => void;
}

export interface Established {
  /** The full address the server gave us. */
  readonly address: string;
  readonly resumed: boolean;
  /** The features offered after authentication; before it, where a session was resumed in the same breath. */
  readonly features: Element;
  /** Of what the settings wanted switched on, what is. */
  readonly enabled: readonly string[];
  /** With resumption refused: what was in flight and nobody can speak for. */
  readonly lost: readonly Outgoing[];
}

export interface StreamEnd {
  readonly code: KithErrorCode | 'requested';
  readonly text: string;
  /** Present when the session may be continued on a new socket. */
  readonly resumption?: Resumption;
}

export interface Incoming {
  readonly element: Element;
  /** Counts stanzas from 1 since the session was bound, for `handled`. */
  readonly number: number;
}

/** One socket's life. Never retries; made anew for every attempt. */
export interface Stream {
  /** Rejects with KithError; nothing is left open then. */
  open(signal: Aborting, resume?: Resumption): Promise<Established>;
  /** Writes one stanza. `acknowledged` is called when the server has it: by XEP-0198, or where that is missing by a ping answered after it. */
  send(element: Element, acknowledged?: () => void): void;
  /** Writes what is no stanza, and so is neither counted nor kept (XEP-0198 section 4). */
  tell(nonza: Element): void;
  /** Every incoming stanza up to this number may be acknowledged to the server. */
  handled(number: number): void;
  /** The network may have become another: ends the stream as 'network' when our end of it is gone, and as 'server-silent' unless the server answers within two seconds. */
  check(): void;
  readonly onDidReceive: Event<Incoming>;
  readonly onDidEnd: Event<StreamEnd>;
  /** Ends the session properly; resolves when the server closed too or after two seconds. */
  close(): Promise<void>;
}
