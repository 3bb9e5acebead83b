/** A port over a WebSocket, text frames of JSON. */
import type { RawData, WebSocket } from 'ws';
import { Emitter, type Log } from '../../base/index.ts';
import type { Port } from '../bridge/index.ts';

/** Anything that is not a text frame of JSON closes the socket (1003 and 1007 of RFC 6455). */
export function webPort(socket: WebSocket, log: Log): Port {
  const raise = (error: unknown): void => log.error('A listener failed', { error: String(error) });
  const received = new Emitter<unknown>(raise);
  const closed = new Emitter<void>(raise);
  socket.on('message', (data: RawData, binary: boolean) => {
    if (binary) return socket.close(1003);
    let value: unknown;
    try {
      value = JSON.parse(String(data));
    } catch {
      return socket.close(1007);
    }
    return received.fire(value);
  });
  socket.on('error', (error) => log.debug('A window’s connection failed', { error: error.message }));
  socket.on('close', () => {
    closed.fire();
    received[Symbol.dispose]();
    closed[Symbol.dispose]();
  });
  return {
    send: (value) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(value)),
    get backlog() {
      return socket.bufferedAmount;
    },
    onDidReceive: received.event,
    onDidClose: closed.event,
    close: (why) => socket.close(why === undefined ? 1001 : 1008, why),
  };
}
