/** Secrets in one file: what 'plain' and 'sealed' share. How the text lies in the file is theirs. */
import { PrivateFile } from './private-file.ts';
import type { SecretKey, Secrets, SecretsByKey, SecretsMode } from './secrets.ts';
import { Turns } from './turns.ts';

export abstract class FiledSecrets implements Secrets {
  abstract readonly mode: SecretsMode;
  protected readonly file: PrivateFile;
  readonly #turns = new Turns();

  constructor(path: string) {
    this.file = new PrivateFile(path);
  }

  /** What the file holds. Throws 'disk' when it cannot be understood; the file is then never written. */
  protected abstract unpack(content: string): Promise<SecretsByKey>;
  protected abstract pack(secrets: SecretsByKey): Promise<string>;

  get(key: SecretKey): Promise<string | undefined> {
    return this.#turns.take(async () => (await this.#load()).get(key));
  }

  set(key: SecretKey, secret: string): Promise<void> {
    return this.#turns.take(async () => {
      const secrets = await this.#load();
      secrets.set(key, secret);
      await this.file.replace(await this.pack(secrets));
    });
  }

  /** With the last secret the file goes too. */
  remove(key: SecretKey): Promise<void> {
    return this.#turns.take(async () => {
      const secrets = await this.#load();
      if (!secrets.delete(key)) return;
      if (secrets.size === 0) await this.file.remove();
      else await this.file.replace(await this.pack(secrets));
    });
  }

  async #load(): Promise<SecretsByKey> {
    const content = await this.file.read();
    return content === undefined ? new Map<SecretKey, string>() : this.unpack(content);
  }
}
