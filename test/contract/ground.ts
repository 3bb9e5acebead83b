/** Where a protocol's contract is tried: a network with as many fresh accounts on it as a test wants. */
import type { AsyncDisposable } from '../../src/base/index.ts';
import type { FacetName, HostDuties, Opening, ProtocolHost } from '../../src/contracts/index.ts';
import type { RoomId } from '../../src/domain/index.ts';

export interface Ground extends AsyncDisposable {
  /** A host for this protocol, inline or in a worker. Whoever asks disposes. */
  host(duties: HostDuties): ProtocolHost;
  /** An account nobody used yet, on the network, with the right `password`. */
  newcomer(name: string): Promise<Newcomer>;
  /** An account whose network does not answer; undefined where that cannot be. */
  unreachable?(name: string): Promise<Newcomer>;
  /** The address of a room nobody was in yet. */
  room(name: string): RoomId;
  /** What it must be able to do. */
  readonly facets: readonly FacetName[];
}

export interface Newcomer {
  readonly opening: Opening;
  readonly password: string;
}
