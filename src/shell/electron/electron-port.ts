/** A port over one of Electron's message ports. Values cross as they are; nothing says how much is waiting. */
import type { MessageEvent, MessagePortMain } from 'electron';
import { Emitter, type Log } from '../../base/index.ts';
import type { Port } from '../bridge/index.ts';

export function electronPort(end: MessagePortMain, log: Log): Port {
  const raise = (error: unknown): void => log.error('A listener failed', { error: String(error) });
  const received = new Emitter<unknown>(raise);
  const closed = new Emitter<void>(raise);
  end.on('message', ({ data }: MessageEvent) => received.fire(data));
  end.on('close', () => {
    closed.fire();
    received[Symbol.dispose]();
    closed[Symbol.dispose]();
  });
  end.start();
  return {
    send: (value) => end.postMessage(value),
    backlog: 0,
    onDidReceive: received.event,
    onDidClose: closed.event,
    close: () => end.close(),
  };
}
