/** Work that must not overlap, in the order it came. */
type Work = () => void | Promise<void>;

export class InTurn {
  #ahead: Promise<void> | undefined;

  /**
   * Begins at once, in this very call, when nobody is ahead: what needs no waiting does not wait.
   * The outcome is told to the caller alone; a failure does not keep the next from its turn.
   */
  do(work: Work): void | Promise<void> {
    const outcome = this.#ahead === undefined ? work() : this.#ahead.then(work);
    if (outcome === undefined) return;
    const over: Promise<void> = outcome.then(
      () => this.#ended(over),
      () => this.#ended(over),
    );
    this.#ahead = over;
    return outcome;
  }

  #ended(over: Promise<void>): void {
    if (this.#ahead === over) this.#ahead = undefined;
  }
}
