/** What stands between the house and a guest: its faults are logged under its name, and too many of them switch it off. */
import { type Clock, type Instant, KithError, type Log } from '../base/index.ts';

/** This many faults within the span, and the guest is switched off. */
const tooMany = 5;
const span = 60_000;
/** A guest that has not answered after this many milliseconds is gone on without. */
export const patience = 2_000;

export class Fence {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #switchOff: () => void;
  #faults: Instant[] = [];
  #off = false;

  constructor(clock: Clock, log: Log, switchOff: () => void) {
    this.#clock = clock;
    this.#log = log;
    this.#switchOff = switchOff;
  }

  get off(): boolean {
    return this.#off;
  }

  /** What the guest answers; `otherwise` when it throws, takes too long, or is off. */
  run<T>(otherwise: T, work: () => T | Promise<T>): T | Promise<T> {
    if (this.#off) return otherwise;
    try {
      const answer = work();
      return answer instanceof Promise ? this.#await(otherwise, answer) : answer;
    } catch (error) {
      this.fault(error);
      return otherwise;
    }
  }

  fault(error: unknown): void {
    this.#log.error('The plugin failed', whatAndWhere(error));
    const now = this.#clock.now();
    this.#faults = [...this.#faults.filter((at) => now - at < span), now];
    if (this.#faults.length < tooMany || this.#off) return;
    this.#log.error('The plugin failed too often and is switched off', { faults: tooMany, within: span });
    this.end();
    this.#switchOff();
  }

  /** Whatever of the guest is still known somewhere is no longer called. */
  end(): void {
    this.#off = true;
  }

  #await<T>(otherwise: T, answer: Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      const failed = (error: unknown): void => {
        this.fault(error);
        resolve(otherwise);
      };
      const late = this.#clock.after(patience, () => failed(new KithError('timeout', 'The plugin took too long')));
      answer.then(
        (given) => {
          late[Symbol.dispose]();
          resolve(given);
        },
        (error: unknown) => {
          late[Symbol.dispose]();
          failed(error);
        },
      );
    });
  }
}

/** Never the message of a foreign error: it may quote what the plugin was working on, and that is someone's words. */
function whatAndWhere(error: unknown): { readonly error: string; readonly where: string } {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
  const where = stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? 'nowhere known';
  return { error: name, where: where.trim() };
}
