/** When one lost connection is tried again. Nobody else in the house retries. */
import type { Clock, Disposable, Instant } from '../base/index.ts';
import type { ConnectionStatus, StatusReason } from '../domain/index.ts';
import { Backoff } from './backoff.ts';
import { retryPolicy } from './retry-policy.ts';

/** Online this long, a connection counts as stable and the next loss as the first. Milliseconds. */
const stableAfter = 60_000;

export interface RetryingDuties {
  readonly clock: Clock;
  readonly random: () => number;
  /** Does the person still want this connection? */
  wanted(): boolean;
  attempt(): void;
  /** The next attempt's time, or that none is planned any more. */
  planned(at: Instant | undefined): void;
}

export class Retrying implements Disposable {
  readonly #duties: RetryingDuties;
  readonly #backoff: Backoff;
  #next: { readonly at: Instant; readonly timer: Disposable } | undefined;
  #stable: Disposable | undefined;

  constructor(duties: RetryingDuties) {
    this.#duties = duties;
    this.#backoff = new Backoff(duties.random);
  }

  get at(): Instant | undefined {
    return this.#next?.at;
  }

  statusChanged(status: ConnectionStatus, reason: StatusReason | undefined): void {
    this.#stable?.[Symbol.dispose]();
    this.#stable = undefined;
    this.cancel();
    if (status === 'online') {
      this.#stable = this.#duties.clock.after(stableAfter, () => this.#backoff.reset());
    }
    // A protocol that does not say why is taken to have lost the network.
    if (status === 'offline' && retryPolicy[reason?.code ?? 'network'] === 'soon' && this.#duties.wanted())
      this.#plan();
  }

  /** The person acted, or nothing is wanted: no attempt by itself. */
  cancel(): void {
    if (this.#next === undefined) return;
    this.#next.timer[Symbol.dispose]();
    this.#next = undefined;
    this.#duties.planned(undefined);
  }

  /** The network may be there again: whatever waits for it waits as after a first loss. */
  networkCameBack(): void {
    this.#backoff.reset();
    if (this.#next === undefined) return;
    this.cancel();
    this.#plan();
  }

  [Symbol.dispose](): void {
    this.#next?.timer[Symbol.dispose]();
    this.#next = undefined;
    this.#stable?.[Symbol.dispose]();
  }

  #plan(): void {
    const { clock, attempt, planned } = this.#duties;
    const delay = this.#backoff.next();
    const timer = clock.after(delay, () => {
      this.#next = undefined;
      planned(undefined);
      attempt();
    });
    this.#next = { at: clock.now() + delay, timer };
    planned(this.#next.at);
  }
}
