/** Keeps the process while something is awaited that by itself would not: the clock's timers never do. */
import { MessageChannel } from 'node:worker_threads';
import { disposable, type Disposable } from '../base/index.ts';

/** Without it a process whose last socket closed would end in the middle of a wait, with nothing said and exit code 0. */
export function stayAlive(): Disposable {
  const { port1 } = new MessageChannel();
  port1.on('message', () => {});
  return disposable(() => port1.close());
}
