/** An XMPP server that does what a test tells it to, word for word: real sockets on the loopback, real TLS, no manners of its own. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { KithError } from '../../src/base/index.ts';
import type { Element } from '../../protocols/xmpp/stream/index.ts';
import { limitsAfterAuthentication, Reader, type Reading } from '../../protocols/xmpp/stream/reader.ts';
import type { Certificates } from './certificates.ts';
import { bounded } from './waiting.ts';

/** Milliseconds. Everything happens on this machine. */
const soon = 10_000;

export interface FakeServer {
  readonly port: number;
  /** How many connections were ever made. */
  readonly count: number;
  /** The next connection nobody has asked for yet. */
  accepted(): Promise<Peer>;
  stop(): Promise<void>;
}

export async function fakeServer(certificates: Certificates): Promise<FakeServer> {
  const server: Server = createServer({ noDelay: true });
  const peers = new Queue<Peer>('a connection');
  const all: Peer[] = [];
  server.on('connection', (socket) => {
    const peer = new Peer(socket, certificates);
    all.push(peer);
    peers.put(peer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get count() {
      return all.length;
    },
    accepted: () => peers.take(),
    async stop() {
      for (const peer of all) peer.drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What is spoken under encryption; everything Node knows unless told otherwise. */
export interface TlsVersions {
  /** This one alone. */
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.1';
  readonly minVersion?: 'TLSv1.3';
}

/** The server's end of one connection. */
export class Peer {
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  readonly #certificates: Certificates;
  readonly #readings = new Queue<Reading>('something to be said');
  #socket: Socket;
  #reader: Reader;
  #heard = '';
  #tls: TLSSocket | undefined;
  /** Bytes said so far, and how many there will be. */
  #said = 0;
  #allowed = Infinity;

  constructor(socket: Socket, certificates: Certificates) {
    this.#certificates = certificates;
    this.#socket = socket;
    this.#reader = this.#newReader();
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    void this.closed.then(() => this.#readings.close());
    socket.on('error', () => {});
    this.#listen(socket);
  }

  /** Everything the other side has said, also under encryption. */
  get heard(): string {
    return this.#heard;
  }

  /** The name asked for, and the protocol agreed on, when the connection was encrypted. */
  get greeting(): { readonly sni: string | false | null; readonly alpn: string | false | null } {
    return { sni: this.#tls?.servername ?? null, alpn: this.#tls?.alpnProtocol ?? null };
  }

  /** What this end of the encrypted connection is bound by, of a type of RFC 5929 or 9266. */
  binding(type: string): Buffer | undefined {
    const tls = this.#tls;
    if (type === 'tls-exporter') return tls?.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0));
    if (type === 'tls-unique') return tls?.getPeerFinished();
    if (type !== 'tls-server-end-point') return undefined;
    const { raw } = new X509Certificate(readFileSync(this.#certificates.certificateFile));
    return createHash('sha256').update(raw).digest();
  }

  /** How many bytes this side has said by `write`. */
  get said(): number {
    return this.#said;
  }

  /** It is gone as soon as it has said so many bytes in all, in the middle of whatever that may be. */
  dropAfter(bytes: number): void {
    this.#allowed = bytes;
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    const left = this.#allowed - this.#said;
    this.#said += Math.min(bytes.length, left);
    this.#socket.write(bytes.subarray(0, left));
    if (bytes.length >= left) this.#socket.destroySoon();
  }

  writeBytes(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** One byte a packet, each given time to arrive alone. */
  async writeSlowly(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) {
      await new Promise((resolve) => this.#socket.write(Uint8Array.of(byte), resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** From here on the other side's words are read as those of a new stream. Not needed after `encrypt`. */
  expectAnew(): void {
    this.#reader = this.#newReader();
  }

  /** Waits for the other side's stream header. */
  async header(): Promise<Element> {
    const reading = await this.#readings.take();
    if (reading.kind === 'header') return reading.element;
    throw new KithError('internal', `Instead of a header: ${said(reading)}`);
  }

  /** The next element, which must have this name if one is given. */
  async element(name?: string): Promise<Element> {
    const reading = await this.#readings.take();
    if (reading.kind === 'element' && (name === undefined || reading.element.name === name)) return reading.element;
    throw new KithError('internal', `Instead of ${name ?? 'an element'}: ${said(reading)}`);
  }

  /** Waits for the other side's end of the stream. */
  async goodbye(): Promise<void> {
    const reading = await this.#readings.take();
    if (reading.kind !== 'end') throw new KithError('internal', `Instead of the end: ${said(reading)}`);
  }

  /** Answers a header with one of our own and these features. */
  async greet(features: string): Promise<Element> {
    const header = await this.header();
    this.write(
      `<?xml version='1.0'?><stream:stream from='${header.attribute('to') ?? ''}' id='1' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'><stream:features>${features}</stream:features>`,
    );
    return header;
  }

  /** Encrypts what is open. Rejects when the other side will not, or leaves before this side knows that it would. */
  async encrypt({ maxVersion, minVersion }: TlsVersions = {}): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    const tls = new TLSSocket(plain, {
      isServer: true,
      secureContext: createSecureContext({
        key: readFileSync(this.#certificates.keyFile),
        cert: readFileSync(this.#certificates.certificateFile),
        ...(minVersion === undefined ? {} : { minVersion }),
        ...(maxVersion === undefined ? {} : { maxVersion, minVersion: maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' }),
      }),
      ALPNProtocols: ['xmpp-client'],
    });
    this.#tls = tls;
    this.#socket = tls;
    this.#reader = this.#newReader();
    const failed = new Promise<void>((_, reject) => {
      tls.once('error', reject);
      tls.once('close', () => reject(new KithError('network', 'It hung up')));
    });
    this.#listen(tls);
    await bounded('encryption', Promise.race([once(tls, 'secure').then(() => {}), failed]), soon);
    failed.catch(() => {});
  }

  /** Ends its half properly. */
  hangUp(): void {
    this.#socket.end();
  }

  /** Is gone without a word. */
  drop(): void {
    this.#socket.destroy();
  }

  #listen(socket: Socket): void {
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      this.#heard += bytes.toString('latin1');
      this.#reader.write(bytes);
    });
  }

  #newReader(): Reader {
    return new Reader(limitsAfterAuthentication, (reading) => this.#readings.put(reading));
  }
}

function said(reading: Reading): string {
  return reading.kind === 'header' || reading.kind === 'element' ? reading.element.name : reading.kind;
}

/** What came before it was asked for, and who asked before it came. */
class Queue<T> {
  readonly #what: string;
  readonly #come: T[] = [];
  readonly #asking: { give(value: T): void; disappoint(error: KithError): void }[] = [];
  #closed = false;

  constructor(what: string) {
    this.#what = what;
  }

  put(value: T): void {
    const asker = this.#asking.shift();
    if (asker === undefined) this.#come.push(value);
    else asker.give(value);
  }

  /** Nothing more will come: whoever waits, waits in vain. */
  close(): void {
    this.#closed = true;
    for (const asker of this.#asking.splice(0)) asker.disappoint(this.#inVain());
  }

  take(): Promise<T> {
    const [come] = this.#come.splice(0, 1);
    if (come !== undefined) return Promise.resolve(come);
    if (this.#closed) return Promise.reject(this.#inVain());
    const coming = new Promise<T>((give, disappoint) => this.#asking.push({ give, disappoint }));
    return bounded(this.#what, coming, soon);
  }

  #inVain(): KithError {
    return new KithError('network', `Gone, instead of ${this.#what}`);
  }
}
