/** Files that others sent: fetched when a person asks; by itself only a picture from somebody in the list, and only to be looked at. */
import { asKithError, KithError, type Log } from '../base/index.ts';
import type { FileRoom, Picture, Store } from '../contracts/index.ts';
import {
  type AccountId,
  comesByItself,
  type ContactKey,
  largestFetched,
  largestShown,
  type Message,
  type MessageId,
  pictureType,
  type SharedFile,
  sizeText,
} from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import { lookedAt } from './looked-at.ts';

export interface FilesRooms {
  readonly store: Store;
  readonly files: FileRoom;
  readonly log: Log;
  connection(account: AccountId): AccountConnection | undefined;
  isListed(key: ContactKey): boolean;
  changed(messages: readonly Message[]): void;
}

interface Wish {
  readonly largest: number;
  readonly byItself: boolean;
}

/** As many that could not be had by themselves are remembered, so that scrolling does not ask again and again. */
const mostMissing = 500;

export class Files {
  readonly #rooms: FilesRooms;
  readonly #coming = new Map<MessageId, Promise<SharedFile>>();
  readonly #missing = new Set<MessageId>();

  constructor(rooms: FilesRooms) {
    this.#rooms = rooms;
  }

  /** For a window that shows this message. Undefined for all that is not shown, and for what may not be fetched unasked. */
  async shown(id: MessageId): Promise<Picture | undefined> {
    const message = this.#rooms.store.message(id);
    if (message?.file === undefined) return undefined;
    try {
      const kept = await this.#kept(message.file);
      if (kept === undefined && (this.#missing.has(id) || !this.#mayComeByItself(message))) return undefined;
      const { held, picture } = kept ?? (await this.#fetch(message, { largest: largestShown, byItself: true }));
      if (held === undefined || picture === undefined) return undefined;
      const bytes = await this.#rooms.files.read(held);
      const type = pictureType(bytes);
      return type === undefined ? undefined : { type, bytes };
    } catch (error) {
      this.#rooms.log.debug('A picture could not be had', { code: asKithError(error).code });
      if (this.#missing.size >= mostMissing) this.#missing.clear();
      this.#missing.add(id);
      return undefined;
    }
  }

  /** A person wants to see it, whoever sent it. */
  async show(id: MessageId): Promise<void> {
    const { message, file } = this.#find(id);
    const { picture } =
      (await this.#kept(file)) ?? (await this.#fetch(message, { largest: largestShown, byItself: false }));
    this.#missing.delete(id);
    if (picture === undefined) throw new KithError('not-supported', 'This is not a picture that can be shown');
  }

  /** A person wants to have it. */
  async save(id: MessageId): Promise<void> {
    const { message, file } = this.#find(id);
    const kept = (await this.#kept(file)) ?? (await this.#fetch(message, { largest: largestFetched, byItself: false }));
    if (kept.held === undefined) throw new KithError('not-found', 'The file is not here any more');
    const { held, ...rest } = kept;
    const saved = await this.#rooms.files.save(held, file.name);
    const keeps = kept.picture !== undefined;
    this.#learn(id, { ...rest, saved, ...(keeps ? { held } : {}) });
    if (!keeps) await this.#rooms.files.remove(held);
  }

  /** Opens what was saved. Rejects 'not-found' when it is gone; it can then be saved again. */
  async open(id: MessageId): Promise<void> {
    const { saved, ...file } = this.#find(id).file;
    if (saved === undefined) throw new KithError('not-found', 'This file was not saved');
    await this.#rooms.files.open(saved).catch((error: unknown) => {
      if (asKithError(error).code === 'not-found') this.#learn(id, file);
      throw error;
    });
  }

  async cancel(id: MessageId): Promise<void> {
    const { message } = this.#find(id);
    await this.#rooms.connection(message.account)?.facet('files')?.cancel(id);
  }

  /** The account is online again: what could not be had may be there now. */
  lookAgain(): void {
    this.#missing.clear();
  }

  #find(id: MessageId): { readonly message: Message; readonly file: SharedFile } {
    const message = this.#rooms.store.message(id);
    if (message?.file === undefined) throw new KithError('not-found', 'There is no such file');
    return { message, file: message.file };
  }

  async #kept(file: SharedFile): Promise<SharedFile | undefined> {
    if (file.held === undefined) return undefined;
    return (await this.#rooms.files.sizeOf(file.held)) === undefined ? undefined : file;
  }

  #mayComeByItself(message: Message): boolean {
    const { account, target } = message;
    return comesByItself(
      message,
      target.kind === 'contact' && this.#rooms.isListed({ account, contact: target.contact }),
    );
  }

  /** Whoever asks meanwhile waits for the same. */
  #fetch(message: Message, wish: Wish): Promise<SharedFile> {
    const coming =
      this.#coming.get(message.id) ?? this.#fetchAnew(message, wish).finally(() => this.#coming.delete(message.id));
    this.#coming.set(message.id, coming);
    return coming;
  }

  async #fetchAnew({ id, account, file }: Message, { largest, byItself }: Wish): Promise<SharedFile> {
    const facet = this.#rooms.connection(account)?.facet('files');
    if (facet === undefined) throw new KithError('not-online', 'The account is not online');
    if (file === undefined || file.url === '') throw new KithError('not-found', 'The file is not here any more');
    const { held: _gone, ...known } = file;
    const { held, path } = await this.#rooms.files.place();
    const { size, whole } = await facet.fetch(id, { url: file.url, path, largest, byItself });
    if (!whole) {
      if (size !== undefined) this.#learn(id, { ...known, size });
      throw new KithError('invalid-argument', `The file is larger than ${sizeText(largest)}`);
    }
    const fetched = {
      ...known,
      ...(size === undefined ? {} : { size }),
      ...(await lookedAt(this.#rooms.files, held, file.name)),
    };
    // What was to be a picture and is none is not kept: nobody asked for it.
    const keeps = !byItself || fetched.picture !== undefined;
    const kept = this.#learn(id, keeps ? { ...fetched, held } : fetched);
    if (!keeps || kept === undefined) await this.#rooms.files.remove(held);
    if (!keeps) throw new KithError('not-supported', 'This is not a picture that can be shown');
    return { ...fetched, held };
  }

  #learn(id: MessageId, file: SharedFile): Message | undefined {
    const changed = this.#rooms.store.saveFile(id, file);
    if (changed !== undefined) this.#rooms.changed([changed]);
    return changed;
  }
}
