/** A network in memory, as a protocol. Ships, hidden: tests and the demo live on it. */
import { type Clock, systemClock } from '../../src/base/index.ts';
import type { ProtocolModule } from '../../src/contracts/index.ts';
import { face } from './manifest.ts';
import { Network } from './network/network.ts';
import { Session } from './session.ts';
import { Town } from './town/town.ts';

/** Every call is a network of its own. The same seed and clock give the same town life. */
export function testbed(parts: { readonly clock: Clock; readonly seed?: number }): ProtocolModule {
  const network = new Network(parts.clock);
  const town = new Town(network, parts.seed ?? 1597);
  return { ...face, open: (seat) => new Session(seat, network, town) };
}

export const protocol: ProtocolModule = testbed({ clock: systemClock });
