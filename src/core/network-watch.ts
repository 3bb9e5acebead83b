/** Notices that the network may be there again: the machine has other addresses than before, or slept. */
import type { Clock, Disposable, Instant } from '../base/index.ts';

/** Milliseconds between two looks. */
const every = 1_000;
/** A look that comes so many milliseconds late was not slow: nobody ran meanwhile. */
const asleep = 10_000;

export interface NetworkWatchDuties {
  readonly clock: Clock;
  /** The addresses other machines could reach us by, as one text; empty without a network. */
  addresses(): string;
  cameBack(): void;
}

export class NetworkWatch implements Disposable {
  readonly #duties: NetworkWatchDuties;
  #known: string;
  #lastLook: Instant;
  #next: Disposable | undefined;

  constructor(duties: NetworkWatchDuties) {
    this.#duties = duties;
    this.#known = duties.addresses();
    this.#lastLook = duties.clock.now();
    this.#plan();
  }

  [Symbol.dispose](): void {
    this.#next?.[Symbol.dispose]();
    this.#next = undefined;
  }

  #plan(): void {
    this.#next = this.#duties.clock.after(every, () => this.#look());
  }

  #look(): void {
    const { clock, addresses, cameBack } = this.#duties;
    const [now, here] = [clock.now(), addresses()];
    const slept = now - this.#lastLook > every + asleep;
    const changed = here !== this.#known;
    this.#known = here;
    this.#lastLook = now;
    this.#plan();
    if (here !== '' && (changed || slept)) cameBack();
  }
}
