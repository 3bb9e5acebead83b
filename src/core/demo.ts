/** Whether this house is the demo. */
import type { AccountDraft } from '../contracts/index.ts';
import type { AccountList } from './account-list.ts';
import type { Hosts } from './hosts.ts';

/** True when there are accounts and all of them are the demo's: then nothing leaves the computer. */
export function isDemo(drafts: readonly AccountDraft[], accountList: AccountList, hosts: Hosts): boolean {
  const accounts = accountList.all();
  return (
    accounts.length > 0 &&
    accounts.every((account) =>
      drafts.some(
        ({ protocol, address }) =>
          protocol === account.protocol && hosts.face(protocol).normalise(address) === account.address,
      ),
    )
  );
}
