/** Secrets that are forgotten at the end: 'ask' has a person to ask again, 'memory' has nobody. */
import type { SecretKey, Secrets } from './secrets.ts';

export class MemorySecrets implements Secrets {
  readonly mode: 'ask' | 'memory';
  readonly #kept = new Map<SecretKey, string>();

  constructor(mode: 'ask' | 'memory') {
    this.mode = mode;
  }

  async get(key: SecretKey): Promise<string | undefined> {
    return this.#kept.get(key);
  }

  async set(key: SecretKey, secret: string): Promise<void> {
    this.#kept.set(key, secret);
  }

  async remove(key: SecretKey): Promise<void> {
    this.#kept.delete(key);
  }
}
