/** Secrets in one file: what 'plain' and 'sealed' share. How the text lies in the file is theirs. */
import { PrivateFile } from './private-file.ts';
import type { AccountId, Secrets, SecretsByAccount, SecretsMode } from './secrets.ts';
import { Turns } from './turns.ts';

export abstract class FiledSecrets implements Secrets {
  abstract readonly mode: SecretsMode;
  protected readonly file: PrivateFile;
  readonly #turns = new Turns();

  constructor(path: string) {
    this.file = new PrivateFile(path);
  }

  /** What the file holds. Throws 'disk' when it cannot be understood; the file is then never written. */
  protected abstract unpack(content: string): Promise<SecretsByAccount>;
  protected abstract pack(secrets: SecretsByAccount): Promise<string>;

  get(account: AccountId): Promise<string | undefined> {
    return this.#turns.take(async () => (await this.#load()).get(account));
  }

  set(account: AccountId, secret: string): Promise<void> {
    return this.#turns.take(async () => {
      const secrets = await this.#load();
      secrets.set(account, secret);
      await this.file.replace(await this.pack(secrets));
    });
  }

  /** With the last secret the file goes too. */
  remove(account: AccountId): Promise<void> {
    return this.#turns.take(async () => {
      const secrets = await this.#load();
      if (!secrets.delete(account)) return;
      if (secrets.size === 0) await this.file.remove();
      else await this.file.replace(await this.pack(secrets));
    });
  }

  async #load(): Promise<SecretsByAccount> {
    const content = await this.file.read();
    return content === undefined ? new Map<AccountId, string>() : this.unpack(content);
  }
}
