/** Files on their way out: taken in, stored as messages that wait, put at the server one after the other, and only then sent. */
import {
  asKithError,
  type Clock,
  type Disposable,
  ignore,
  KithError,
  type KithErrorCode,
  type Log,
} from '../base/index.ts';
import type { Bytes, FileRoom, Store, TakenFile } from '../contracts/index.ts';
import {
  type Account,
  type AccountId,
  cleanFileName,
  type ConversationTarget,
  type HeldFile,
  largestFetched,
  type Message,
  type MessageId,
  tooLargeText,
} from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import { InTurn } from './in-turn.ts';
import { lookedAt } from './looked-at.ts';
import type { Outbox } from './outbox.ts';

export interface UploadsRooms {
  readonly store: Store;
  readonly files: FileRoom;
  readonly clock: Clock;
  readonly log: Log;
  connections(): readonly AccountConnection[];
  connection(account: AccountId): AccountConnection | undefined;
  outbox(): Outbox;
  /** Messages have changed on disk. */
  changed(messages: readonly Message[]): void;
}

/** What passes by itself. A file that was cut off begins again whole, at another address: nobody sees two. */
const passing: ReadonlySet<KithErrorCode> = new Set(['network', 'unreachable', 'timeout', 'server-silent']);
/** Milliseconds before each further try; after the last a person has to say so. */
const pauses = [5_000, 20_000, 60_000];

export class Uploads implements Disposable {
  readonly #rooms: UploadsRooms;
  /** One file at a time for each account: several at once would all be late. */
  readonly #turns = new Map<AccountId, InTurn>();
  readonly #waiting = new Set<MessageId>();
  /** Those that were cut off, with how often, and the pause before the next try. */
  readonly #cutOff = new Map<MessageId, { readonly times: number; pause: Disposable | undefined }>();

  constructor(rooms: UploadsRooms) {
    this.#rooms = rooms;
  }

  /** Bytes that somebody is about to send. Rejects 'not-supported' where no account could; one whose server has not said yet may. */
  async take(bytes: Bytes): Promise<TakenFile> {
    const offers = this.#rooms
      .connections()
      .flatMap(({ living: { files } }) => (files?.takes === false ? [] : [files]));
    if (offers.length === 0) throw new KithError('not-supported', 'No account is at a server that takes files');
    const bounds = offers.map((offer) => Math.min(offer?.largest ?? largestFetched, largestFetched));
    return this.#rooms.files.take(bytes, Math.max(...bounds));
  }

  /** Stored as queued when it resolves; what was taken then belongs to the message, else it is let go. */
  async send(account: Account, target: ConversationTarget, held: HeldFile, name: string): Promise<Message> {
    try {
      const size = await this.#mayGo(account, held);
      const known = await lookedAt(this.#rooms.files, held, cleanFileName(name));
      const file = { url: '', name: cleanFileName(name), size, held, ...known };
      return await this.#rooms.outbox().sendFile(account, target, file);
    } catch (error) {
      await this.#rooms.files.remove(held).catch(() => {});
      throw error;
    }
  }

  /** A message of an account that is online waits for its file; and the file until the server has said what it takes. */
  begin({ id, account }: Message): void {
    if (this.#waiting.has(id) || this.#cutOff.get(id)?.pause !== undefined) return;
    if (this.#rooms.connection(account)?.living.files === undefined) return;
    this.#waiting.add(id);
    const turn = this.#turns.get(account) ?? new InTurn();
    this.#turns.set(account, turn);
    const done = turn.do(() => this.#upload(id).finally(() => this.#waiting.delete(id)));
    if (done !== undefined) ignore(done, 'what a file came to is said at its message', this.#rooms.log);
  }

  /** Its message is no more. */
  async discarded({ id, account, file }: Message): Promise<void> {
    this.#forget(id);
    await this.#rooms.connection(account)?.facet('files')?.cancel(id);
    if (file?.held !== undefined) await this.#rooms.files.remove(file.held);
  }

  [Symbol.dispose](): void {
    for (const id of [...this.#cutOff.keys()]) this.#forget(id);
  }

  async #mayGo({ id, address }: Account, held: HeldFile): Promise<number> {
    const offer = this.#rooms.connection(id)?.living.files;
    if (offer?.takes === false) throw new KithError('not-supported', `The server of ${address} takes no files`);
    const size = await this.#rooms.files.sizeOf(held);
    if (size === undefined) throw new KithError('not-found', 'The file is not here any more');
    if (size === 0) throw new KithError('invalid-argument', 'This file is empty');
    const tooLarge = tooLargeText(size, offer?.largest);
    if (tooLarge !== undefined) throw new KithError('invalid-argument', tooLarge);
    return size;
  }

  async #upload(id: MessageId): Promise<void> {
    const { store, files, connection } = this.#rooms;
    const message = store.message(id);
    const file = message?.file;
    if (message?.delivery?.state !== 'queued' || file === undefined || file.url !== '') return;
    const facet = connection(message.account)?.facet('files');
    if (facet === undefined) return;
    try {
      const { held, name, type = 'application/octet-stream' } = file;
      const size = held === undefined ? undefined : await files.sizeOf(held);
      if (held === undefined || size === undefined) throw new KithError('not-found', 'The file is not here any more');
      const url = await facet.upload(id, { path: files.pathOf(held), name, size, type });
      this.#forget(id);
      const { held: done, ...rest } = file;
      // A picture stays to be shown; anything else is where it came from.
      const keeps = file.picture !== undefined;
      const sent = store.saveFile(id, { ...rest, url, ...(keeps ? { held } : {}) }, url);
      if (!keeps && done !== undefined) await files.remove(done);
      if (sent === undefined) return;
      this.#rooms.changed([sent]);
      this.#rooms.outbox().flush(message.account);
    } catch (error) {
      this.#failed(message, asKithError(error));
    }
  }

  #failed(message: Message, { code, message: text }: KithError): void {
    const { id, account } = message;
    // Called off with its message; or it waits with it, and goes when the account is back.
    if (code === 'cancelled' || this.#rooms.connection(account)?.online !== true) return this.#forget(id);
    if (passing.has(code) && this.#triesAgain(message)) return;
    this.#forget(id);
    this.#rooms.outbox().delivered(id, { state: 'failed', at: this.#rooms.clock.now(), reason: code, text });
  }

  #triesAgain(message: Message): boolean {
    const times = this.#cutOff.get(message.id)?.times ?? 0;
    const length = pauses[times];
    if (length === undefined) return false;
    const pause = this.#rooms.clock.after(length, () => {
      cut.pause = undefined;
      this.begin(message);
    });
    const cut = { times: times + 1, pause: pause as Disposable | undefined };
    this.#cutOff.set(message.id, cut);
    return true;
  }

  #forget(id: MessageId): void {
    this.#cutOff.get(id)?.pause?.[Symbol.dispose]();
    this.#cutOff.delete(id);
  }
}
