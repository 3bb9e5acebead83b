/** A road to a server that can fall in: what is under way is lost, and neither end knows until the road is cut. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Tunnel {
  readonly port: number;
  /** How many connections were ever made through it. */
  readonly count: number;
  /** Bytes that were taken and never arrived. */
  readonly lost: { readonly there: number; readonly back: number };
  /** From now on what is sent, either way, is lost. */
  collapse(): void;
  /** Ends every connection through it, and carries new ones again. */
  cut(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** To a place, or by a way of its own. `overhear` is told everything that goes through, by the number of its connection. */
export async function startTunnel(
  target: { readonly host: string; readonly port: number } | (() => Socket),
  overhear?: (connection: number, way: 'there' | 'back', bytes: Buffer) => void,
): Promise<Tunnel> {
  const ends = new Set<Socket>();
  const lost = { there: 0, back: 0 };
  let collapsed = false;
  let count = 0;
  const server = createServer((near) => {
    count += 1;
    const connection = count;
    const far = typeof target === 'function' ? target() : connect(target.port, target.host);
    for (const [from, to, way] of [
      [near, far, 'there'],
      [far, near, 'back'],
    ] as const) {
      ends.add(from);
      from.on('data', (bytes: Buffer) => {
        overhear?.(connection, way, bytes);
        if (collapsed) lost[way] += bytes.length;
        else to.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        ends.delete(from);
        // A death on the other side of a collapse is not heard of either.
        if (!collapsed) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const end of ends) end.destroy();
    collapsed = false;
  };
  return {
    port: (server.address() as AddressInfo).port,
    lost,
    get count() {
      return count;
    },
    collapse: () => (collapsed = true),
    cut,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
