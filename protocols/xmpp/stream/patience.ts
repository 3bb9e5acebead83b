/** How long one attempt waits, and who may call it off. Everything an attempt waits for is waited for here. */
import { disposable, DisposableStack, KithError, type Clock, type Disposable } from '../../../src/base/index.ts';
import type { Aborting } from '../../../src/domain/index.ts';

/** Milliseconds a server may take for one answer. */
export const stepLimit = 15_000;

export class Patience implements Disposable {
  readonly #clock: Clock;
  readonly #withdrawals = new Set<(error: KithError) => void>();
  readonly #undo = new DisposableStack();
  #withdrawn: KithError | undefined;

  constructor(clock: Clock, signal: Aborting) {
    this.#clock = clock;
    const abort = () => this.withdraw();
    signal.addEventListener('abort', abort);
    this.#undo.defer(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) this.withdraw();
  }

  /** Everything waited for rejects with 'cancelled', now and later. */
  withdraw(): void {
    this.#withdrawn ??= new KithError('cancelled', 'The attempt was called off');
    for (const reject of [...this.#withdrawals]) reject(this.#withdrawn);
  }

  /** Throws 'cancelled' when the attempt was called off. */
  check(): void {
    if (this.#withdrawn !== undefined) throw this.#withdrawn;
  }

  /** The promise's outcome; 'cancelled' when called off. A person may take any time. */
  until<T>(promise: PromiseLike<T>): Promise<T> {
    return this.#wait(promise, undefined);
  }

  /** The outcome of one step; 'server-silent' when it takes longer than the limit. */
  step<T>(promise: PromiseLike<T>, what: string): Promise<T> {
    return this.#wait(promise, what);
  }

  #wait<T>(promise: PromiseLike<T>, what: string | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const undo = new DisposableStack();
      const settle = () => undo[Symbol.dispose]();
      promise.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
      const give = (error: KithError) => {
        settle();
        reject(error);
      };
      if (this.#withdrawn !== undefined) return give(this.#withdrawn);
      this.#withdrawals.add(give);
      undo.use(disposable(() => this.#withdrawals.delete(give)));
      if (what !== undefined)
        undo.use(this.#clock.after(stepLimit, () => give(new KithError('server-silent', `${what} took too long`))));
    });
  }

  [Symbol.dispose](): void {
    this.#undo[Symbol.dispose]();
  }
}
