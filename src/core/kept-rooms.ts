/** The rooms of the last session, in the account's memory: shown before anything is connected, and gone when the account goes. */
import type { Log } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import { type AccountId, leftRoom, type Room } from '../domain/index.ts';
import { coreMemory } from './core-memory.ts';

const key = `${coreMemory}rooms`;

export class KeptRooms {
  readonly #store: Store;
  readonly #log: Log;

  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  of(account: AccountId): readonly Room[] {
    const text = this.#store.memory(account).find(([name]) => name === key)?.[1];
    if (text === undefined) return [];
    try {
      return JSON.parse(text) as readonly Room[];
    } catch {
      this.#log.warn('The rooms of an account could not be read; its server knows them', { account });
      return [];
    }
  }

  save(account: AccountId, rooms: Iterable<Room>): void {
    this.#store.remember(account, key, JSON.stringify([...rooms].map(leftRoom)));
  }
}
