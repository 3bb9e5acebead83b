/** What happened, in order, whoever said it: a test takes from it what it waits for, and a failing test prints all of it. */
import { systemClock, type Disposable } from '../../src/base/index.ts';
import { patience } from './waiting.ts';

interface Waiter<T> {
  readonly matches: (event: T) => boolean;
  readonly take: (event: T) => void;
}

export class EventQueue<T> {
  readonly #all: T[] = [];
  readonly #untaken: T[] = [];
  readonly #waiters = new Set<Waiter<T>>();

  push(event: T): void {
    this.#all.push(event);
    for (const waiter of this.#waiters) {
      if (!waiter.matches(event)) continue;
      this.#waiters.delete(waiter);
      waiter.take(event);
      return;
    }
    this.#untaken.push(event);
  }

  /** The first event not taken yet that matches, now or later; nobody else gets it. */
  next<S extends T>(what: string, matches: (event: T) => event is S, within?: number): Promise<S>;
  next(what: string, matches: (event: T) => boolean, within?: number): Promise<T>;
  next(what: string, matches: (event: T) => boolean, within = patience): Promise<T> {
    const index = this.#untaken.findIndex(matches);
    if (index >= 0) return Promise.resolve(this.#untaken.splice(index, 1)[0] as T);
    return new Promise((resolve, reject) => {
      let bound: Disposable | undefined = undefined;
      const waiter: Waiter<T> = {
        matches,
        take: (event) => {
          bound?.[Symbol.dispose]();
          resolve(event);
        },
      };
      bound = systemClock.after(within, () => {
        this.#waiters.delete(waiter);
        reject(new Error(`Waited ${within} ms for ${what}, in vain. What happened:\n${this.told()}`));
      });
      this.#waiters.add(waiter);
    });
  }

  /** All of them, in whatever order they come. */
  many(...expected: readonly (readonly [what: string, matches: (event: T) => boolean])[]): Promise<readonly T[]> {
    return Promise.all(expected.map(([what, matches]) => this.next(what, matches)));
  }

  /** Throws when one that matches has happened, taken or not. Ask after something that would have come later. */
  silence(what: string, matches: (event: T) => boolean): void {
    if (this.#all.some(matches)) throw new Error(`${what} was not to happen. What happened:\n${this.told()}`);
  }

  /** Everything so far, one a line. */
  told(): string {
    return this.#all.map((event) => JSON.stringify(event)).join('\n');
  }
}
