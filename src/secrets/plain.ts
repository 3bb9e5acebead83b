/** Secrets in a file anyone who can read the profile can read. Only a person's explicit choice leads here. */
import { join } from 'node:path';
import { fromText, toText } from './secrets-text.ts';
import { FiledSecrets } from './filed.ts';
import type { SecretsByKey } from './secrets.ts';

export class PlainSecrets extends FiledSecrets {
  readonly mode = 'plain';

  constructor(folder: string) {
    super(join(folder, 'secrets.plain'));
  }

  protected override async unpack(content: string): Promise<SecretsByKey> {
    const secrets = fromText(content);
    if (secrets === undefined) throw this.file.damaged();
    return secrets;
  }

  protected override async pack(secrets: SecretsByKey): Promise<string> {
    return `${toText(secrets)}\n`;
  }
}
