/** A socket can die without a word. When nothing was heard for a while the other side is asked, and its silence ends the stream. */
import type { Clock, Disposable, Instant } from '../../../src/base/index.ts';

/** Milliseconds without a word after which the other side is asked. */
const quietLimit = 60_000;
/** Milliseconds it then has. */
const answerLimit = 30_000;

export class KeepAlive implements Disposable {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #silent: () => void;
  #lastHeard: Instant;
  #timer: Disposable | undefined;

  constructor(clock: Clock, ask: () => void, silent: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#silent = silent;
    this.#lastHeard = clock.now();
    this.#wait(quietLimit);
  }

  heard(): void {
    this.#lastHeard = this.#clock.now();
  }

  #wait(delay: number): void {
    this.#timer = this.#clock.after(delay, () => {
      const left = this.#lastHeard + quietLimit - this.#clock.now();
      if (left > 0) {
        this.#wait(left);
        return;
      }
      const asked = this.#clock.now();
      this.#ask();
      this.#timer = this.#clock.after(answerLimit, () => {
        if (this.#lastHeard < asked) this.#silent();
        else this.#wait(Math.max(1, this.#lastHeard + quietLimit - this.#clock.now()));
      });
    });
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}
