/** The window's one line to the house, and what it knows by it. */
import { systemClock } from '../../src/base/index.ts';
import type { Bridge } from '../../src/contracts/index.ts';
import { startLink } from './link.ts';
import { openPosted, openSocket } from './port.ts';
import { revision, takeChange, takeLoss, takeSnapshot } from './store.ts';

const overSocket = location.protocol === 'http:' || location.protocol === 'https:';

const link = startLink(
  overSocket ? openSocket : openPosted,
  {
    revision,
    snapshot: takeSnapshot,
    change: takeChange,
    lost: takeLoss,
  },
  systemClock,
);

/** Asks the house. Rejects with KithError. */
export const ask: Bridge['ask'] = link.ask;
export const { onDidHear } = link;
export { type Edition, forgetOthers, keepHistory, type Mirror, useMirror } from './store.ts';
export { append, type History, keepNewest, mostKept, noHistory, prepend } from './histories.ts';
export { keyText } from './house.ts';
