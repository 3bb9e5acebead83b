/** The parts of the outer world a stream needs, and the way through them to an open socket. */
import { Resolver } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { KithError } from '../../../src/base/index.ts';
import type { Patience } from './patience.ts';
import type { ServiceRecord, Target } from './targets.ts';

/** The name servers, asked for one attempt. */
export interface Lookup {
  /** The SRV records of a service. Rejects when there are none, as node:dns does. */
  services(name: string): Promise<readonly ServiceRecord[]>;
  /** What is still being asked rejects. */
  cancel(): void;
}

/** What tests put in place of the network. */
export interface StreamParts {
  /** Begins to connect and returns at once. */
  readonly connectSocket: (host: string, port: number) => Socket;
  readonly lookup: () => Lookup;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export const realParts: StreamParts = {
  connectSocket: (host, port) => connect({ host, port, noDelay: true }),
  lookup() {
    // Together well within the time one step has, so that the domain itself is still tried.
    const resolver = new Resolver({ timeout: 3000, tries: 2 });
    return { services: (name) => resolver.resolveSrv(name), cancel: () => resolver.cancel() };
  },
  random: Math.random,
};

/** Rejects 'network' or 'server-silent', and 'cancelled'; nothing is left open then. */
export async function dial(target: Target, parts: StreamParts, patience: Patience): Promise<Socket> {
  patience.check();
  const socket = parts.connectSocket(target.host, target.port);
  // Whoever waits hears of it below; an error after that is for whoever has the socket then.
  socket.on('error', () => {});
  try {
    await patience.step(connected(socket, target), `Reaching ${target.host}`);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function connected(socket: Socket, target: Target): Promise<void> {
  return new Promise((resolve, reject) => {
    const unreachable = (cause?: unknown) =>
      reject(new KithError('network', `${target.host} cannot be reached`, { cause }));
    socket
      .once('connect', resolve)
      .once('error', unreachable)
      .once('close', () => unreachable());
  });
}
