/** Where a new session waits for what comes first: a list of thousands comes sooner when nothing else is asked of the server. */
import type { Clock, Disposable } from '../../src/base/index.ts';

/** Milliseconds; a server that never sends its list must not keep us unseen. */
const patience = 10_000;

export class Forecourt {
  readonly #clock: Clock;
  readonly #awaited = new Set<Promise<unknown>>();
  #timer: Disposable | undefined;
  #proceed: (() => void) | undefined;
  #online = false;
  #waitedEnough = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Said before `enter`. */
  first(answered: Promise<unknown>): void {
    this.#awaited.add(answered);
    const settled = () => {
      this.#awaited.delete(answered);
      this.#try();
    };
    answered.then(settled, settled);
  }

  /** Proceeds once, and at once when nothing comes first. */
  enter(proceed: () => void): void {
    this.#proceed = proceed;
    this.#online = true;
    this.#try();
    if (this.#proceed === undefined) return;
    this.#timer = this.#clock.after(patience, () => {
      this.#waitedEnough = true;
      this.#try();
    });
  }

  /** The session goes on with another socket. */
  online(): void {
    this.#online = true;
    this.#try();
  }

  /** Nothing can be said for now; what comes first may still be answered later. */
  offline(): void {
    this.#online = false;
  }

  /** The session is over: it does not proceed any more. */
  leave(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.#proceed = undefined;
    this.#awaited.clear();
    this.#online = false;
    this.#waitedEnough = false;
  }

  #try(): void {
    const proceed = this.#proceed;
    if (proceed === undefined || !this.#online || (this.#awaited.size > 0 && !this.#waitedEnough)) return;
    this.leave();
    proceed();
  }
}
