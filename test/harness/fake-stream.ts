/** A stream without a socket: the test plays the server by its hand. */
import { Emitter, KithError } from '../../src/base/index.ts';
import type { Aborting } from '../../src/domain/index.ts';
import type {
  Established,
  Incoming,
  Outgoing,
  Resumption,
  Stream,
  StreamEnd,
  StreamSettings,
} from '../../protocols/xmpp/stream/contract.ts';
import { type Element, xml } from '../../protocols/xmpp/stream/element.ts';
import { parseXml } from './parse-xml.ts';

export class FakeStream implements Stream {
  readonly settings: StreamSettings;
  /** What was handed to `open`. */
  resume: Resumption | undefined;
  /** Everything written, oldest first. */
  readonly written: Outgoing[] = [];
  handledUpTo = 0;
  /** How often it was asked to make sure of the server. */
  checks = 0;
  closed = false;
  readonly #receive = new Emitter<Incoming>(rethrow);
  readonly #end = new Emitter<StreamEnd>(rethrow);
  readonly #opening: Promise<Established>;
  #settle: { resolve: (established: Established) => void; reject: (error: KithError) => void };
  #count = 0;

  constructor(settings: StreamSettings) {
    this.settings = settings;
    this.#settle = { resolve: () => {}, reject: () => {} };
    this.#opening = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Refused before anyone asked is no accident.
    this.#opening.catch(() => {});
  }

  readonly onDidReceive = this.#receive.event;
  readonly onDidEnd = this.#end.event;

  open(signal: Aborting, resume?: Resumption): Promise<Established> {
    this.resume = resume;
    this.#count = resume?.handled ?? 0;
    signal.addEventListener('abort', () =>
      this.#settle.reject(new KithError('cancelled', 'The attempt was called off')),
    );
    return this.#opening;
  }

  send(element: Element, acknowledged?: () => void): void {
    if (this.closed) throw new KithError('not-online', 'This stream is over');
    this.written.push(acknowledged === undefined ? { element } : { element, acknowledged });
  }

  tell(nonza: Element): void {
    this.send(nonza);
  }

  handled(number: number): void {
    this.handledUpTo = number;
  }

  check(): void {
    this.checks += 1;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.#end.fire({ code: 'requested', text: '' });
  }

  /** The server lets us in. */
  establish(how: Partial<Established> = {}): void {
    this.#settle.resolve({
      address: `${this.settings.address}/fake`,
      resumed: false,
      features: xml('features', 'http://etherx.jabber.org/streams'),
      enabled: [],
      lost: [],
      ...how,
    });
  }

  refuse(error: KithError): void {
    this.#settle.reject(error);
  }

  /** One read of the socket with these stanzas, written as XML. */
  say(...stanzas: readonly string[]): void {
    for (const text of stanzas) this.#receive.fire({ element: parseXml(text), number: ++this.#count });
  }

  /** The server confirms having received everything written so far. */
  acknowledge(): void {
    for (const { acknowledged } of this.written.splice(0)) acknowledged?.();
  }

  /** The socket breaks; the session may be continued unless told otherwise. */
  break(resumable = true): void {
    this.closed = true;
    const unacknowledged = this.written.filter((one) => one.acknowledged !== undefined);
    const resumption: Resumption = { id: 'sm-1', handled: this.handledUpTo, acknowledged: 0, unacknowledged };
    this.#end.fire({ code: 'network', text: 'the socket broke', ...(resumable ? { resumption } : {}) });
  }

  /** True while anyone listens: what should be nobody after the end. */
  get listened(): boolean {
    return this.#receive.listened || this.#end.listened;
  }
}

function rethrow(error: unknown): void {
  throw error;
}
