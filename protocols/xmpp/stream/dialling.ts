/** The parts of the outer world a stream needs, and the way through them to an open socket. */
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../../../src/base/index.ts';
import { systemLookup, type Lookup } from './lookup.ts';
import type { Patience } from './patience.ts';
import { Race } from './race.ts';

/** What tests put in place of the network. */
export interface StreamParts {
  /** Begins to connect to an address of the internet protocol, and returns at once. */
  readonly connectSocket: (address: string, port: number) => Socket;
  readonly lookup: () => Lookup;
  /** The addresses this machine has now. */
  readonly ownAddresses: () => readonly string[];
  /** From 0 to below 1. */
  readonly random: () => number;
}

export const realParts: StreamParts = {
  connectSocket: (host, port) => connect({ host, port, noDelay: true }),
  lookup: systemLookup,
  ownAddresses: () => Object.values(networkInterfaces()).flatMap((some = []) => some.map(({ address }) => address)),
  random: Math.random,
};

export interface Dialling {
  readonly parts: StreamParts;
  readonly clock: Clock;
  readonly patience: Patience;
}

/** A machine of the network, by name or by number. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Rejects 'unreachable' (a NoAddress where there is no such machine) or 'server-silent', and 'cancelled'; nothing is left open then. */
export async function dial({ host, port }: Place, { parts, clock, patience }: Dialling): Promise<Socket> {
  patience.check();
  const lookup = parts.lookup();
  const race = new Race(host, port, { clock, lookup, connectSocket: parts.connectSocket });
  try {
    return await patience.step(race.won, `Reaching ${host}`);
  } catch (error) {
    race.cancel();
    throw error;
  } finally {
    lookup.cancel();
  }
}
