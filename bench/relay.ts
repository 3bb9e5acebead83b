/** A way to a port of the loopback that can be cut. */
import { connect, createServer, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** Every connection over it breaks, without a word; new ones go through. */
  cut(): void;
  close(): void;
}

/** Listens at `host`, which is the loopback unless said otherwise, at `at`, or where there is room. */
export async function startRelay(port: number, host = '127.0.0.1', at = 0): Promise<Relay> {
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    return socket.setNoDelay(true);
  };
  const server = createServer((socket) => {
    const near = keep(socket);
    const far = keep(connect(port, '127.0.0.1'));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at, host, resolve);
  });
  const cut = (): void => {
    for (const socket of [...open]) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as { readonly port: number }).port,
    cut,
    close() {
      cut();
      server.close();
    },
  };
}
