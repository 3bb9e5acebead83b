/** The people of the demo, and when they are about. */
import type { ContactId } from '../../../src/domain/index.ts';
import type { Network } from '../network/network.ts';
import type { Townsfolk } from '../session.ts';

export class Town implements Townsfolk {
  readonly network: Network;
  readonly seed: number;

  constructor(network: Network, seed: number) {
    this.network = network;
    this.seed = seed;
  }

  welcome(_address: ContactId): void {}

  farewell(_address: ContactId): void {}
}
