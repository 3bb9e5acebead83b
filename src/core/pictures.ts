/** Pictures of people by name: out of the store, else from whoever bears one, and then kept. */
import { createHash } from 'node:crypto';
import { asKithError, KithError, type Log } from '../base/index.ts';
import type { Picture, Store } from '../contracts/index.ts';
import { type AccountId, type ContactId, isAvatar, largestPicture, pictureType } from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import type { Connections } from './connections.ts';

/** As many names that led to nothing are remembered, so that a list that scrolls does not ask for them again and again. */
const mostMissing = 500;

export class Pictures {
  readonly #store: Store;
  readonly #connections: Connections;
  readonly #log: Log;
  readonly #coming = new Map<string, Promise<Picture | undefined>>();
  readonly #missing = new Set<string>();

  constructor(store: Store, connections: Connections, log: Log) {
    this.#store = store;
    this.#connections = connections;
    this.#log = log;
  }

  /** Undefined for what nobody here bears, and for what cannot be had now. */
  async find(avatar: string): Promise<Picture | undefined> {
    if (!isAvatar(avatar)) return undefined;
    const kept = this.#store.picture(avatar);
    if (kept !== undefined) return kept;
    if (this.#missing.has(avatar)) return undefined;
    const coming = this.#coming.get(avatar) ?? this.#fetch(avatar).finally(() => this.#coming.delete(avatar));
    this.#coming.set(avatar, coming);
    return coming;
  }

  /** Sets the account's own; empty takes it away. */
  async setOwn(account: AccountId, picture: string): Promise<void> {
    const bytes = Buffer.from(picture, 'base64');
    if (picture !== '' && pictureType(bytes) === undefined)
      throw new KithError('invalid-argument', 'Kith takes PNG, JPEG, WebP and GIF pictures');
    if (bytes.length > largestPicture) throw new KithError('invalid-argument', 'This picture is too big');
    await this.#connections.lent(account, 'avatars', 'shows no pictures').setOwn(picture);
  }

  /** The account is online again: what could not be had may be there now. */
  lookAgain(): void {
    this.#missing.clear();
  }

  async #fetch(avatar: string): Promise<Picture | undefined> {
    for (const { connection, of } of this.#bearers(avatar)) {
      const facet = connection.facet('avatars');
      if (facet === undefined) continue;
      const bytes = await facet.fetch(of, avatar).then(
        (text) => Buffer.from(text, 'base64'),
        (error: unknown) => this.#log.debug('A picture could not be had', { code: asKithError(error).code }),
      );
      const type = bytes === undefined ? undefined : pictureType(bytes);
      if (bytes === undefined || type === undefined || bytes.length > largestPicture) continue;
      // A protocol checks this too; what is kept under a name must be what the name says.
      if (createHash('sha1').update(bytes).digest('hex') !== avatar) continue;
      this.#keep(avatar, { type, bytes });
      return { type, bytes };
    }
    if (this.#missing.size >= mostMissing) this.#missing.clear();
    this.#missing.add(avatar);
    return undefined;
  }

  #keep(avatar: string, picture: Picture): void {
    try {
      this.#store.savePicture(avatar, picture);
    } catch (error) {
      // It can be fetched again; the person is not to be troubled for it.
      this.#log.warn('A picture could not be kept', { code: asKithError(error).code });
    }
  }

  *#bearers(avatar: string): Generator<{ readonly connection: AccountConnection; readonly of: ContactId }> {
    for (const connection of this.#connections.all()) {
      const { living } = connection;
      if (living.profile.avatar === avatar && living.self !== undefined) yield { connection, of: living.self.contact };
      for (const contact of living.contacts.values())
        // Asking a stranger would tell them that somebody looks.
        if (contact.listed && contact.avatar === avatar) yield { connection, of: contact.id };
    }
  }
}
