/** Whether the Kith at the other end still runs. A process that is stopped keeps its socket, takes what is sent, and says nothing. */
import { type Clock, every, KithError } from '../../base/index.ts';
import type { Port } from '../bridge/index.ts';

/** Milliseconds between two looks; at each one it is asked again. */
const period = 5_000;
/** Counted instead of measured: a process that was stopped itself and goes on finds late timers, and the answers behind them. */
const unanswered = 2;

/** What asks for a sign, and the sign. */
export const life = 'life';

/**
 * Asks as long as the port is open; whatever arrives is a sign. Resolves with the first one, rejects 'cancelled' when the port closes before.
 * `silent` is called once when there was none for two whole periods.
 */
export function watchLife(port: Port, clock: Clock, silent: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let missed = 0;
    const ask = (): void => port.send({ want: life });
    const asking = every(clock, period, () => {
      missed += 1;
      if (missed < unanswered) return ask();
      asking[Symbol.dispose]();
      silent();
    });
    const received = port.onDidReceive(() => {
      missed = 0;
      resolve();
    });
    const closing = port.onDidClose(() => {
      asking[Symbol.dispose]();
      received[Symbol.dispose]();
      closing[Symbol.dispose]();
      reject(new KithError('cancelled', 'Kith did not answer'));
    });
    ask();
  });
}
