/** Reasons to end that come from outside the house. */
import type { EventEmitter } from 'node:events';
import { asKithError, DisposableStack, type Disposable, type Log } from '../base/index.ts';
import type { Terminal } from './terminal.ts';

/** A clean end on request is a success, whoever asked: Ctrl-C, a service manager, a terminal that closed. */
const requested = 0;
const unforeseen = 1;

/** A signal repeated is the same wish: the end is bounded anyway, and some terminals send it twice. */
export function listenForEnd(end: (code: number) => void, terminal: Terminal, log: Log): Disposable {
  const stack = new DisposableStack();
  const on = (event: string, listener: (given: unknown) => void): void => {
    const emitter: EventEmitter = process;
    emitter.on(event, listener);
    stack.defer(() => emitter.off(event, listener));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) on(signal, () => end(requested));
  const fault = (error: unknown): void => {
    const { message, cause, stack: trace } = asKithError(error);
    log.error('A fault nobody foresaw', { error: message, stack: String((cause as Error)?.stack ?? trace) });
    terminal.remark('Kith made a mistake and ends. What was stored is safe; the log says more.');
    end(unforeseen);
  };
  on('uncaughtException', fault);
  on('unhandledRejection', fault);
  return stack;
}
