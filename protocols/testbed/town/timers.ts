/** Timers that end together. */
import type { Clock, Disposable } from '../../../src/base/index.ts';

export class Timers implements Disposable {
  readonly #clock: Clock;
  readonly #pending = new Set<Disposable>();
  #ended = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `work` after `delay` milliseconds, unless all ended before. */
  after(delay: number, work: () => void): Disposable {
    if (this.#ended) return { [Symbol.dispose]() {} };
    const timer = this.#clock.after(delay, () => {
      this.#pending.delete(timer);
      work();
    });
    this.#pending.add(timer);
    return {
      [Symbol.dispose]: () => {
        this.#pending.delete(timer);
        timer[Symbol.dispose]();
      },
    };
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    for (const timer of this.#pending) timer[Symbol.dispose]();
    this.#pending.clear();
  }
}
