/** The passage between the house and a protocol, wherever the protocol runs. Whole batches cross, in order. */
import { Emitter, type Event } from '../base/index.ts';

export interface Port<Out, In> {
  /** Throws what structured cloning throws when a value may not cross. */
  post(batch: readonly Out[]): void;
  readonly onDidArrive: Event<readonly In[]>;
}

/**
 * Collects what is said in one turn and posts it once: ten thousand presences are one crossing.
 * What cannot cross is handed to `onRefused`, and does not keep the rest from crossing.
 */
export class Outbox<T> {
  #waiting: T[] = [];
  readonly #post: (batch: readonly T[]) => void;
  readonly #onRefused: (message: T, error: unknown) => void;

  constructor(post: (batch: readonly T[]) => void, onRefused: (message: T, error: unknown) => void) {
    this.#post = post;
    this.#onRefused = onRefused;
  }

  put(message: T): void {
    this.#waiting.push(message);
    if (this.#waiting.length === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      this.#post(batch);
    } catch (error) {
      if (batch.length === 1) this.#onRefused(batch[0]!, error);
      else for (const message of batch) this.#postAlone(message);
    }
  }

  #postAlone(message: T): void {
    try {
      this.#post([message]);
    } catch (error) {
      this.#onRefused(message, error);
    }
  }
}

/** Two ports in one thread. Values are cloned as they would be between threads, so nothing passes here that a worker would refuse. */
export function loopback<Left, Right>(
  onError: (error: unknown) => void,
): [left: Port<Left, Right>, right: Port<Right, Left>] {
  const toLeft = new Emitter<readonly Right[]>(onError);
  const toRight = new Emitter<readonly Left[]>(onError);
  return [
    { post: cross(toRight), onDidArrive: toLeft.event },
    { post: cross(toLeft), onDidArrive: toRight.event },
  ];
}

function cross<T>(ear: Emitter<readonly T[]>): (batch: readonly T[]) => void {
  return (batch) => {
    const copy = structuredClone(batch);
    queueMicrotask(() => ear.fire(copy));
  };
}
