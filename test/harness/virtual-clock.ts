/** Time that passes only when a test says so. Rules of time run on it in no time at all, and always the same way. */
import { type Clock, type Disposable, disposable, type Instant } from '../../src/base/index.ts';

interface Due {
  at: Instant;
  readonly run: () => void;
}

/** Begins at a fixed instant, so that a failing test fails alike every day. */
const beginning: Instant = Date.UTC(2026, 0, 5, 9, 0, 0);

export class VirtualClock implements Clock {
  #now: Instant;
  /** In order of setting, which breaks ties between timers due at the same instant. */
  readonly #timers = new Set<Due>();

  constructor(now: Instant = beginning) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  after(delay: number, run: () => void): Disposable {
    const due = { at: this.#now + Math.max(0, delay), run };
    this.#timers.add(due);
    return disposable(() => this.#timers.delete(due));
  }

  /** How many timers wait. A test that ends with some has left something running. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Milliseconds until the next timer is due; undefined when none waits. */
  get next(): number | undefined {
    const next = this.#first();
    return next && next.at - this.#now;
  }

  /** Lets `delay` milliseconds pass: every timer due in them runs in order, each followed by what it set in motion. */
  async advance(delay: number): Promise<void> {
    const end = this.#now + delay;
    await this.settle();
    for (let due = this.#first(); due !== undefined && due.at <= end; due = this.#first()) {
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
      await this.settle();
    }
    this.#now = end;
  }

  /** The machine is suspended: the time of day goes on, and no timer comes nearer. */
  suspend(duration: number): void {
    this.#now += duration;
    for (const due of this.#timers) due.at += duration;
  }

  /** Lets promises that can settle without time passing do so. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  #first(): Due | undefined {
    let first: Due | undefined;
    for (const due of this.#timers) if (first === undefined || due.at < first.at) first = due;
    return first;
  }
}
