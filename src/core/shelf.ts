/**
 * What one connection said that must reach the disk, and how far its protocol may acknowledge.
 * A fact the disk refused is kept in memory and tried again; until it is written nothing from it on is called stored.
 */
import { afterThisTurn, type Clock, type Disposable } from '../base/index.ts';

const triedAgainAfter = 30_000;

export interface ShelfDuties {
  readonly clock: Clock;
  /** Everything up to `revision` is on disk. */
  stored(revision: number): void;
  refused(error: unknown): void;
  /** What was refused is now written. */
  recovered(): void;
}

/** A fact that is not on disk yet. */
export interface Held {
  readonly revision: number;
}

interface Waiting {
  readonly held: Held;
  readonly write: () => void;
}

export class Shelf implements Disposable {
  readonly #duties: ShelfDuties;
  readonly #open = new Set<Held>();
  readonly #later: Waiting[] = [];
  #refused: Waiting[] = [];
  #next: Disposable | undefined;
  #latest = 0;
  #told = 0;
  #waiting = false;
  #ended = false;

  constructor(duties: ShelfDuties) {
    this.#duties = duties;
  }

  /** The connection begins anew and counts from nothing. What was refused before is still to be written. */
  beginAnew(): void {
    this.#open.clear();
    this.#latest = 0;
    this.#told = 0;
  }

  /** A fact has arrived. Unless it is held, it needs no disk. */
  seen(revision: number): void {
    this.#latest = Math.max(this.#latest, revision);
    this.#wake();
  }

  /** A fact has arrived that will be written later: `release` follows, or `put` with what this returned. */
  hold(revision: number): Held {
    const held = { revision };
    this.#open.add(held);
    this.seen(revision);
    return held;
  }

  release(held: Held): void {
    this.#open.delete(held);
    this.#wake();
  }

  /** For what the disk need not have before others hear of it: writes when this turn is over, before anything put after it. */
  putLater(held: Held, write: () => void): void {
    this.#later.push({ held, write });
    if (this.#later.length === 1) afterThisTurn(() => this.catchUp());
  }

  /** Writes, or keeps what is to be written for later. False when the disk refused. */
  put(held: Held, write: () => void): boolean {
    this.catchUp();
    return this.#put(held, write);
  }

  /** Writes what was put for later. */
  catchUp(): void {
    for (const { held, write } of this.#later.splice(0)) this.#put(held, write);
  }

  #put(held: Held, write: () => void): boolean {
    if (this.retry() && this.#wrote(write)) {
      this.release(held);
      return true;
    }
    this.#refused.push({ held, write });
    this.#next ??= this.#duties.clock.after(triedAgainAfter, () => this.#again());
    return false;
  }

  /** Writes something that no fact stands for, and that later facts build on. */
  putBetween(write: () => void): boolean {
    const held = { revision: this.#latest + 1 };
    this.#open.add(held);
    return this.put(held, write);
  }

  /** Writes what was refused, in its order. False while the disk still refuses. */
  retry(): boolean {
    if (this.#refused.length === 0) return true;
    for (let first = this.#refused[0]; first !== undefined; first = this.#refused[0]) {
      if (!this.#wrote(first.write)) return false;
      this.#refused.shift();
      this.release(first.held);
    }
    this.#next?.[Symbol.dispose]();
    this.#next = undefined;
    this.#duties.recovered();
    return true;
  }

  /** Says now how far all is on disk, if that has moved. */
  tell(): void {
    let safe = this.#latest;
    for (const { revision } of this.#open) safe = Math.min(safe, revision - 1);
    if (this.#ended || safe <= this.#told) return;
    this.#told = safe;
    this.#duties.stored(safe);
  }

  [Symbol.dispose](): void {
    this.catchUp();
    this.tell();
    this.#ended = true;
    this.#next?.[Symbol.dispose]();
  }

  /** Once a turn is enough: ten thousand presences do not become ten thousand letters to a worker. */
  #wake(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    afterThisTurn(() => {
      this.#waiting = false;
      this.tell();
    });
  }

  #again(): void {
    this.#next = undefined;
    if (!this.retry()) this.#next = this.#duties.clock.after(triedAgainAfter, () => this.#again());
  }

  #wrote(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      this.#duties.refused(error);
      return false;
    }
  }
}
