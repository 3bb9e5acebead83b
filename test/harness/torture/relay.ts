/** The network between Kith and its server, in the test's hands: cut, made deaf on one side, or stalled. */
import { createServer, connect, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export class Relay {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  readonly port: number;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** Whoever connects is connected on to that port of the loopback. */
  static to(target: number): Promise<Relay> {
    return new Promise((resolve, reject) => {
      const server = createServer((client) => relay.#join(client, target));
      let relay: Relay;
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        relay = new Relay(server, (server.address() as { readonly port: number }).port);
        resolve(relay);
      });
    });
  }

  /** Every connection breaks, without a goodbye. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** What the server says no longer reaches Kith, while what Kith says still reaches the server. Until `cut`. */
  deafen(): void {
    for (const { client, server } of this.#pairs) {
      server.unpipe(client);
      server.resume();
    }
  }

  /** Nothing moves until `flow`. */
  stall(): void {
    for (const { client, server } of this.#pairs) {
      client.pause();
      server.pause();
    }
  }

  flow(): void {
    for (const { client, server } of this.#pairs) {
      client.resume();
      server.resume();
    }
  }

  end(): Promise<void> {
    this.cut();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #join(client: Socket, target: number): void {
    const server = connect({ port: target, host: '127.0.0.1', noDelay: true });
    const pair = { client, server };
    this.#pairs.add(pair);
    const over = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', over).on('close', over);
    client.setNoDelay(true);
    client.pipe(server);
    server.pipe(client);
  }
}
