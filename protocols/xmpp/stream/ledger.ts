/** What was sent and not yet acknowledged, in order, and how far each side has counted (XEP-0198 section 4). */
import type { Outgoing } from './contract.ts';

/** Counters wrap as unsigned 32-bit numbers. */
const modulus = 2 ** 32;

export class Ledger {
  readonly #unacknowledged: Outgoing[];
  #acknowledged: number;

  constructor(acknowledged = 0, unacknowledged: readonly Outgoing[] = []) {
    this.#acknowledged = acknowledged;
    this.#unacknowledged = [...unacknowledged];
  }

  /** How many of ours the other side has said it has. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  get unacknowledged(): readonly Outgoing[] {
    return this.#unacknowledged;
  }

  get sent(): number {
    return (this.#acknowledged + this.#unacknowledged.length) % modulus;
  }

  add(outgoing: Outgoing): void {
    this.#unacknowledged.push(outgoing);
  }

  /** The other side has `count` of ours. Returns those newly acknowledged; undefined when it claims more than was sent. An older count than known says nothing. */
  acknowledge(count: number): readonly Outgoing[] | undefined {
    const further = (count - this.#acknowledged + modulus) % modulus;
    if (further > modulus / 2) return [];
    if (further > this.#unacknowledged.length) return undefined;
    this.#acknowledged = count;
    return this.#unacknowledged.splice(0, further);
  }
}

/** An `h`: a whole number below 2^32. Undefined for anything else. */
export function countIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined;
  const count = Number(text);
  return count < modulus ? count : undefined;
}
