/** Closes every switch that should be total, and names the one way to drop a promise. */
import { asKithError, KithError } from './errors.ts';
import type { Log } from './log.ts';

export function assertNever(value: never): never {
  throw new KithError('internal', `Not foreseen: ${JSON.stringify(value)}`);
}

/** The one permitted way not to wait: says why it may fail, and logs at debug if it does. */
export function ignore(promise: PromiseLike<unknown>, why: string, log: Log): void {
  promise.then(undefined, (error: unknown) => log.debug(why, { error: asKithError(error).message }));
}
