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

export const noAccountYet = 'There is no account yet; kith account add ADDRESS makes one.';

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

/** As `chosenAccount`, or one that is online. Throws 'not-found' when there is none at all. */
export function onlineAccount(snapshot: HouseSnapshot, address: string | undefined): AccountId {
  const { accounts, connections } = snapshot;
  const account =
    chosenAccount(snapshot, address) ??
    connections.find(({ status }) => status === 'online')?.account ??
    accounts[0]?.id;
  if (account === undefined) throw new KithError('not-found', noAccountYet);
  return account;
}
