/** The small things a protocol remembers of one account. */
import type { AccountId } from '../domain/index.ts';
import type { Accounts } from './accounts.ts';
import type { Database } from './database.ts';

export class Memories {
  readonly #database: Database;
  readonly #accounts: Accounts;

  constructor(database: Database, accounts: Accounts) {
    this.#database = database;
    this.#accounts = accounts;
  }

  of(account: AccountId): readonly (readonly [string, string])[] {
    return this.#database
      .all<{
        name: string;
        value: string;
      }>('SELECT name, value FROM memory WHERE account = (SELECT key FROM account WHERE id = ?) ORDER BY name', account)
      .map((row) => [row.name, row.value]);
  }

  /** Undefined forgets. Throws 'not-found' for an account that is gone. */
  remember(account: AccountId, name: string, value: string | undefined): void {
    const key = this.#accounts.key(account);
    if (value === undefined) this.#database.run('DELETE FROM memory WHERE account = ? AND name = ?', key, name);
    else this.#database.run('INSERT OR REPLACE INTO memory (account, name, value) VALUES (?, ?, ?)', key, name, value);
  }
}
