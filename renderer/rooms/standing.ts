/** How one stands with a room one is not in, and what can be done about it. */
import type { Room, StatusReason } from '../../src/domain/index.ts';

export type Standing =
  /** In it, or on the way: what is written goes, now or then. */
  | { readonly kind: 'in' }
  | { readonly kind: 'coming' }
  | { readonly kind: 'invited'; readonly text: string }
  | { readonly kind: 'left' }
  /** Refused or lost; `remedy` is what brings one in. */
  | { readonly kind: 'out'; readonly why: string; readonly remedy: Remedy };

/**
 * - password, nick: the room wants another one
 * - wait: Kith tries again by itself
 * - ask: only the person can try again, when something has changed on the other side
 * - none: it is gone
 */
export type Remedy = 'password' | 'nick' | 'wait' | 'ask' | 'none';

const remedies: { readonly [C in StatusReason['code']]?: Remedy } = {
  'password-needed': 'password',
  'already-exists': 'nick',
  cancelled: 'none',
  'permission-denied': 'ask',
  'invalid-argument': 'ask',
  'not-supported': 'ask',
};

export function standingIn({ status, wanted, reason, invitation }: Room): Standing {
  if (status === 'joined') return { kind: 'in' };
  if (status === 'joining') return { kind: 'coming' };
  if (invitation !== undefined) return { kind: 'invited', text: invitation.text };
  if (reason !== undefined) {
    const remedy = remedies[reason.code] ?? (wanted ? 'wait' : 'ask');
    return { kind: 'out', why: reason.text, remedy };
  }
  return wanted ? { kind: 'coming' } : { kind: 'left' };
}
