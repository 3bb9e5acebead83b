/** What a proxy says before it steps aside: as much of it as is asked for, and not one byte of what comes behind. */
import type { Socket } from 'node:net';
import { KithError } from '../../../src/base/index.ts';

export class ProxyTalk {
  readonly #socket: Socket;
  #come = Buffer.alloc(0);
  #end: KithError | undefined;
  #heard: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#data).on('close', this.#closed).on('end', this.#closed);
  }

  write(bytes: Uint8Array | string): void {
    this.#socket.write(bytes);
  }

  /** The next `count` bytes. Rejects 'network' when the proxy closes before. */
  async read(count: number): Promise<Buffer> {
    while (this.#come.length < count) await this.#more();
    return this.#take(count);
  }

  /** Up to and with `ending`; undefined when that is not among the first `most` bytes. */
  async readTo(ending: string, most: number): Promise<string | undefined> {
    for (;;) {
      const at = this.#come.indexOf(ending, 0, 'latin1');
      if (at !== -1 && at + ending.length <= most) return this.#take(at + ending.length).toString('latin1');
      if (this.#come.length >= most) return undefined;
      await this.#more();
    }
  }

  /** Leaves the socket to whoever speaks next, with what is already theirs. */
  release(): void {
    this.#socket.off('data', this.#data).off('close', this.#closed).off('end', this.#closed);
    this.#socket.pause();
    if (this.#come.length > 0) this.#socket.unshift(this.#come);
  }

  #take(count: number): Buffer {
    const taken = this.#come.subarray(0, count);
    this.#come = this.#come.subarray(count);
    return taken;
  }

  async #more(): Promise<void> {
    if (this.#end !== undefined) throw this.#end;
    await new Promise<void>((resolve) => (this.#heard = resolve));
  }

  readonly #data = (bytes: Buffer): void => {
    this.#come = Buffer.concat([this.#come, bytes]);
    this.#heard();
  };

  readonly #closed = (): void => {
    this.#end ??= new KithError('network', 'closed the connection');
    this.#heard();
  };
}
