/** What every keeper of secrets promises. The shapes are those of the contracts, which this room may not import. */
import type { Id } from '../base/index.ts';

/** An account's password goes by the account's id, its token by that and a word, a secret setting by its name behind another. */
export type SecretKey = Id<'account'> | `${Id<'account'>}/token` | `${Id<'account'>}/setting/${string}`;
export type SecretsMode = 'keyring' | 'sealed' | 'ask' | 'memory' | 'plain';

export interface Secrets {
  readonly mode: SecretsMode;
  /** Undefined when none is kept. Rejects 'password-needed' when it is kept and cannot be opened now. */
  get(key: SecretKey): Promise<string | undefined>;
  /** Resolves when it is kept the way `mode` says. */
  set(key: SecretKey, secret: string): Promise<void>;
  /** Harmless when none is kept. */
  remove(key: SecretKey): Promise<void>;
}

/**
 * 'refused': the one given last does not open the file. 'new': there is no file yet, and what is answered
 * will seal it. Rejecting ends the asking; what waited rejects with it.
 */
export type AskPassphrase = (why: WhyPassphrase) => Promise<string>;
export type WhyPassphrase = 'needed' | 'refused' | 'new';

/** All secrets of a file. */
export type SecretsByKey = Map<SecretKey, string>;
