/** The contact lists of the last session, and who a person said is whom. */
import {
  newContact,
  type AccountId,
  type Contact,
  type ContactId,
  type ContactKey,
  type PersonId,
} from '../domain/index.ts';
import type { Accounts } from './accounts.ts';
import type { Database } from './database.ts';

export interface Link {
  readonly person: PersonId;
  readonly contacts: readonly ContactKey[];
}

export class Contacts {
  readonly #database: Database;
  readonly #accounts: Accounts;

  constructor(database: Database, accounts: Accounts) {
    this.#database = database;
    this.#accounts = accounts;
  }

  /** Their presence is unknown: what it was when they were written down says nothing about now. */
  of(account: AccountId): readonly Contact[] {
    const rows = this.#database.all<{ id: ContactId; facts: string }>(
      'SELECT id, facts FROM contact WHERE account = (SELECT key FROM account WHERE id = ?)',
      account,
    );
    // An older Kith knew less of them.
    return rows.map((row) => newContact(row.id, JSON.parse(row.facts) as Omit<Contact, 'id' | 'presence'>));
  }

  /** One transaction. Throws 'not-found' for an account that is gone. */
  save(account: AccountId, changed: readonly Contact[], removed: readonly ContactId[]): void {
    this.#database.together(() => {
      const key = this.#accounts.key(account);
      for (const { id, presence: _now, ...facts } of changed)
        this.#database.run(
          'INSERT INTO contact (account, id, facts) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET facts = excluded.facts',
          key,
          id,
          JSON.stringify(facts),
        );
      for (const id of removed) this.#database.run('DELETE FROM contact WHERE account = ? AND id = ?', key, id);
    });
  }

  links(): readonly Link[] {
    const rows = this.#database.all<{ person: PersonId; account: AccountId; contact: ContactId }>(
      `SELECT link.person, account.id AS account, link.contact
       FROM link JOIN account ON account.key = link.account ORDER BY link.person, account.key, link.contact`,
    );
    const people = new Map<PersonId, ContactKey[]>();
    for (const { person, account, contact } of rows) {
      const linked = people.get(person) ?? [];
      linked.push({ account, contact });
      people.set(person, linked);
    }
    return [...people].map(([person, contacts]) => ({ person, contacts }));
  }
}
