/** What one login leaves for the next, kept in the seat of the account. */
import { newId } from '../../src/base/index.ts';
import { type Seat, withPassword } from '../../src/contracts/index.ts';
import type { LoginMemory } from './stream/contract.ts';

const mechanismKey = `${withPassword}mechanism`;
const agentKey = 'user-agent';

/** `signal` ends the wait for a token. */
export function loginMemory({ memory, token }: Pick<Seat, 'memory' | 'token'>, signal: AbortSignal): LoginMemory {
  return {
    get mechanism() {
      return memory.get(mechanismKey);
    },
    set mechanism(name) {
      memory.set(mechanismKey, name);
    },
    get agent() {
      const kept = memory.get(agentKey) ?? newId();
      memory.set(agentKey, kept);
      return kept;
    },
    token: { read: () => token.read(signal), keep: (secret) => token.keep(secret) },
  };
}
