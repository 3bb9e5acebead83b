/** How a protocol's question for the password is answered, and what is done about one that was refused. */
import { KithError } from '../base/index.ts';
import { type Store, withPassword } from '../contracts/index.ts';
import type { Aborting, AccountId, Asked } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import { coreMemory } from './core-memory.ts';
import type { Questions } from './questions.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import type { Tokens } from './tokens.ts';

const refusedKey = `${coreMemory}password-refused`;

export class Passwords {
  readonly #store: Store;
  readonly #accounts: AccountList;
  readonly #secrets: SecretKeeper;
  readonly #tokens: Tokens;
  readonly #questions: Questions;

  constructor(store: Store, accounts: AccountList, secrets: SecretKeeper, tokens: Tokens, questions: Questions) {
    this.#store = store;
    this.#accounts = accounts;
    this.#secrets = secrets;
    this.#tokens = tokens;
    this.#questions = questions;
  }

  /** The kept one; else the person's, kept from then on. Rejects 'password-needed' when there is nobody to ask. */
  async answer(account: AccountId, asked: Asked['password']['question'], signal: Aborting): Promise<string> {
    if (asked.why === 'needed') {
      const kept = await this.#secrets.now.get(account);
      if (kept !== undefined) return kept;
    }
    if (this.#secrets.now.mode === 'memory') throw nobodyToAsk(this.#accounts.get(account).address, asked.why);
    const given = await this.#questions.raise('password', asked, account, signal);
    await this.set(account, given);
    return given;
  }

  /** The person gave a new one. */
  async set(account: AccountId, password: string): Promise<void> {
    await this.#secrets.now.set(account, password);
    this.#markRefused(account, undefined);
  }

  /** What was learnt with an earlier password, or given in exchange for it, says nothing about a new one. */
  async forgetLearnt(account: AccountId): Promise<void> {
    await this.#tokens.forget(account);
    for (const [key] of this.#store.memory(account))
      if (key.startsWith(withPassword)) this.#store.remember(account, key, undefined);
  }

  async remove(account: AccountId): Promise<void> {
    this.#questions.withdrawAll(account);
    await this.#tokens.end(account);
    await this.#secrets.now.remove(account);
  }

  /** Kept over restarts: a wrong password that goes out with every start gets a person locked out. */
  wasRefused(account: AccountId): boolean {
    return this.#store.memory(account).some(([key]) => key === refusedKey);
  }

  refused(account: AccountId): void {
    this.#markRefused(account, 'yes');
  }

  /** The server took it after all. */
  accepted(account: AccountId): void {
    if (this.wasRefused(account)) this.#markRefused(account, undefined);
  }

  #markRefused(account: AccountId, value: string | undefined): void {
    this.#store.remember(account, refusedKey, value);
  }
}

function nobodyToAsk(address: string, why: 'needed' | 'refused'): KithError {
  const plight =
    why === 'needed' ? `No password is kept for ${address}` : `The kept password of ${address} was refused`;
  return new KithError(
    'password-needed',
    `${plight}, and nobody is here to ask. Sign in from Kith’s window, or run: kith account set ${address}`,
  );
}
