/** Drawing without putting back. */
import type { Random } from '../../../src/base/index.ts';

/** Draws each thing once before any thing twice: empty until it is refilled. */
export class Bag<T> {
  readonly #all: readonly T[];
  readonly #random: Random;
  #left: T[];
  #last: T | undefined;

  constructor(all: readonly T[], random: Random) {
    this.#all = all;
    this.#random = random;
    this.#left = [...all];
  }

  get left(): number {
    return this.#left.length;
  }

  /** What was drawn last before is not drawn first after. */
  refill(): void {
    this.#left = [...this.#all];
  }

  /** Undefined when empty. */
  draw(): T | undefined {
    const fresh = this.#left.length > 1 ? this.#left.filter((thing) => thing !== this.#last) : this.#left;
    const drawn = this.#random.pick(fresh);
    if (drawn !== undefined) this.#left.splice(this.#left.indexOf(drawn), 1);
    this.#last = drawn;
    return drawn;
  }
}
