/** A machine by all its addresses at once, as good as: IPv6 and IPv4 in turn, a moment apart (RFC 8305), and the first to answer is taken. */
import { isIP, type Socket } from 'node:net';
import { KithError, type Clock, type Disposable } from '../../../src/base/index.ts';
import type { Family, Lookup } from './lookup.ts';

/** Milliseconds IPv6 addresses may come later than IPv4 ones and still go first (section 3). */
const resolutionDelay = 50;
/** Milliseconds one attempt has before the next begins beside it (section 5). */
const attemptDelay = 250;

export interface RaceParts {
  readonly clock: Clock;
  readonly lookup: Lookup;
  /** Begins to connect and returns at once. */
  readonly connectSocket: (address: string, port: number) => Socket;
}

/** The name leads to no machine, as distinct from one that does not answer. */
export class NoAddress extends KithError {
  constructor(host: string, cause: unknown) {
    super('unreachable', `There is no machine of the name ${host}`, { cause });
  }
}

export class Race {
  /** Rejects NoAddress, or 'unreachable' when no address answers. */
  readonly won: Promise<Socket>;
  readonly #host: string;
  readonly #port: number;
  readonly #parts: RaceParts;
  readonly #untried: Record<Family, string[]> = { 4: [], 6: [] };
  /** Families whose addresses are still being asked for. */
  readonly #asked = new Set<Family>();
  readonly #running = new Set<Socket>();
  /** Until then no further attempt begins, unless all that run have failed. */
  #pause: Disposable | undefined;
  #last: Family | undefined;
  #failure: unknown;
  #settle: { resolve(socket: Socket): void; reject(error: KithError): void } | undefined;

  constructor(host: string, port: number, parts: RaceParts) {
    this.#host = host;
    this.#port = port;
    this.#parts = parts;
    this.won = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    const family = isIP(host);
    if (family === 4 || family === 6) this.#found(family, [host]);
    else for (const each of [6, 4] as const) this.#ask(each);
  }

  /** Nothing is left open, unless one has won already. */
  cancel(): void {
    this.#end();
  }

  #ask(family: Family): void {
    this.#asked.add(family);
    this.#parts.lookup.addresses(this.#host, family).then(
      (addresses) => this.#found(family, addresses),
      (error: unknown) => {
        this.#failure ??= error;
        this.#found(family, []);
      },
    );
  }

  #found(family: Family, addresses: readonly string[]): void {
    if (this.#settle === undefined) return;
    this.#asked.delete(family);
    this.#untried[family].push(...addresses);
    // Nothing was tried yet, and IPv6 may be a moment behind. When it comes, whether with or without addresses, that is over.
    if (this.#last === undefined) this.#resume();
    if (this.#last === undefined && family === 4 && this.#asked.has(6)) this.#rest(resolutionDelay);
    this.#goOn();
  }

  #goOn(): void {
    if (this.#settle === undefined || this.#pause !== undefined) return;
    const family = this.#next();
    const address = family === undefined ? undefined : this.#untried[family].shift();
    if (family !== undefined && address !== undefined) this.#try(family, address);
    else if (this.#running.size === 0 && this.#asked.size === 0) this.#lost();
  }

  /** The other one than last; IPv6 to begin with. */
  #next(): Family | undefined {
    const order: readonly Family[] = this.#last === 6 ? [4, 6] : [6, 4];
    return order.find((family) => this.#untried[family].length > 0);
  }

  #try(family: Family, address: string): void {
    this.#last = family;
    const socket = this.#parts.connectSocket(address, this.#port);
    this.#running.add(socket);
    this.#rest(attemptDelay);
    const failed = (cause?: unknown) => {
      if (!this.#running.delete(socket)) return;
      this.#failure = cause ?? this.#failure;
      this.#resume();
      this.#goOn();
    };
    socket
      .once('connect', () => this.#won(socket))
      // It may still report an error after it has stopped mattering.
      .on('error', failed)
      .once('close', () => failed());
  }

  #won(socket: Socket): void {
    if (!this.#running.delete(socket)) return;
    const settle = this.#settle;
    this.#end();
    settle?.resolve(socket);
  }

  #lost(): void {
    const settle = this.#settle;
    this.#end();
    settle?.reject(
      this.#last === undefined
        ? new NoAddress(this.#host, this.#failure)
        : new KithError('unreachable', `${this.#host} cannot be reached`, { cause: this.#failure }),
    );
  }

  #end(): void {
    this.#settle = undefined;
    this.#resume();
    for (const socket of this.#running) socket.destroy();
    this.#running.clear();
  }

  #rest(delay: number): void {
    this.#pause = this.#parts.clock.after(delay, () => {
      this.#pause = undefined;
      this.#goOn();
    });
  }

  #resume(): void {
    this.#pause?.[Symbol.dispose]();
    this.#pause = undefined;
  }
}
