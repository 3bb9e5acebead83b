/** A socket can die without a word. When nothing was heard for a while the other side is asked, and its silence ends the stream. */
import type { Clock, Disposable, Instant } from '../../../src/base/index.ts';

/** Milliseconds without a word after which the other side is asked. */
const quietLimit = 60_000;
/** Milliseconds it then has. */
const answerLimit = 30_000;
/** Milliseconds it has where the network may have become another under the socket. */
const hastyLimit = 2_000;
/**
 * Milliseconds in which bytes may come without anything whole. Bytes show that the road is there, and what is long may take its time on it; but
 * a server that lost itself within a stanza answers nothing any more, however much it says.
 */
const wholeLimit = 300_000;

export class KeepAlive implements Disposable {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #silent: () => void;
  #lastHeard: Instant;
  /** Whether anything was heard since the last question. */
  #answered = false;
  #lastWhole: Instant;
  #timer: Disposable | undefined;
  /** When its silence will have ended the stream; undefined while nothing is asked. */
  #answerBy: Instant | undefined;

  constructor(clock: Clock, ask: () => void, silent: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#silent = silent;
    this.#lastHeard = clock.now();
    this.#lastWhole = clock.now();
    this.#wait(quietLimit);
  }

  /** Some bytes came. */
  heard(): void {
    this.#lastHeard = this.#clock.now();
    this.#answered = true;
  }

  /** Asks now, and waits two seconds at most. Nothing when it is asked already and has no longer than that. */
  check(): void {
    if (this.#timer === undefined) return;
    if (this.#answerBy !== undefined && this.#answerBy <= this.#clock.now() + hastyLimit) return;
    this.#timer[Symbol.dispose]();
    this.#demand(hastyLimit);
  }

  /** An element came, from its beginning to its end. */
  heardWhole(): void {
    this.#lastWhole = this.#clock.now();
  }

  #wait(delay: number): void {
    this.#timer = this.#clock.after(delay, () => {
      if (this.#lastHeard - this.#lastWhole >= wholeLimit) return this.#silent();
      const left = this.#lastHeard + quietLimit - this.#clock.now();
      if (left > 0) this.#wait(left);
      else this.#demand(answerLimit);
    });
  }

  #demand(limit: number): void {
    this.#answerBy = this.#clock.now() + limit;
    this.#answered = false;
    this.#ask();
    this.#timer = this.#clock.after(limit, () => {
      this.#answerBy = undefined;
      if (!this.#answered) this.#silent();
      else this.#wait(Math.max(1, this.#lastHeard + quietLimit - this.#clock.now()));
    });
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }
}
