/** The parts of the outer world a stream needs, and the way through them to an open socket. */
import { connect, type Socket } from 'node:net';
import type { Clock } from '../../../src/base/index.ts';
import { systemLookup, type Lookup } from './lookup.ts';
import type { Patience } from './patience.ts';
import { Race } from './race.ts';
import type { Target } from './targets.ts';

/** What tests put in place of the network. */
export interface StreamParts {
  /** Begins to connect to an address of the internet protocol, and returns at once. */
  readonly connectSocket: (address: string, port: number) => Socket;
  readonly lookup: () => Lookup;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export const realParts: StreamParts = {
  connectSocket: (host, port) => connect({ host, port, noDelay: true }),
  lookup: systemLookup,
  random: Math.random,
};

/** Rejects 'network' (a NoAddress where there is no such machine) or 'server-silent', and 'cancelled'; nothing is left open then. */
export async function dial(target: Target, parts: StreamParts, clock: Clock, patience: Patience): Promise<Socket> {
  patience.check();
  const lookup = parts.lookup();
  const race = new Race(target.host, target.port, { clock, lookup, connectSocket: parts.connectSocket });
  try {
    return await patience.step(race.won, `Reaching ${target.host}`);
  } catch (error) {
    race.cancel();
    throw error;
  } finally {
    lookup.cancel();
  }
}
