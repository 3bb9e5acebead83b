/** Files of the network: in memory, each under an address that means something here alone. */
import { newId } from '../../../src/base/index.ts';
import { fileNameIn, type SharedFile } from '../../../src/domain/index.ts';

const host = 'https://files.testbed/';
/** Bytes of all together; the oldest go. */
const room = 64 * 1024 * 1024;

export class Shelf {
  readonly #files = new Map<string, Uint8Array>();
  #size = 0;

  put(name: string, bytes: Uint8Array): string {
    const url = `${host}${newId()}/${encodeURIComponent(name)}`;
    this.#files.set(url, bytes);
    this.#size += bytes.length;
    for (const [oldest, { length }] of this.#files) {
      if (this.#size <= room) break;
      this.#files.delete(oldest);
      this.#size -= length;
    }
    return url;
  }

  find(url: string): Uint8Array | undefined {
    return this.#files.get(url);
  }
}

/** Undefined for words. */
export function fileIn(body: string): SharedFile | undefined {
  return body.startsWith(host) && !/\s/u.test(body) ? { url: body, name: fileNameIn(body) } : undefined;
}
