/** A port over a stream socket: one JSON value a line, UTF-8, with a bound on how long a line may be. */
import type { Socket } from 'node:net';
import { Emitter, type Log } from '../../base/index.ts';
import type { Port } from '../bridge/index.ts';

/** Longest line the answering end takes, in bytes: a message and its wrapping fit many times. */
export const askingBound = 1024 * 1024;
/** Longest line the asking end takes: the snapshot of a very large house. */
export const answeringBound = 256 * 1024 * 1024;

/** A line that is too long is read to its end, to be answered; beyond so many times the bound the socket is closed. */
const skipped = 64;

/**
 * Closes the socket at the first line that is no JSON or is too long. With `refuseLong` a long line that says at its beginning
 * which question it is gets that as its answer instead.
 */
export function linePort(socket: Socket, bound: number, log: Log, refuseLong?: (id: number) => unknown): Port {
  const raise = (error: unknown): void => log.error('A listener failed', { error: String(error) });
  const received = new Emitter<unknown>(raise);
  const closed = new Emitter<void>(raise);
  let pieces: Buffer[] = [];
  let held = 0;
  /** The question whose line is too long and not at its end yet. */
  let long: number | undefined;
  const refuse = (why: string): void => {
    log.warn('A socket was closed', { why });
    socket.destroy();
  };
  const send = (value: unknown): void => void (socket.writable && socket.write(`${JSON.stringify(value)}\n`));
  socket.on('data', (data: Buffer) => {
    let rest = data;
    for (let end = rest.indexOf(10); end >= 0 && !socket.destroyed; end = rest.indexOf(10)) {
      if (long !== undefined) {
        send(refuseLong?.(long));
        long = undefined;
        held = 0;
        rest = rest.subarray(end + 1);
        continue;
      }
      const line = Buffer.concat([...pieces, rest.subarray(0, end)]);
      pieces = [];
      held = 0;
      rest = rest.subarray(end + 1);
      if (line.length > bound) return refuse('a line was too long');
      const value = parse(line.toString('utf8'));
      if (value === undefined) return refuse('a line was no JSON');
      received.fire(value.it);
    }
    if (rest.length > 0 && long === undefined) pieces.push(rest);
    held += rest.length;
    if (held <= bound) return;
    if (refuseLong !== undefined && long === undefined) long = questionOf(pieces);
    pieces = [];
    if (long === undefined || held > skipped * bound) refuse('a line was too long');
  });
  socket.on('error', (error) => log.debug('A socket failed', { error: error.message }));
  socket.on('close', () => {
    closed.fire();
    received[Symbol.dispose]();
    closed[Symbol.dispose]();
  });
  return {
    send,
    get backlog() {
      return socket.writableLength;
    },
    onDidReceive: received.event,
    onDidClose: closed.event,
    close: () => void socket.end(),
  };
}

/** The number of a question, which the asking end writes first. */
function questionOf(pieces: readonly Buffer[]): number | undefined {
  const beginning = Buffer.concat(pieces).toString('latin1', 0, 32);
  const number = /^\{"id":(\d{1,15}),/.exec(beginning)?.[1];
  return number === undefined ? undefined : Number(number);
}

function parse(line: string): { readonly it: unknown } | undefined {
  try {
    return { it: JSON.parse(line) as unknown };
  } catch {
    return undefined;
  }
}
