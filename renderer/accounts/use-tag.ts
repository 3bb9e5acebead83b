/** The short word for a way of talking, where there are several and it makes a difference. */
import type { AccountId } from '../../src/domain/index.ts';
import { type Mirror, useMirror } from '../mirror/index.ts';

/** Undefined while all accounts speak the same. */
export function tagOf({ accounts, protocols }: Mirror, account: AccountId): string | undefined {
  const inUse = new Set([...accounts.all.values()].map(({ protocol }) => protocol));
  if (inUse.size < 2) return undefined;
  const spoken = accounts.all.get(account)?.protocol;
  return protocols.find(({ id }) => id === spoken)?.tag;
}

export const useTag = (account: AccountId): string | undefined => useMirror((mirror) => tagOf(mirror, account));
