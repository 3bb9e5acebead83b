/** How we are to others: which states can be taken on, which one was asked for, and a way to another. */
import type { Account, Availability } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';

/** The order they are always shown in. */
const order: readonly Availability[] = ['available', 'busy', 'away', 'extended-away', 'hidden', 'offline'];

export interface OwnState {
  /** Those that are in use. */
  readonly accounts: readonly Account[];
  /** Who we are where only one can be shown; undefined while there is no account. */
  readonly first: Account | undefined;
  /** Those at least one account can take on. */
  readonly states: readonly Availability[];
  set(state: Availability, message: string): void;
}

export function useOwnState(): OwnState {
  const all = useMirror((mirror) => mirror.accounts);
  const protocols = useMirror((mirror) => mirror.protocols);
  const accounts = [...all.all.values()].filter(({ enabled }) => enabled);
  const used = new Set([...all.all.values()].map(({ protocol }) => protocol));
  const settable = new Set<Availability>(['offline']);
  for (const { id, statuses } of protocols) {
    if (used.has(id)) for (const status of statuses) if (status.settable) settable.add(status.availability);
  }
  return {
    accounts,
    first: accounts[0] ?? [...all.all.values()][0],
    states: order.filter((state) => settable.has(state)),
    set: (availability, message) => orSay(ask('presence.set', { availability, message })),
  };
}
