/** What servers gave in exchange for passwords: kept where those are, and gone with them. */
import { ignore, type Log } from '../base/index.ts';
import type { SecretKey } from '../contracts/index.ts';
import type { AccountId } from '../domain/index.ts';
import { InTurn } from './in-turn.ts';
import type { SecretKeeper } from './secret-keeper.ts';

/** Under which an account's token is kept. */
export function tokenKey(account: AccountId): SecretKey {
  return `${account}/token`;
}

export class Tokens {
  readonly #secrets: SecretKeeper;
  readonly #log: Log;
  /** Of all accounts: whoever reads finds what was kept before. */
  readonly #inTurn = new InTurn();
  readonly #leaving = new Set<AccountId>();

  constructor(secrets: SecretKeeper, log: Log) {
    this.#secrets = secrets;
    this.#log = log;
  }

  async read(account: AccountId): Promise<string | undefined> {
    let token: string | undefined;
    await this.#inTurn.do(async () => {
      token = await this.#secrets.now.get(tokenKey(account));
    });
    return token;
  }

  /** A token that cannot be kept is not missed: the next login takes the password. */
  keep(account: AccountId, token: string | undefined): void {
    if (this.#leaving.has(account)) return;
    if (token === undefined) return ignore(this.forget(account), 'A token could not be forgotten', this.#log);
    const kept = this.#inTurn.do(() => this.#secrets.now.set(tokenKey(account), token));
    ignore(Promise.resolve(kept), 'A token could not be kept', this.#log);
  }

  /** The account goes: what its protocol still says in its last moments must not stay behind. */
  async end(account: AccountId): Promise<void> {
    this.#leaving.add(account);
    await this.forget(account);
  }

  async forget(account: AccountId): Promise<void> {
    await this.#inTurn.do(() => this.#secrets.now.remove(tokenKey(account)));
  }
}
