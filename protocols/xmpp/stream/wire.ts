/** One socket as elements. While a session is negotiated elements are asked for one by one; afterwards they flow. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { KithError, type Clock, type Log } from '../../../src/base/index.ts';
import { streamError } from './conditions.ts';
import type { Element } from './element.ts';
import { ns } from './namespaces.ts';
import {
  limitsAfterAuthentication,
  limitsBeforeAuthentication,
  Reader,
  type Fault,
  type Reading,
  type ReadingLimits,
} from './reader.ts';
import { escape, serialise } from './serialise.ts';

/** The ear of a session that stands. */
export interface Flow {
  element(element: Element): void;
  /** The last thing heard. `resumable`: the socket was lost, and nobody ended the session. */
  ended(error: KithError, resumable: boolean): void;
}

/** Milliseconds the last words may take to leave. */
const farewell = 2000;

/** Default namespaces under which a client is spoken to; with the two others each stanza says that it is one (RFC 6120 section 4.8). */
const contents: ReadonlySet<string | undefined> = new Set([undefined, ns.stanzas, ns.stream]);

export class Wire {
  readonly #clock: Clock;
  readonly #log: Log;
  #socket: Socket | undefined;
  #detach: (() => void) | undefined;
  #reader: Reader | undefined;
  #limits: ReadingLimits = limitsBeforeAuthentication;
  /** What came while nobody asked. The socket rests as long as something is in here. */
  readonly #waiting: Reading[] = [];
  #asker: { resolve(reading: Reading): void; reject(error: KithError): void } | undefined;
  #flow: Flow | undefined;
  #ended: KithError | undefined;
  #resumable = true;
  #headerSent = false;
  /** Called for every piece that arrives, whatever is in it. */
  onHeard: () => void = () => {};

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** What is under this wire, when it is encrypted. */
  get encrypted(): TLSSocket | undefined {
    return this.#socket instanceof TLSSocket ? this.#socket : undefined;
  }

