/** Which account something is done with: those that are online, and the one chosen among them, else the first. */
import { useState } from 'react';
import type { Account } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';

export interface OnlineAccounts {
  readonly online: readonly Account[];
  /** Undefined while none is. */
  readonly account: Account | undefined;
  choose(id: string): void;
}

export function useOnlineAccounts(): OnlineAccounts {
  const accounts = useMirror((mirror) => mirror.accounts);
  const connections = useMirror((mirror) => mirror.connections);
  const [chosen, choose] = useState<string>();
  const online = [...accounts.all.values()].filter(({ id }) => connections.all.get(id)?.status === 'online');
  return { online, account: online.find(({ id }) => id === chosen) ?? online[0], choose };
}
