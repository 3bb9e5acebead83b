/** The way of files through the account's proxy: whoever set one does not want to be seen anywhere without it. */
import type { Socket } from 'node:net';
import type { Clock } from '../../../src/base/index.ts';
import { proxyOf } from '../proxy-settings.ts';
import type { Session } from '../session.ts';
import { type Place, realParts } from '../stream/dialling.ts';
import { Patience } from '../stream/patience.ts';
import { dialThrough } from '../stream/proxy.ts';

/** Resolves with a socket on which that machine is spoken to. */
export type Detour = (place: Place) => Promise<Socket>;

/** Undefined where no proxy is set; half a proxy throws 'invalid-argument'. */
export function detourOf(
  session: Pick<Session, 'parameters' | 'ask'>,
  clock: Clock,
  signal: AbortSignal,
): Detour | undefined {
  const proxy = proxyOf(session, signal);
  if (proxy === undefined) return undefined;
  return async (place) => {
    const patience = new Patience(clock, signal);
    try {
      return await dialThrough(proxy, place, { parts: realParts, clock, patience });
    } finally {
      patience[Symbol.dispose]();
    }
  };
}
