/** How long to wait before the next attempt: exponential, with full jitter, so that a restarted server is not stormed. */
const first = 1_000;
const cap = 5 * 60_000;

export class Backoff {
  readonly #random: () => number;
  #doublings = 0;

  /** `random` gives numbers from 0 up to, not including, 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds: anywhere below a ceiling of 1 s that doubles with every failure, up to five minutes, and while it is given up to `longest`. */
  next(longest = cap): number {
    const ceiling = first * 2 ** this.#doublings;
    if (ceiling < longest) this.#doublings += 1;
    return Math.round(this.#random() * Math.min(ceiling, longest));
  }

  reset(): void {
    this.#doublings = 0;
  }
}
