/** Secrets in the desktop's keyring, by the Secret Service. */
import { KithError } from '../base/index.ts';
import type { SecretKey, Secrets } from './secrets.ts';

const SERVICE = 'im.kith.Kith';

/** What we use of the keyring's entry. */
interface Entry {
  getPassword(): Promise<string | null>;
  setPassword(secret: string): Promise<void>;
  deleteCredential(): Promise<boolean>;
}

export class KeyringSecrets implements Secrets {
  readonly mode = 'keyring';

  async get(key: SecretKey): Promise<string | undefined> {
    return (await withEntry(key, (entry) => entry.getPassword())) ?? undefined;
  }

  async set(key: SecretKey, secret: string): Promise<void> {
    await withEntry(key, (entry) => entry.setPassword(secret));
  }

  async remove(key: SecretKey): Promise<void> {
    await withEntry(key, (entry) => entry.deleteCredential());
  }
}

/**
 * The native part is loaded on first use: who does not keep secrets here does not pay for it.
 * Left to itself it falls back to the kernel's keyring, which forgets everything at the next boot.
 */
async function withEntry<T>(key: SecretKey, act: (entry: Entry) => Promise<T>): Promise<T> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    return await act(new AsyncEntry(SERVICE, key, { linux: { store: 'secret-service' } }));
  } catch (error) {
    throw keyringTrouble(error);
  }
}

function keyringTrouble(cause: unknown): KithError {
  if (cause instanceof Error && /dismissed|locked/i.test(cause.message))
    return new KithError('password-needed', 'The keyring is locked. Unlock it and try again.', { cause });
  return new KithError(
    'not-supported',
    'There is no keyring on this desktop that Kith can use. Start one (GNOME Keyring or KWallet), or keep passwords under a passphrase of your own instead.',
    { cause },
  );
}
