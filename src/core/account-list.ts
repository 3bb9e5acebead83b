/** The accounts of this house, as configured. */
import { KithError } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import type { Account, AccountId, ContactId, ProtocolId } from '../domain/index.ts';
import type { Announcer } from './announcer.ts';

export class AccountList {
  readonly #store: Store;
  readonly #announcer: Announcer;
  readonly #accounts: Map<AccountId, Account>;

  constructor(store: Store, announcer: Announcer) {
    this.#store = store;
    this.#announcer = announcer;
    this.#accounts = new Map(store.accounts().map((account) => [account.id, account]));
  }

  all(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  has(id: AccountId): boolean {
    return this.#accounts.has(id);
  }

  /** Throws 'not-found'. */
  get(id: AccountId): Account {
    const account = this.#accounts.get(id);
    if (account === undefined) throw new KithError('not-found', 'There is no such account');
    return account;
  }

  byAddress(protocol: ProtocolId, address: ContactId): Account | undefined {
    return this.all().find((account) => account.protocol === protocol && account.address === address);
  }

  /** On disk first, then known. */
  save(account: Account): void {
    this.#store.saveAccount(account);
    this.#accounts.set(account.id, account);
    this.#announcer.say({ type: 'accounts-changed', changed: [account], removed: [] });
  }

  remove(id: AccountId): void {
    this.#store.removeAccount(id);
    this.#accounts.delete(id);
    this.#announcer.say({ type: 'accounts-changed', changed: [], removed: [id] });
  }
}
