/** What a lost connection asks for, by the reason it was lost. */
import type { StatusReason } from '../domain/index.ts';

/**
 * - soon: by itself, later and later: somebody is there, and has trouble enough
 * - steadily: by itself, for the first minutes without growing rarer: what is not there is not burdened
 * - person: only when the person acts, because trying again would fail alike or do harm
 * - never: nothing is wrong, or someone else brings it back
 */
export type RetryRule = 'soon' | 'steadily' | 'person' | 'never';

/** Total: a new code does not compile until it has a rule here. */
export const retryPolicy: Readonly<Record<StatusReason['code'], RetryRule>> = {
  requested: 'never',
  cancelled: 'never',
  // The host starts the protocol again and replays what was asked of it.
  'protocol-crashed': 'never',

  unreachable: 'steadily',

  network: 'soon',
  timeout: 'soon',
  'server-silent': 'soon',
  'server-refused': 'soon',
  'not-online': 'soon',
  'not-found': 'soon',
  'not-confirmed': 'soon',
  disk: 'soon',
  internal: 'soon',

  // The same password again gets people locked out.
  'authentication-failed': 'person',
  'password-needed': 'person',
  'server-unproven': 'person',
  // Somebody may be in between, who would like nothing better than another try.
  downgraded: 'person',
  certificate: 'person',
  'not-encrypted': 'person',
  // Two devices that throw each other out would do so for ever.
  replaced: 'person',
  'invalid-argument': 'person',
  'already-exists': 'person',
  'permission-denied': 'person',
  'not-supported': 'person',
  'profile-in-use': 'person',
  'profile-newer': 'person',
};

/** Whether it is tried again without anybody doing anything. */
export function triedByItself(code: StatusReason['code']): boolean {
  return retryPolicy[code] === 'soon' || retryPolicy[code] === 'steadily';
}
