/** The room's one door: where passwords and tokens live. */
import { KeyringSecrets } from './keyring.ts';
import { MemorySecrets } from './memory.ts';
import { PlainSecrets } from './plain.ts';
import { SealedSecrets } from './sealed.ts';
import type { AskPassphrase, Secrets, SecretsMode } from './secrets.ts';

export type { AskPassphrase, Secrets, SecretsMode } from './secrets.ts';

export interface SecretsParts {
  /** The profile's folder; it exists. */
  readonly folder: string;
  /** Only 'sealed' asks, and only when a secret is first needed. */
  readonly askPassphrase: AskPassphrase;
}

/** Touches nothing yet: files, keyring and person are asked when a secret is. */
export function openSecrets(mode: SecretsMode, parts: SecretsParts): Secrets {
  switch (mode) {
    case 'keyring':
      return new KeyringSecrets();
    case 'sealed':
      return new SealedSecrets(parts.folder, parts.askPassphrase);
    case 'plain':
      return new PlainSecrets(parts.folder);
    case 'ask':
    case 'memory':
      return new MemorySecrets(mode);
  }
}
