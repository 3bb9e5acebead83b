/** Where passwords live now, and the move to another place. */
import { KithError } from '../base/index.ts';
import type { Secrets, SecretsMode } from '../contracts/index.ts';
import type { AccountId } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Announcer } from './announcer.ts';

/** Opens another place. The passphrase is for the kind that stands under one. */
export type ChooseSecrets = (mode: SecretsMode, passphrase: string | undefined) => Promise<Secrets>;

/** Puts the question for a passphrase to the person. Rejects 'cancelled' when nobody answers. */
export type AskPassphrase = (why: 'needed' | 'refused') => Promise<string>;

export class SecretKeeper {
  readonly #choose: ChooseSecrets | undefined;
  readonly #accounts: AccountList;
  readonly #announcer: Announcer;
  #now: Secrets;

  constructor(first: Secrets, choose: ChooseSecrets | undefined, accounts: AccountList, announcer: Announcer) {
    this.#now = first;
    this.#choose = choose;
    this.#accounts = accounts;
    this.#announcer = announcer;
  }

  get now(): Secrets {
    return this.#now;
  }

  /** Moves what is kept. When anything cannot be moved, all stays where it was. */
  async choose(mode: SecretsMode, passphrase: string | undefined): Promise<void> {
    if (this.#choose === undefined) throw new KithError('not-supported', 'Here passwords can live in one place only');
    const before = this.#now;
    const after = await this.#choose(mode, passphrase);
    if (after === before) return;
    const moved = await this.#copy(before, after);
    this.#now = after;
    this.#announcer.say({ type: 'secrets-changed', secrets: after.mode });
    for (const account of moved) await before.remove(account);
  }

  /** All or nothing: a secret that cannot be moved leaves none behind in the new place. */
  async #copy(before: Secrets, after: Secrets): Promise<readonly AccountId[]> {
    const moved: AccountId[] = [];
    try {
      for (const { id } of this.#accounts.all()) {
        const secret = await before.get(id);
        if (secret === undefined) continue;
        moved.push(id);
        await after.set(id, secret);
      }
      return moved;
    } catch (error) {
      await Promise.allSettled(moved.map((id) => after.remove(id)));
      throw error;
    }
  }
}
