/** What a verb sees of the house: the running one over its socket, or the profile opened for this act. */
import { KithError, type AsyncDisposable, type Event } from '../../base/index.ts';
import type { Bridge, HouseChange, HouseSnapshot } from '../../contracts/index.ts';
import type { Account, AccountId } from '../../domain/index.ts';

export interface Sight extends Bridge, AsyncDisposable {
  /** True when a Kith runs that will go on after this act. */
  readonly running: boolean;
  /** As it was at the beginning of this act; call it before listening. */
  join(): Promise<HouseSnapshot>;
  readonly onDidHear: Event<HouseChange>;
}

/** The account a person means by its address, in any spelling its list shows. Throws 'not-found'. */
export function accountOf(accounts: readonly Account[], address: string): Account {
  const wanted = address.toLowerCase();
  const found = accounts.filter((account) => account.address.toLowerCase() === wanted || account.id === address);
  const [one] = found;
  if (one === undefined)
    throw new KithError('not-found', `There is no account ${address}; kith account list shows them`);
  return one;
}

/** What --account says, as an id. */
export function chosenAccount(snapshot: HouseSnapshot, address: string | undefined): AccountId | undefined {
  return address === undefined ? undefined : accountOf(snapshot.accounts, address).id;
}
