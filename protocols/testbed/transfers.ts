/** An account's files on their way to the network's shelf and from it, in pieces, so that one sees them go. */
import { readFile, writeFile } from 'node:fs/promises';
import { type Disposable, KithError } from '../../src/base/index.ts';
import type { FilesFacet, FileToFetch, FileToUpload, Seat } from '../../src/contracts/index.ts';
import { type MessageId, tooLargeText } from '../../src/domain/index.ts';
import type { Network } from './network/network.ts';

/** In bytes. */
export const largestTaken = 10_000_000;
const piece = 200_000;
/** Milliseconds. */
const pieceTakes = 60;

export class Transfers implements Disposable {
  readonly #emit: Seat['emit'];
  readonly #network: Network;
  readonly #moving = new Map<MessageId, AbortController>();

  constructor(emit: Seat['emit'], network: Network) {
    this.#emit = emit;
    this.#network = network;
  }

  facet(slowly: <T>(work: () => Promise<T>) => Promise<T>): FilesFacet {
    return {
      upload: (id, file) => this.#during(id, (signal) => slowly(() => this.#upload(id, file, signal))),
      fetch: (id, file) => this.#during(id, (signal) => slowly(() => this.#fetch(id, file, signal))),
      cancel: async (id) => this.#moving.get(id)?.abort(),
    };
  }

  [Symbol.dispose](): void {
    for (const calling of this.#moving.values()) calling.abort();
  }

  async #during<T>(id: MessageId, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#moving.has(id)) throw new KithError('already-exists', 'This file is on its way already');
    const calling = new AbortController();
    this.#moving.set(id, calling);
    try {
      return await work(calling.signal);
    } finally {
      this.#moving.delete(id);
      this.#emit({ type: 'transfer-changed', message: id });
    }
  }

  async #upload(id: MessageId, { path, name, size }: FileToUpload, signal: AbortSignal): Promise<string> {
    if (size === 0) throw new KithError('invalid-argument', 'This file is empty');
    const tooLarge = tooLargeText(size, largestTaken);
    if (tooLarge !== undefined) throw new KithError('invalid-argument', tooLarge);
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new KithError('not-found', 'The file is not here any more', { cause });
    });
    await this.#move(id, bytes.length, signal);
    return this.#network.shelf.put(name, bytes);
  }

  async #fetch(id: MessageId, { url, path, largest }: FileToFetch, signal: AbortSignal) {
    const bytes = this.#network.shelf.find(url);
    if (bytes === undefined) throw new KithError('not-found', 'The file is no longer there');
    if (bytes.length > largest) return { size: bytes.length, whole: false };
    await this.#move(id, bytes.length, signal);
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
      throw new KithError('disk', 'The file cannot be written', { cause });
    });
    return { size: bytes.length, whole: true };
  }

  async #move(id: MessageId, size: number, signal: AbortSignal): Promise<void> {
    for (let moved = 0; moved < size; moved += piece) {
      this.#emit({ type: 'transfer-changed', message: id, progress: { moved, size } });
      await this.#wait(signal);
    }
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const calledOff = (): KithError => new KithError('cancelled', 'The file was called off');
    if (signal.aborted) throw calledOff();
    await new Promise<void>((resolve, reject) => {
      const timer = this.#network.clock.after(pieceTakes, () => {
        signal.removeEventListener('abort', end);
        resolve();
      });
      const end = (): void => {
        timer[Symbol.dispose]();
        reject(calledOff());
      };
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
