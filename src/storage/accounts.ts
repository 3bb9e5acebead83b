/** The accounts a person configured, in the order they were added. */
import { KithError } from '../base/index.ts';
import type { Account, AccountId, ProtocolId } from '../domain/index.ts';
import type { Database } from './database.ts';

interface AccountRow {
  readonly id: AccountId;
  readonly protocol: ProtocolId;
  readonly address: string;
  readonly name: string;
  readonly parameters: string;
  readonly enabled: number;
  readonly requested: string;
}

export class Accounts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): readonly Account[] {
    return this.#database.all<AccountRow>('SELECT * FROM account ORDER BY key').map((row) => ({
      id: row.id,
      protocol: row.protocol,
      address: row.address,
      name: row.name,
      parameters: JSON.parse(row.parameters) as Account['parameters'],
      enabled: row.enabled === 1,
      requested: JSON.parse(row.requested) as Account['requested'],
    }));
  }

  save(account: Account): void {
    this.#database.run(
      `INSERT INTO account (id, protocol, address, name, parameters, enabled, requested) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET protocol = excluded.protocol, address = excluded.address, name = excluded.name,
         parameters = excluded.parameters, enabled = excluded.enabled, requested = excluded.requested`,
      account.id,
      account.protocol,
      account.address,
      account.name,
      JSON.stringify(account.parameters),
      account.enabled ? 1 : 0,
      JSON.stringify(account.requested),
    );
  }

  /** Everything that hangs on it goes too, by the foreign keys. */
  remove(account: AccountId): void {
    this.#database.run('DELETE FROM account WHERE id = ?', account);
  }

  /** The key other rows carry, or undefined when there is no such account. */
  findKey(account: AccountId): number | undefined {
    return this.#database.first<{ key: number }>('SELECT key FROM account WHERE id = ?', account)?.key;
  }

  /** Throws 'not-found': nothing is kept for an account that is gone. */
  key(account: AccountId): number {
    const key = this.findKey(account);
    if (key === undefined) throw new KithError('not-found', 'This account is no longer there.');
    return key;
  }
}
