/** The house's copy of one connection: folds what the protocol says, and notices when something is missing. */
import { type Disposable, Emitter, type Event, type Log } from '../base/index.ts';
import {
  type ConnectionEvent,
  type ConnectionSnapshot,
  fold,
  type LivingConnection,
  newConnection,
  snapshot,
} from '../domain/index.ts';
import type { Opening } from '../contracts/index.ts';
import { differences } from './differences.ts';

export interface Happened {
  readonly event: ConnectionEvent;
  readonly revision: number;
}

/**
 * Its revisions run on over crashes, while each life of a protocol counts from nothing. The two counts differ by an offset
 * that holds from some revision on.
 */
export class Mirror implements Disposable {
  readonly living: LivingConnection;
  readonly #happened: Emitter<Happened>;
  readonly #log: Log;
  /** The protocol's own count, as far as heard. */
  #heard = 0;
  #offset = 0;
  #offsetHoldsFrom = 0;

  constructor(opening: Opening, log: Log) {
    this.living = newConnection(opening.account, opening.remembered, opening.rooms);
    this.#log = log;
    this.#happened = new Emitter((error) => log.error('A listener threw', { error: String(error) }));
  }

  get onDidHappen(): Event<Happened> {
    return this.#happened.event;
  }

  get snapshot(): ConnectionSnapshot {
    return snapshot(this.living);
  }

  /** Something the host itself knows, for instance that the protocol died. */
  happen(event: ConnectionEvent): void {
    fold(this.living, event);
    this.#happened.fire({ event, revision: this.living.revision });
  }

  /** Another life of the protocol begins, counting from nothing. */
  newLife(): void {
    this.#heard = 0;
    this.#fixOffset();
  }

  /** False when facts before this one never arrived: time to ask for the whole state. */
  hear(event: ConnectionEvent, revision: number): boolean {
    if (revision <= this.#heard) {
      this.#log.error('A fact arrived twice', { revision, heard: this.#heard });
      return true;
    }
    const missed = revision - this.#heard - 1;
    this.#heard = revision;
    this.happen(event);
    if (missed === 0) return true;
    this.#log.error('Facts went missing', { missed, revision });
    this.#fixOffset();
    return false;
  }

  /** It was opened in this life. `truth` is absent when it has not said anything yet. */
  seated(opening: Opening, truth: ConnectionSnapshot | undefined): void {
    // The very state this mirror began with; comparing ten thousand contacts with themselves is not free.
    if (truth === undefined && this.living.revision === 0) return;
    const state = truth ?? snapshot(newConnection(opening.account, opening.remembered, opening.rooms));
    const whyOffline = state.status === 'offline' && this.living.status === 'offline' ? this.living.reason : undefined;
    // A new life does not know why we are offline; what was said of it stands.
    this.takeUp(whyOffline === undefined ? state : { ...state, reason: whyOffline });
  }

  /** The state as the protocol has it. What differs is said as ordinary events. */
  takeUp(truth: ConnectionSnapshot): void {
    for (const event of differences(this.living, truth)) this.happen(event);
    this.#heard = truth.revision;
    this.#fixOffset();
  }

  /** Our revision in the protocol's count; undefined when that fact is not from this life. */
  inProtocolsCount(revision: number): number | undefined {
    const theirs = revision - this.#offset;
    return revision >= this.#offsetHoldsFrom && theirs > 0 ? theirs : undefined;
  }

  [Symbol.dispose](): void {
    this.#happened[Symbol.dispose]();
  }

  #fixOffset(): void {
    this.#offset = this.living.revision - this.#heard;
    this.#offsetHoldsFrom = this.living.revision;
  }
}
