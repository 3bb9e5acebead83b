/** Secrets in a file under a passphrase. The passphrase is asked for when first needed; its key stays in memory. */
import { join } from 'node:path';
import { KithError } from '../base/index.ts';
import { fromText, toText } from './secrets-text.ts';
import { FiledSecrets } from './filed.ts';
import { keyFor, newKey, parseSealed, seal, unseal, type SealKey, type Sealed } from './seal.ts';
import type { AskPassphrase, SecretsByKey, WhyPassphrase } from './secrets.ts';

export class SealedSecrets extends FiledSecrets {
  readonly mode = 'sealed';
  readonly #ask: AskPassphrase;
  #key: SealKey | undefined;

  constructor(folder: string, ask: AskPassphrase) {
    super(join(folder, 'secrets.sealed'));
    this.#ask = ask;
  }

  protected override async unpack(content: string): Promise<SecretsByKey> {
    const sealed = parseSealed(content);
    if (sealed === 'newer')
      throw new KithError('profile-newer', 'A newer Kith has sealed the passwords. Start the newer Kith to open them.');
    if (sealed === 'damaged') throw this.file.damaged();
    const text = unseal(await this.#keyOf(sealed), sealed);
    const secrets = text === undefined ? undefined : fromText(text);
    if (secrets === undefined) throw this.file.damaged();
    return secrets;
  }

  protected override async pack(secrets: SecretsByKey): Promise<string> {
    this.#key ??= await newKey(await this.#newPassphrase());
    return seal(this.#key, toText(secrets));
  }

  async #newPassphrase(): Promise<string> {
    const passphrase = await this.#passphrase('new');
    if (passphrase === '') throw new KithError('invalid-argument', 'An empty passphrase would seal nothing.');
    return passphrase;
  }

  async #keyOf(sealed: Sealed): Promise<SealKey> {
    if (this.#key?.header === sealed.header) return this.#key;
    let why: 'needed' | 'refused' = 'needed';
    for (;;) {
      const key = await keyFor(await this.#passphrase(why), sealed);
      if (key !== undefined) {
        this.#key = key;
        return key;
      }
      why = 'refused';
    }
  }

  async #passphrase(why: WhyPassphrase): Promise<string> {
    try {
      return await this.#ask(why);
    } catch (error) {
      if (error instanceof KithError) throw error;
      throw new KithError('password-needed', 'The passwords are sealed, and no passphrase was given.', {
        cause: error,
      });
    }
  }
}
