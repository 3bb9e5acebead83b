/** What a connection said, in order: the one queue a test waits on. */
import { type Disposable, DisposableStack } from '../../src/base/index.ts';
import type { RemoteConnection } from '../../src/contracts/index.ts';
import type { ConnectionEvent } from '../../src/domain/index.ts';
import { bounded } from './waiting.ts';

export type Said<T extends ConnectionEvent['type']> = Extract<ConnectionEvent, { readonly type: T }>;

interface Waiter {
  look(): boolean;
}

export class Heard implements Disposable {
  readonly events: ConnectionEvent[] = [];
  /** The numbers the events came with. */
  readonly revisions: number[] = [];
  readonly #waiting = new Set<Waiter>();
  readonly #undo = new DisposableStack();

  /** Everything `connection` says from now on. */
  static from(connection: RemoteConnection): Heard {
    const heard = new Heard();
    heard.#undo.use(connection.onDidHappen(({ event, revision }) => heard.add(event, revision)));
    return heard;
  }

  add(event: ConnectionEvent, revision: number): void {
    this.events.push(event);
    this.revisions.push(revision);
    for (const waiting of [...this.#waiting]) if (waiting.look()) this.#waiting.delete(waiting);
  }

  /** All of one kind so far. */
  all<T extends ConnectionEvent['type']>(type: T): readonly Said<T>[] {
    return this.events.filter((event): event is Said<T> => event.type === type);
  }

  /** The first of its kind that fits, from `after` on, already said or still to come. Fails with everything said so far. */
  async until<T extends ConnectionEvent['type']>(
    type: T,
    fits: (event: Said<T>) => boolean = () => true,
    { after = 0, within = 20_000 }: { after?: number; within?: number } = {},
  ): Promise<Said<T>> {
    const look = () =>
      this.events.slice(after).find((event): event is Said<T> => event.type === type && fits(event as Said<T>));
    const found = look();
    if (found) return found;
    const coming = new Promise<Said<T>>((resolve) => {
      this.#waiting.add({
        look() {
          const event = look();
          if (event) resolve(event);
          return event !== undefined;
        },
      });
    });
    try {
      return await bounded(`'${type}'`, coming, within);
    } catch (error) {
      throw new Error(`${String(error)}\nHeard so far:\n${this.told()}`, { cause: error });
    }
  }

  /** Everything said, a line each. */
  told(): string {
    return this.events.map((event) => JSON.stringify(event).slice(0, 300)).join('\n');
  }

  [Symbol.dispose](): void {
    this.#undo[Symbol.dispose]();
  }
}
