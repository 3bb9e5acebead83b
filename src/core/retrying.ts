/** When one lost connection is tried again. Nobody else in the house retries. */
import type { Clock, Disposable, Instant } from '../base/index.ts';
import type { ConnectionStatus, StatusReason } from '../domain/index.ts';
import { Backoff } from './backoff.ts';
import { retryPolicy, triedByItself } from './retry-policy.ts';

/** Online this long, a connection counts as stable and the next loss as the first. Milliseconds. */
const stableAfter = 60_000;
/** A server that nobody can reach is tried at least so often, in milliseconds, for so long: it is found again within five seconds of being back. */
const steadyWait = 4_000;
const steadyFor = 5 * 60_000;
/** Milliseconds an attempt under way has when the network has become another: its road may be gone without anybody having said so. */
const attemptHas = 2_000;

export interface RetryingDuties {
  readonly clock: Clock;
  readonly random: () => number;
  /** Does the person still want this connection? */
  wanted(): boolean;
  attempt(): void;
  /** Ends the attempt under way, so that its end is told; false where it should go on. */
  callOff(): boolean;
  /** The next attempt's time, or that none is planned any more. */
  planned(at: Instant | undefined): void;
}

export class Retrying implements Disposable {
  readonly #duties: RetryingDuties;
  readonly #backoff: Backoff;
  #next: { readonly at: Instant; readonly timer: Disposable } | undefined;
  #stable: Disposable | undefined;
  #status: ConnectionStatus = 'offline';
  /** When it was first lost; undefined after it was stable, and after the network was another. */
  #lostAt: Instant | undefined;
  /** The end of what the attempt under way still has. */
  #doubtful: Disposable | undefined;
  #calledOff = false;

  constructor(duties: RetryingDuties) {
    this.#duties = duties;
    this.#backoff = new Backoff(duties.random);
  }

  get at(): Instant | undefined {
    return this.#next?.at;
  }

  statusChanged(status: ConnectionStatus, reason: StatusReason | undefined): void {
    this.#status = status;
    this.#stable?.[Symbol.dispose]();
    this.#stable = undefined;
    this.#doubtful?.[Symbol.dispose]();
    this.#doubtful = undefined;
    const calledOff = this.#calledOff;
    this.#calledOff = false;
    this.cancel();
    if (status === 'online') this.#stable = this.#duties.clock.after(stableAfter, () => this.#beginAnew());
    if (status === 'offline' && this.#duties.wanted()) this.#lost(reason, calledOff);
  }

  /** The person acted, or nothing is wanted: no attempt by itself. */
  cancel(): void {
    if (this.#next === undefined) return;
    this.#next.timer[Symbol.dispose]();
    this.#next = undefined;
    this.#duties.planned(undefined);
  }

  /** The network may be there again: what waits for it waits as after a first loss, and what hangs in an old one is begun anew. */
  networkCameBack(): void {
    this.#beginAnew();
    if (this.#status === 'connecting') this.#doubt();
    if (this.#next === undefined) return;
    this.cancel();
    this.#plan(this.#backoff.next());
  }

  [Symbol.dispose](): void {
    this.#next?.timer[Symbol.dispose]();
    this.#next = undefined;
    this.#stable?.[Symbol.dispose]();
    this.#doubtful?.[Symbol.dispose]();
  }

  #beginAnew(): void {
    this.#backoff.reset();
    this.#lostAt = undefined;
  }

  #doubt(): void {
    this.#doubtful ??= this.#duties.clock.after(attemptHas, () => {
      this.#doubtful = undefined;
      // Its end may be told before this returns.
      this.#calledOff = true;
      if (!this.#duties.callOff()) this.#calledOff = false;
    });
  }

  #lost(reason: StatusReason | undefined, calledOff: boolean): void {
    if (calledOff) return this.#plan(0);
    // A protocol that does not say why is taken to have lost the network.
    const code = reason?.code ?? 'network';
    if (!triedByItself(code)) return;
    const now = this.#duties.clock.now();
    this.#lostAt ??= now;
    const steady = retryPolicy[code] === 'steadily' && now - this.#lostAt < steadyFor;
    this.#plan(this.#backoff.next(steady ? steadyWait : undefined));
  }

  #plan(delay: number): void {
    const { clock, attempt, planned } = this.#duties;
    const timer = clock.after(delay, () => {
      this.#next = undefined;
      planned(undefined);
      attempt();
    });
    this.#next = { at: clock.now() + delay, timer };
    planned(this.#next.at);
  }
}
