/** Secrets that are forgotten at the end: 'ask' has a person to ask again, 'memory' has nobody. */
import type { AccountId, Secrets } from './secrets.ts';

export class MemorySecrets implements Secrets {
  readonly mode: 'ask' | 'memory';
  readonly #kept = new Map<AccountId, string>();

  constructor(mode: 'ask' | 'memory') {
    this.mode = mode;
  }

  async get(account: AccountId): Promise<string | undefined> {
    return this.#kept.get(account);
  }

  async set(account: AccountId, secret: string): Promise<void> {
    this.#kept.set(account, secret);
  }

  async remove(account: AccountId): Promise<void> {
    this.#kept.delete(account);
  }
}
