/** What was written and not sent. */
import type { Draft } from '../contracts/index.ts';
import { targetAddress, type AccountId, type ConversationTarget } from '../domain/index.ts';
import type { Accounts } from './accounts.ts';
import type { Database } from './database.ts';
import { targetFrom } from './message-row.ts';

interface DraftRow {
  readonly account: AccountId;
  readonly kind: ConversationTarget['kind'];
  readonly address: string;
  readonly text: string;
}

export class Drafts {
  readonly #database: Database;
  readonly #accounts: Accounts;

  constructor(database: Database, accounts: Accounts) {
    this.#database = database;
    this.#accounts = accounts;
  }

  all(): readonly Draft[] {
    return this.#database
      .all<DraftRow>(
        `SELECT account.id AS account, draft.kind, draft.address, draft.text
         FROM draft JOIN account ON account.key = draft.account`,
      )
      .map(({ account, kind, address, text }) => ({ account, target: targetFrom(kind, address), text }));
  }

  /** Empty strikes it out. Throws 'not-found' for an account that is gone. */
  save(account: AccountId, target: ConversationTarget, text: string): void {
    const at = [this.#accounts.key(account), target.kind, targetAddress(target)] as const;
    if (text === '') this.#database.run('DELETE FROM draft WHERE account = ? AND kind = ? AND address = ?', ...at);
    else
      this.#database.run(
        'INSERT OR REPLACE INTO draft (account, kind, address, text) VALUES (?, ?, ?, ?)',
        ...at,
        text,
      );
  }
}
