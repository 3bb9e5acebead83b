/** Stored, then acknowledged: which stanzas the server may forget. */

interface Entry {
  readonly number: number;
  /** Facts it will cause, not yet said. */
  expected: number;
  /** The newest fact it caused. */
  revision: number;
}

/** Called when what was held back has been said, with the revision it got. */
export type Release = (revision: number) => void;

/**
 * Keeps the stanzas in order and hands on the highest number up to which every fact they caused is on disk. A stanza that
 * caused none counts at once, but never before an earlier one.
 */
export class Handled {
  readonly #acknowledge: (number: number) => void;
  readonly #waiting: Entry[] = [];
  #current: Entry | undefined;
  #stored = 0;

  constructor(acknowledge: (number: number) => void) {
    this.#acknowledge = acknowledge;
  }

  /** Runs what a stanza causes. Facts said by way of `hold` meanwhile are its doing. */
  during(number: number, run: () => void): void {
    const entry: Entry = { number, expected: 0, revision: 0 };
    this.#waiting.push(entry);
    const outer = this.#current;
    this.#current = entry;
    try {
      run();
    } finally {
      this.#current = outer;
      this.#advance();
    }
  }

  /** A fact is about to be said, perhaps a little later: the stanza of this moment waits for it. */
  hold(): Release {
    const entry = this.#current;
    if (entry === undefined) return () => {};
    entry.expected += 1;
    return (revision) => {
      entry.expected -= 1;
      entry.revision = Math.max(entry.revision, revision);
      this.#advance();
    };
  }

  /** Everything up to this revision is on disk. */
  stored(revision: number): void {
    if (revision <= this.#stored) return;
    this.#stored = revision;
    this.#advance();
  }

  /**
   * A socket has ended. What was not acknowledged on it, the server sends again with the same numbers when the session is
   * resumed, so its first coming no longer counts.
   */
  restart(): void {
    this.#waiting.length = 0;
  }

  #advance(): void {
    if (this.#current !== undefined) return;
    const blocked = this.#waiting.findIndex((entry) => entry.expected > 0 || entry.revision > this.#stored);
    const done = this.#waiting.splice(0, blocked === -1 ? this.#waiting.length : blocked);
    const last = done.at(-1);
    if (last !== undefined) this.#acknowledge(last.number);
  }
}
