/** What one login leaves for the next, kept in the seat of the account. */
import { type Seat, withPassword } from '../../src/contracts/index.ts';
import type { LoginMemory } from './stream/contract.ts';

const mechanismKey = `${withPassword}mechanism`;

export function loginMemory({ memory }: Pick<Seat, 'memory'>): LoginMemory {
  return {
    get mechanism() {
      return memory.get(mechanismKey);
    },
    set mechanism(name) {
      memory.set(mechanismKey, name);
    },
  };
}