  /** The address of this machine it goes out from, as the machine lists it; undefined once it has ended. */
  get ownAddress(): string | undefined {
    return this.#socket?.localAddress?.replace(/^::ffff:|%.*$/g, '');
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Speaks over this socket from now on. */
  over(socket: Socket): void {
    this.#socket = socket;
    const data = (bytes: Buffer) => {
      this.onHeard();
      this.#reader?.write(bytes);
      if (this.#waiting.length > 0) socket.pause();
    };
    const error = (cause: Error) => this.#end(new KithError('network', 'The connection broke', { cause }));
    const close = () => this.#end(new KithError('network', 'The server closed the connection'));
    socket.on('data', data).on('error', error).on('end', close).on('close', close);
    this.#detach = () => {
      socket.off('data', data).off('error', error).off('end', close).off('close', close);
    };
    if (socket.destroyed || socket.readableEnded) close();
  }

  /** Gives the bare socket back, to be encrypted. Throws 'not-encrypted' when the peer went on talking in plain text. */
  release(): Socket {
    this.#detach?.();
    this.#detach = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) throw this.#ended ?? new KithError('network', 'There is no connection');
    // Whatever was smuggled in before encryption would be read as if it had come under it.
    if (this.#reader?.spokeAfterHalt === true || this.#waiting.length > 0) {
      socket.destroy();
      throw new KithError('not-encrypted', 'The server mixed plain text into the beginning of encryption');
    }
    return socket;
  }

  /** From now on, also behind a new header, stanzas may be as large as a contact list. */
  trustSize(): void {
    this.#limits = limitsAfterAuthentication;
    this.#reader?.widen(this.#limits);
  }

  /** Begins a stream on the socket, and reads anew; resolves with the features the peer offers. */
  async begin(attributes: Readonly<Record<string, string | undefined>>): Promise<Element> {
    if (this.#reader?.spokeAfterHalt === true)
      throw this.fail({ condition: 'bad-format', text: 'The server went on talking behind its own end' });
    this.#reader = new Reader(this.#limits, (reading) => this.#read(reading));
    const words = Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}='${escape(value)}'`],
    );
    this.#headerSent = true;
    this.writeText(
      `<?xml version='1.0'?><stream:stream${words.join('')} version='1.0' xmlns='${ns.stanzas}' xmlns:stream='${ns.stream}'>`,
    );
    const header = await this.#next();
    if (header.kind !== 'header' || !header.element.is('stream', ns.stream))
      throw this.fail({ condition: 'bad-format', text: 'The server does not speak XMPP' });
    if (!/^[1-9]\d*\./.test(header.element.attribute('version') ?? ''))
      throw this.fail({ condition: 'bad-format', text: 'The server speaks XMPP of before 2004' });
    if (!contents.has(header.content))
      throw this.fail({ condition: 'invalid-namespace', text: 'The server does not speak with clients here' });
    const features = await this.next();
    if (!features.is('features', ns.stream))
      throw this.fail({ condition: 'bad-format', text: 'The server offers no features' });
    return features;
  }

  /** The next element. Rejects with why the wire ended, if it does first. */
  async next(): Promise<Element> {
    const reading = await this.#next();
    if (reading.kind === 'element') return reading.element;
    throw this.fail({ condition: 'bad-format', text: 'The server began a stream within a stream' });
  }

  #next(): Promise<Reading> {
    return new Promise((resolve, reject) => {
      const ready = this.#waiting.shift();
      if (ready !== undefined) resolve(ready);
      else if (this.#ended !== undefined) reject(this.#ended);
      else {
        this.#asker = { resolve, reject };
        this.#socket?.resume();
      }
    });
  }

  /** From now on elements are handed over as they come, beginning with those that wait. */
  flow(flow: Flow): void {
    this.#flow = flow;
    for (const reading of this.#waiting.splice(0)) if (reading.kind === 'element') flow.element(reading.element);
    if (this.#ended !== undefined) flow.ended(this.#ended, this.#resumable);
    else this.#socket?.resume();
  }

  write(element: Element): void {
    this.writeText(serialise(element));
  }

  writeText(text: string): void {
    const socket = this.#socket;
    if (this.#ended !== undefined || socket === undefined) return;
    if (socket.writableCorked === 0) {
      // All that is written in one turn, and in the promises it settles, leaves as one record.
      socket.cork();
      queueMicrotask(() => process.nextTick(() => socket.uncork()));
    }
    socket.write(text);
  }

  /** Tells the peer what it did wrong, ends, and returns the error. */
  fail(fault: Fault, application = ''): KithError {
    this.#resumable = false;
    if (this.#headerSent)
      this.writeText(
        `<stream:error><${fault.condition} xmlns='${ns.streamConditions}'/>${application}</stream:error></stream:stream>`,
      );
    const error = new KithError('server-refused', `The server broke the rules of the protocol: ${fault.text}`);
    this.#end(error, farewell);
    return error;
  }

  /** Says goodbye; the peer's goodbye ends the wire. */
  sayGoodbye(): void {
    if (this.#headerSent) this.writeText('</stream:stream>');
  }

  /** Ends at once. */
  destroy(error: KithError): void {
    this.#end(error);
  }

  #read(reading: Reading): void {
    if (this.#ended !== undefined) return;
    if (reading.kind === 'fault') {
      this.fail(reading.fault);
      return;
    }
    if (reading.kind === 'end') {
      this.#resumable = false;
      this.sayGoodbye();
      this.#end(new KithError('network', 'The server closed the connection'), farewell);
      return;
    }
    if (reading.element.is('error', ns.stream)) {
      this.#resumable = false;
      this.sayGoodbye();
      this.#end(streamError(reading.element), farewell);
      return;
    }
    // Both are followed by something that must be read differently: encryption, or a stream begun anew.
    if (reading.element.is('proceed', ns.tls) || reading.element.is('success', ns.sasl)) this.#reader?.halt();
    if (this.#flow !== undefined && reading.kind === 'element') this.#flow.element(reading.element);
    else if (this.#asker === undefined) this.#waiting.push(reading);
    else {
      const { resolve } = this.#asker;
      this.#asker = undefined;
      resolve(reading);
    }
  }

  #end(error: KithError, patience = 0): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    this.#log.debug('the wire ended', { code: error.code });
    this.#detach?.();
    this.#hangUp(patience);
    const asker = this.#asker;
    this.#asker = undefined;
    asker?.reject(error);
    this.#flow?.ended(error, this.#resumable);
  }

  /** What was written may still leave within `patience` milliseconds. */
  #hangUp(patience: number): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    // It may still report an error after it has stopped mattering.
    socket.on('error', () => {});
    if (patience === 0) {
      socket.destroy();
      return;
    }
    const limit = this.#clock.after(patience, () => socket.destroy());
    socket.once('close', () => limit[Symbol.dispose]());
    socket.end(() => socket.destroy());
  }
}
