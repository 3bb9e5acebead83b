/** Waiting for something real: asks again every few milliseconds, up to a bound, and says what it waited for when it gives up. */
import { pause, systemClock } from '../../src/base/index.ts';

/** Milliseconds. Foreign programs on a busy machine are slow, never endless. */
export const patience = 60_000;

export interface Waiting {
  /** Milliseconds between two looks. */
  readonly every?: number;
  /** Milliseconds until it is given up. */
  readonly within?: number;
}

/** Resolves with the first answer that is not undefined; rejects with `what` when none came in time. */
export async function until<T>(
  what: string,
  look: () => T | undefined | PromiseLike<T | undefined>,
  { every = 25, within = patience }: Waiting = {},
): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Waited ${within} ms for ${what}, in vain`);
    await pause(systemClock, every);
  }
}

/** The promise's outcome, or a rejection naming `what` when it takes longer than `within` milliseconds. */
export function bounded<T>(what: string, promise: PromiseLike<T>, within = patience): Promise<T> {
  return new Promise((resolve, reject) => {
    const bound = systemClock.after(within, () => reject(new Error(`Waited ${within} ms for ${what}, in vain`)));
    promise.then(
      (value) => {
        bound[Symbol.dispose]();
        resolve(value);
      },
      (error: unknown) => {
        bound[Symbol.dispose]();
        reject(error);
      },
    );
  });
}
