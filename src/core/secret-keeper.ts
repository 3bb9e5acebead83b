/** Where passwords and tokens live now, and the move to another place. */
import { KithError } from '../base/index.ts';
import type { SecretKey, Secrets, SecretsMode } from '../contracts/index.ts';
import type { Asked } from '../domain/index.ts';
import type { Announcer } from './announcer.ts';

/** Opens another place. The passphrase is for the kind that stands under one. */
export type ChooseSecrets = (mode: SecretsMode, passphrase: string | undefined) => Promise<Secrets>;

/** Puts the question for a passphrase to the person. Rejects 'cancelled' when nobody answers. */
export type AskPassphrase = (why: Asked['passphrase']['question']['why']) => Promise<string>;

export class SecretKeeper {
  readonly #choose: ChooseSecrets | undefined;
  readonly #keys: () => readonly SecretKey[];
  readonly #announcer: Announcer;
  #now: Secrets;
  #moving = false;

  /** `keys` are those of every secret that may be kept now. */
  constructor(
    first: Secrets,
    choose: ChooseSecrets | undefined,
    keys: () => readonly SecretKey[],
    announcer: Announcer,
  ) {
    this.#now = first;
    this.#choose = choose;
    this.#keys = keys;
    this.#announcer = announcer;
  }

  get now(): Secrets {
    return this.#now;
  }

  /** Moves what is kept. When anything cannot be moved, all stays where it was. May wait for a person's passphrase. */
  async choose(mode: SecretsMode, passphrase: string | undefined): Promise<void> {
    if (this.#choose === undefined) throw new KithError('not-supported', 'Here passwords can live in one place only');
    if (this.#moving)
      throw new KithError('invalid-argument', 'The passwords are being moved already, and may wait for a passphrase');
    this.#moving = true;
    try {
      const before = this.#now;
      const after = await this.#choose(mode, passphrase);
      if (after === before) return;
      const moved = await this.#copy(before, after);
      this.#now = after;
      this.#announcer.say({ type: 'secrets-changed', secrets: after.mode });
      for (const key of moved) await before.remove(key);
    } finally {
      this.#moving = false;
    }
  }

  /** All or nothing: a secret that cannot be moved leaves none behind in the new place. */
  async #copy(before: Secrets, after: Secrets): Promise<readonly SecretKey[]> {
    const moved = new Map<SecretKey, string>();
    try {
      // What is given, changed or removed while this waits for a person moves too.
      while (await this.#copyChanged(before, after, moved));
      return [...moved.keys()];
    } catch (error) {
      await Promise.allSettled([...moved.keys()].map((key) => after.remove(key)));
      throw error;
    }
  }

  /** True when something had to be moved. */
  async #copyChanged(before: Secrets, after: Secrets, moved: Map<SecretKey, string>): Promise<boolean> {
    let changed = false;
    for (const key of new Set([...this.#keys(), ...moved.keys()])) {
      const secret = await before.get(key);
      if (secret === moved.get(key)) continue;
      changed = true;
      if (secret === undefined) {
        moved.delete(key);
        await after.remove(key);
      } else {
        moved.set(key, secret);
        await after.set(key, secret);
      }
    }
    return changed;
  }
}
