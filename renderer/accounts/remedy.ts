/** Does the one thing a line offers. */
import { assertNever, type KithError } from '../../src/base/index.ts';
import { ask } from '../mirror/index.ts';
import { showToast } from '../widgets/toast.tsx';
import { openPage } from '../window/place.ts';
import { words } from '../words.ts';
import type { Remedy } from './plight.ts';

/** What was given cannot be taken: the error itself says why, for every other one there are words. */
export const faultText = ({ code, message }: KithError): string =>
  code === 'invalid-argument' && message !== '' ? message : words.fault[code];

/** For wishes whose refusal is said in passing. */
export const orSay = (asked: Promise<unknown>): void => {
  asked.catch((error: KithError) => showToast(faultText(error)));
};

export function apply(remedy: Remedy): void {
  switch (remedy.kind) {
    case 'cancel':
      return orSay(ask('presence.set', { account: remedy.account, availability: 'offline', message: '' }));
    case 'connect':
      return orSay(ask('account.connect', { account: remedy.account }));
    case 'account':
      openPage({ kind: 'settings', page: 'accounts' });
      return toPassword();
    case 'question':
      openPage({ kind: 'question', question: remedy.question });
      return toPassword();
    case 'start-again':
      return orSay(ask('protocol.startAgain', { protocol: remedy.protocol }));
    default:
      return assertNever(remedy);
  }
}

/** Whoever chose 'Sign in' or 'Open' is about to type. */
function toPassword(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-pane=main] input[type=password]')?.focus());
}
