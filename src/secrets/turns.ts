/** Lets asynchronous acts on one file happen one after another, so none overwrites what another just wrote. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `act` when every earlier one has ended, well or badly. */
  take<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#last.then(act, act);
    this.#last = result;
    // Whoever took the turn hears of its failure; the queue itself must not report it a second time.
    result.catch(() => undefined);
    return result;
  }
}
