/** Whoever subscribes, stores; whoever stores, disposes. The language's own protocol: ten lines until every runtime has its stacks. */
export interface Disposable {
  [Symbol.dispose](): void;
}

export interface AsyncDisposable {
  [Symbol.asyncDispose](): PromiseLike<void>;
}

/** Disposing twice is harmless. */
export function disposable(undo: () => void): Disposable {
  let done = false;
  return {
    [Symbol.dispose]() {
      if (done) return;
      done = true;
      undo();
    },
  };
}

/** Undoes in reverse order. An error in one undoing does not keep the others from running; the first is thrown at the end. */
export class DisposableStack implements Disposable {
  #undos: (() => void)[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  use<T extends Disposable>(held: T): T {
    this.defer(() => held[Symbol.dispose]());
    return held;
  }

  defer(undo: () => void): void {
    if (this.#disposed) undo();
    else this.#undos.push(undo);
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    const errors: unknown[] = [];
    for (const undo of this.#undos.splice(0).toReversed()) {
      try {
        undo();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

/** As above, for endings that take time. Disposing awaits what it started. */
export class AsyncDisposableStack implements AsyncDisposable {
  #undos: (() => PromiseLike<void> | void)[] = [];
  #ending: Promise<void> | undefined;

  use<T extends AsyncDisposable | Disposable>(held: T): T {
    this.defer(() => (Symbol.asyncDispose in held ? held[Symbol.asyncDispose]() : held[Symbol.dispose]()));
    return held;
  }

  defer(undo: () => PromiseLike<void> | void): void {
    this.#undos.push(undo);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    const errors: unknown[] = [];
    for (const undo of this.#undos.splice(0).toReversed()) {
      try {
        await undo();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
