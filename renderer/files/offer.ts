/** Whether files can go by an account, and how large they may be. */
import type { AccountId } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';

export interface Offered {
  /** Why none can be sent. */
  readonly refusal?: string;
  /** In bytes; undefined where no bound is known. */
  readonly largest?: number;
}

export function offerOf(account: AccountId, { connections, accounts } = useMirror.getState()): Offered {
  const files = connections.all.get(account)?.files;
  // One that has not said yet is asked when the file's turn comes.
  if (files?.takes === false) return { refusal: words.files.takesNone(accounts.all.get(account)?.address ?? '') };
  return files?.largest === undefined ? {} : { largest: files.largest };
}

export function useOffer(account: AccountId): Offered {
  const refusal = useMirror((mirror) => offerOf(account, mirror).refusal);
  const largest = useMirror((mirror) => offerOf(account, mirror).largest);
  return { ...(refusal === undefined ? {} : { refusal }), ...(largest === undefined ? {} : { largest }) };
}
