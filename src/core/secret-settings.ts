/** The secrets of an account besides its password: settings its protocol calls secret, kept where passwords are, and asked for like them. */
import { KithError } from '../base/index.ts';
import type { ProtocolManifest, SecretKey } from '../contracts/index.ts';
import type { Aborting, AccountId, Asked } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Questions } from './questions.ts';
import type { SecretKeeper } from './secret-keeper.ts';

type Names = Pick<ProtocolManifest, 'parameters'>;

export function secretSettings({ parameters }: Names): readonly string[] {
  return parameters.filter(({ secret }) => secret).map(({ name }) => name);
}

export function settingKey(account: AccountId, name: string): SecretKey {
  return `${account}/setting/${name}`;
}

export class SecretSettings {
  readonly #accounts: AccountList;
  readonly #secrets: SecretKeeper;
  readonly #questions: Questions;

  constructor(accounts: AccountList, secrets: SecretKeeper, questions: Questions) {
    this.#accounts = accounts;
    this.#secrets = secrets;
    this.#questions = questions;
  }

  /** The kept one; else the person's, kept from then on. Rejects 'password-needed' when there is nobody to ask. */
  async answer(account: AccountId, asked: Asked['secret']['question'], signal: Aborting): Promise<string> {
    const kept = asked.why === 'needed' ? await this.#secrets.now.get(settingKey(account, asked.name)) : undefined;
    if (kept !== undefined) return kept;
    if (this.#secrets.now.mode === 'memory') throw nobodyToAsk(this.#accounts.get(account).address, asked.name);
    const given = await this.#questions.raise('secret', asked, account, signal);
    await this.#secrets.now.set(settingKey(account, asked.name), given);
    return given;
  }

  /** The person gave these; an empty one is forgotten. */
  async set(account: AccountId, given: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, secret] of Object.entries(given)) {
      const key = settingKey(account, name);
      await (secret === '' ? this.#secrets.now.remove(key) : this.#secrets.now.set(key, secret));
    }
  }

  async remove(account: AccountId, manifest: Names): Promise<void> {
    for (const name of secretSettings(manifest)) await this.#secrets.now.remove(settingKey(account, name));
  }
}

function nobodyToAsk(address: string, name: string): KithError {
  return new KithError(
    'password-needed',
    `The right ${name} of ${address} is not kept, and nobody is here to ask. Run: kith account set ${address} --set ${name}=-`,
  );
}
