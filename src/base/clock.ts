/** Time, handed in. Nothing outside this file sets a timer, so every rule of time can run on the virtual clock of the tests. */
import { disposable, type Disposable } from './disposal.ts';

/** Milliseconds since the Unix epoch. */
export type Instant = number;

export interface Clock {
  now(): Instant;
  /** Runs once after `delay` milliseconds unless disposed before. Does not keep the process alive by itself. */
  after(delay: number, run: () => void): Disposable;
}

interface Timer {
  unref?(): void;
}
declare function setTimeout(run: () => void, delay: number): Timer;
declare function clearTimeout(timer: Timer): void;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, run) {
    const timer = setTimeout(run, delay);
    timer.unref?.();
    return disposable(() => clearTimeout(timer));
  },
};

/** Repeats every `period` milliseconds, counted from the end of the last run. */
export function every(clock: Clock, period: number, run: () => void): Disposable {
  let pending = clock.after(period, tick);
  let ended = false;
  function tick(): void {
    run();
    if (!ended) pending = clock.after(period, tick);
  }
  return disposable(() => {
    ended = true;
    pending[Symbol.dispose]();
  });
}

/** Resolves after `delay` milliseconds. */
export function pause(clock: Clock, delay: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delay, resolve);
  });
}
