/** Connecting to what may not listen yet. */
import { connect, type Socket } from 'node:net';

/** `where` is a port of the loopback or the path of a socket. Undefined while nobody listens there. */
export function dial(where: number | string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = typeof where === 'number' ? connect(where, '127.0.0.1') : connect(where);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}
