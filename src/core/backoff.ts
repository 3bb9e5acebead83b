/** How long to wait before the next attempt: exponential, with full jitter, so that a restarted server is not stormed. */
const first = 1_000;
const cap = 5 * 60_000;

export class Backoff {
  readonly #random: () => number;
  #failures = 0;

  /** `random` gives numbers from 0 up to, not including, 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds: anywhere below a ceiling of 1 s that doubles with every failure, up to five minutes. */
  next(): number {
    const ceiling = Math.min(cap, first * 2 ** this.#failures);
    this.#failures += 1;
    return Math.round(this.#random() * ceiling);
  }

  reset(): void {
    this.#failures = 0;
  }
}
