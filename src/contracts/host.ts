/** Where protocols run, as core sees it: it does not know about threads. */
import type { AsyncDisposable, Event } from '../base/index.ts';
import type {
  Aborting,
  AccountId,
  Asked,
  ConnectionEvent,
  ConnectionSnapshot,
  LivingConnection,
  Presence,
  QuestionKind,
} from '../domain/index.ts';
import type { FacetName, Facets } from './facets.ts';
import type { Opening } from './port.ts';
import type { ProtocolFace } from './protocol.ts';

/** 'given-up': three crashes within five minutes; it starts again only when a person says so. */
export type Health = 'asleep' | 'starting' | 'well' | 'unresponsive' | 'crashed' | 'given-up';

/** What the house answers when a protocol asks. */
export interface HostDuties {
  ask<K extends QuestionKind>(
    account: AccountId,
    kind: K,
    question: Asked[K]['question'],
    signal: Aborting,
  ): Promise<Asked[K]['answer']>;
  remember(account: AccountId, key: string, value: string | undefined): void;
  /** Resolves with nothing when none is kept. */
  readToken(account: AccountId): Promise<string | undefined>;
  keepToken(account: AccountId, token: string | undefined): void;
  /** What to open an account with again after a crash: the newest roster and memory. */
  opening(account: AccountId): Opening;
}

/** One protocol, wherever it runs. Starts its worker with the first account, ends it with the last. */
export interface ProtocolHost extends AsyncDisposable {
  readonly face: ProtocolFace;
  readonly health: Health;
  readonly onDidChangeHealth: Event<Health>;
  /** An account will be opened in a moment: what takes time begins now. Harmless when it is up already. */
  wake(): void;
  open(opening: Opening): Promise<RemoteConnection>;
  /** After 'given-up': begin counting anew. Harmless otherwise. */
  startAgain(): void;
}

/** Facts are folded into `living` before listeners hear of them. */
export interface RemoteConnection extends AsyncDisposable {
  readonly facets: ReadonlySet<FacetName>;
  /** Owned and folded by the host; readers do not write. Replaced facts arrive by events. */
  readonly living: LivingConnection;
  readonly snapshot: ConnectionSnapshot;
  readonly onDidHappen: Event<{ readonly event: ConnectionEvent; readonly revision: number }>;
  connect(presence: Presence, signal?: Aborting): Promise<void>;
  disconnect(): Promise<void>;
  /** Everything up to `revision` is on disk. */
  stored(revision: number): void;
  facet<F extends FacetName>(name: F): Facets[F] | undefined;
}
