/** Accounts that their server is still to make. The invitation one is made by is a secret like a password, kept there until it was used. */
import { ignore, KithError, type Log } from '../base/index.ts';
import { invited, type Store, toBeMade, uninvited } from '../contracts/index.ts';
import type { AccountId } from '../domain/index.ts';
import { coreMemory } from './core-memory.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import { settingKey } from './secret-settings.ts';

/** In the account's memory while an invitation is kept for it. */
const invitationKept = `${coreMemory}invitation-kept`;

/** Under which the invitation of an account is kept. */
export const invitationKey = (account: AccountId) => settingKey(account, 'invitation');

export class Registrations {
  readonly #store: Store;
  readonly #secrets: SecretKeeper;
  readonly #log: Log;

  constructor(store: Store, secrets: SecretKeeper, log: Log) {
    this.#store = store;
    this.#secrets = secrets;
    this.#log = log;
  }

  /** Its protocol makes it when it connects. */
  async begin(account: AccountId, invitation: string | undefined): Promise<void> {
    if (invitation !== undefined) {
      this.#store.remember(account, invitationKept, 'yes');
      await this.#secrets.now.set(invitationKey(account), invitation);
    }
    this.#store.remember(account, toBeMade, invitation === undefined ? uninvited : invited);
  }

  /** The link. Rejects 'permission-denied' when it was kept in memory only, and Kith ended since. */
  async invitation(account: AccountId): Promise<string> {
    const link = await this.#secrets.now.get(invitationKey(account));
    if (link !== undefined) return link;
    throw new KithError(
      'permission-denied',
      'The invitation is not kept any more. Remove this account, and open the invitation again',
    );
  }

  /** The account is there. */
  made(account: AccountId): void {
    if (!this.#store.memory(account).some(([key]) => key === invitationKept)) return;
    const forgotten = this.#secrets.now
      .remove(invitationKey(account))
      .then(() => this.#store.remember(account, invitationKept, undefined));
    ignore(forgotten, 'An invitation could not be forgotten; the next connection tries again', this.#log);
  }

  async remove(account: AccountId): Promise<void> {
    await this.#secrets.now.remove(invitationKey(account));
  }
}
