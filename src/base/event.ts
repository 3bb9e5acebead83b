/** An event is a function you call with a listener; what it returns undoes the subscription. Dropping that is a fault. */
import { disposable, type Disposable } from './disposal.ts';

export interface Event<T> {
  (listener: (value: T) => void): Disposable;
}

export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<{ readonly call: (value: T) => void }>();
  readonly #onError: (error: unknown) => void;

  /** A listener that throws is reported and does not keep the others from hearing. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  readonly event: Event<T> = (call) => {
    const entry = { call };
    this.#listeners.add(entry);
    return disposable(() => this.#listeners.delete(entry));
  };

  get listened(): boolean {
    return this.#listeners.size > 0;
  }

  fire(value: T): void {
    for (const { call } of [...this.#listeners]) {
      try {
        call(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  [Symbol.dispose](): void {
    this.#listeners.clear();
  }
}
