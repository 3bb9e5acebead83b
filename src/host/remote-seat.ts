/** One account as core holds it. The object outlives crashes: each life of the protocol seats it anew. */
import { asKithError, type Clock, type Disposable, disposable, KithError, type Log } from '../base/index.ts';
import {
  type FacetCall,
  type FacetName,
  type Facets,
  facetVerbs,
  type Opening,
  type RemoteConnection,
} from '../contracts/index.ts';
import type { Aborting, AccountId, ConnectionEvent, ConnectionSnapshot, Presence } from '../domain/index.ts';
import { facetOver } from './facets-over.ts';
import type { Line, Opened } from './line.ts';
import { Mirror } from './mirror.ts';

/** Milliseconds a protocol has to close an account before it is left behind. */
const closingTime = 10_000;

export class RemoteSeat implements RemoteConnection {
  readonly account: AccountId;
  readonly #mirror: Mirror;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onClosed: () => Promise<void>;
  readonly #faces: Partial<Record<FacetName, unknown>> = {};
  #facets: ReadonlySet<FacetName> = new Set();
  /** Where it is seated; undefined while the protocol is down. */
  #line: Line | undefined;
  /** What was last asked for, replayed when the protocol starts again. Undefined when nobody wants to be connected. */
  #wanted: Presence | undefined;
  #attempt: Disposable | undefined;
  #healing = false;
  #closing: Promise<void> | undefined;

  constructor(opening: Opening, parts: { clock: Clock; log: Log; onClosed: () => Promise<void> }) {
    this.account = opening.account;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#onClosed = parts.onClosed;
    this.#mirror = new Mirror(opening, parts.log);
  }

  /** Resolves when it has closed; undefined while nobody has asked for that. */
  get closing(): Promise<void> | undefined {
    return this.#closing;
  }
  get facets(): ReadonlySet<FacetName> {
    return this.#facets;
  }
  get living(): RemoteConnection['living'] {
    return this.#mirror.living;
  }
  get snapshot(): ConnectionSnapshot {
    return this.#mirror.snapshot;
  }
  get onDidHappen(): RemoteConnection['onDidHappen'] {
    return this.#mirror.onDidHappen;
  }

