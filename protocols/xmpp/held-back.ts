/** Messages that wait for what was said before them. Until they are heard and stored, the server may not forget them. */
import type { Clock, Disposable } from '../../src/base/index.ts';
import type { Facts } from './facts.ts';
import type { Handled, Release } from './handled.ts';

/** Milliseconds without a word of what is waited for; a server that never answers must not keep anybody from being heard. */
const patience = 10_000;

export class HeldBack {
  readonly #handled: Handled;
  readonly #facts: Facts;
  readonly #clock: Clock;
  readonly #waiting: { readonly hear: () => void; readonly release: Release }[] = [];
  #until: Promise<unknown> | undefined;
  #timer: Disposable | undefined;

  constructor(handled: Handled, facts: Facts, clock: Clock) {
    this.#handled = handled;
    this.#facts = facts;
    this.#clock = clock;
  }

  /** From now on `keep` keeps, until this has settled or took too long. */
  hold(until: Promise<unknown>): void {
    this.#until = until;
    this.goesOn();
    const letGo = () => {
      if (this.#until === until) this.#letGo();
    };
    until.then(letGo, letGo);
  }

  /** What is waited for is on its way: it has its time again. */
  goesOn(): void {
    if (this.#until === undefined) return;
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#clock.after(patience, () => this.#letGo());
  }

  /** False when nothing is held back now. `hear` is called later, after those that were kept before it. */
  keep(hear: () => void): boolean {
    if (this.#until === undefined) return false;
    this.#waiting.push({ hear, release: this.#handled.hold() });
    return true;
  }

  /** The socket is gone: whatever was not acknowledged comes again, or stands in the archive. */
  forget(): void {
    this.#waiting.length = 0;
  }

  #letGo(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.#until = undefined;
    for (const { hear, release } of this.#waiting.splice(0)) {
      hear();
      this.#facts.whenStored(() => release(0));
    }
  }
}
