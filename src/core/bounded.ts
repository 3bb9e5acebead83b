/** Waiting no longer than a bound. */
import type { Clock } from '../base/index.ts';

/** True when `work` settled, either way, within `limit` milliseconds. Never rejects: whoever cares for the outcome asks `work`. */
export function bounded(clock: Clock, limit: number, work: PromiseLike<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const bound = clock.after(limit, () => resolve(false));
    const settled = (): void => {
      bound[Symbol.dispose]();
      resolve(true);
    };
    work.then(settled, settled);
  });
}