  /** Opens it in this life of the protocol and replays what is wanted. Rejects what the protocol's `open` threw. */
  async seatOn(line: Line, opening: Opening): Promise<void> {
    this.#mirror.newLife();
    this.#healing = false;
    const opened = await line.request<Opened>((seq) => ({ type: 'open', seq, opening }));
    if (this.#closing) return line.request((seq) => ({ type: 'close', seq, account: this.account }));
    this.#line = line;
    this.#facets = new Set(opened.facets);
    this.#mirror.seated(opening, opened.snapshot);
    if (this.#wanted) this.#begin(line, this.#wanted).catch((error: unknown) => this.#refused(error));
  }

  /** The protocol said something of this account. */
  hear(event: ConnectionEvent, revision: number): void {
    if (!this.#mirror.hear(event, revision) && this.#line) void this.#heal(this.#line);
  }

  /** The protocol is gone. Presences become unknown by the fold, as for any other way of going offline. */
  lost(error: KithError): void {
    this.#line = undefined;
    this.#mirror.happen({
      type: 'status-changed',
      status: 'offline',
      reason: { code: error.code, text: error.message },
    });
  }

  /** While the protocol is down the wish is kept, and granted when it starts again. Never rejects because of a crash. */
  async connect(presence: Presence, signal?: Aborting): Promise<void> {
    if (this.#closing) throw closed();
    this.#endAttempt();
    if (signal?.aborted) throw new KithError('cancelled', 'Connecting was given up');
    this.#wanted = presence;
    if (this.#line) await this.#begin(this.#line, presence, signal);
    else if (signal) this.#attempt = onAbort(signal, () => (this.#wanted = undefined));
  }

  async disconnect(): Promise<void> {
    this.#wanted = undefined;
    this.#endAttempt();
    const line = this.#line;
    if (line === undefined || this.#closing) return;
    await orCut(
      line,
      line.request((seq) => ({ type: 'disconnect', seq, account: this.account })),
    );
  }

  stored(revision: number): void {
    const theirs = this.#mirror.inProtocolsCount(revision);
    if (theirs !== undefined) this.#line?.tell({ type: 'stored', account: this.account, revision: theirs });
  }

  facet<F extends FacetName>(name: F): Facets[F] | undefined {
    if (!this.#facets.has(name) || !Object.hasOwn(facetVerbs, name)) return undefined;
    this.#faces[name] ??= facetOver(name, (call) => this.#call(call));
    return this.#faces[name] as Facets[F];
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #call(call: FacetCall): Promise<unknown> {
    if (this.#closing) throw closed();
    if (call.facet === 'presence' && this.#wanted) [this.#wanted] = call.args;
    const line = this.#line;
    if (line === undefined) throw new KithError('protocol-crashed', 'This part of Kith is not running just now');
    return line.request((seq) => ({ type: 'call', seq, account: this.account, call }));
  }

  async #begin(line: Line, presence: Presence, signal?: Aborting): Promise<void> {
    const begun = line.request((seq) => {
      // Also after the attempt has begun: it may be given up until the next one, or until we disconnect.
      if (signal) {
        this.#attempt = onAbort(signal, () => {
          this.#wanted = undefined;
          line.tell({ type: 'cancel', seq });
        });
      }
      return { type: 'connect', seq, account: this.account, presence };
    });
    await orCut(line, begun);
  }

  async #heal(line: Line): Promise<void> {
    if (this.#healing) return;
    this.#healing = true;
    try {
      const truth = await line.request<Opened>((seq) => ({ type: 'resync', seq, account: this.account }));
      if (this.#line !== line || this.#closing) return;
      if (truth.snapshot) this.#mirror.takeUp(truth.snapshot);
      this.#log.info('The mirror was healed', { revision: this.living.revision });
    } catch (error) {
      this.#log.error('The mirror could not be healed', { error: asKithError(error).message });
    } finally {
      this.#healing = false;
    }
  }

  /** A connect nobody waits for, because the host replayed it, was refused by the protocol. */
  #refused(error: unknown): void {
    const { code, message } = asKithError(error);
    this.#mirror.happen({ type: 'status-changed', status: 'offline', reason: { code, text: message } });
  }

  #endAttempt(): void {
    this.#attempt?.[Symbol.dispose]();
    this.#attempt = undefined;
  }

  async #close(): Promise<void> {
    this.#wanted = undefined;
    this.#endAttempt();
    const line = this.#line;
    if (line) await this.#closeOn(line);
    this.#line = undefined;
    this.#mirror[Symbol.dispose]();
    await this.#onClosed();
  }

  async #closeOn(line: Line): Promise<void> {
    const asked = line.request((seq) => ({ type: 'close', seq, account: this.account }));
    let late: Disposable | undefined;
    const tooLate = new Promise<void>((resolve) => {
      late = this.#clock.after(closingTime, () => {
        this.#log.warn('An account did not close in time', { account: this.account });
        resolve();
      });
    });
    try {
      await Promise.race([asked, tooLate]);
    } catch (error) {
      if (!line.isCut) this.#log.warn('An account closed with an error', { error: asKithError(error).message });
    } finally {
      late?.[Symbol.dispose]();
    }
  }
}

/** A crash in the middle is no answer to the asker: the loss is said as an event, and the wish is kept. */
async function orCut(line: Line, asked: Promise<void>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!line.isCut) throw error;
  }
}

function onAbort(signal: Aborting, run: () => void): Disposable {
  signal.addEventListener('abort', run);
  return disposable(() => signal.removeEventListener('abort', run));
}

function closed(): KithError {
  return new KithError('cancelled', 'The account was closed');
}
