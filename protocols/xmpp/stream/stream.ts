/** One socket's life, from the first lookup to the last word. */
import {
  asKithError,
  Emitter,
  KithError,
  type Disposable,
  type Event,
  type KithErrorCode,
  type Log,
} from '../../../src/base/index.ts';
import type { Aborting } from '../../../src/domain/index.ts';
import type { Established, Incoming, Resumption, Stream, StreamEnd, StreamSettings } from './contract.ts';
import type { StreamParts } from './dialling.ts';
import type { Element } from './element.ts';
import { KeepAlive } from './keep-alive.ts';
import { ns } from './namespaces.ts';
import { negotiate } from './negotiation.ts';
import { Patience } from './patience.ts';
import type { Session } from './standing.ts';

/** Milliseconds the server has to say goodbye too. */
const goodbyeLimit = 2000;

const stanzaNames = ['message', 'presence', 'iq'];

export class SocketStream implements Stream {
  readonly onDidReceive: Event<Incoming>;
  readonly onDidEnd: Event<StreamEnd>;
  readonly #settings: StreamSettings;
  readonly #parts: StreamParts;
  readonly #log: Log;
  readonly #received: Emitter<Incoming>;
  readonly #ended: Emitter<StreamEnd>;
  #attempt: { readonly patience: Patience; readonly over: Promise<unknown> } | undefined;
  #session: Session | undefined;
  #keepAlive: KeepAlive | undefined;
  #closing: { readonly done: Promise<void>; readonly resolve: () => void; readonly limit: Disposable } | undefined;

  constructor(settings: StreamSettings, parts: StreamParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#log = settings.log.named('stream');
    const report = (error: unknown) => this.#log.error('a listener failed', { error: asKithError(error).message });
    this.#received = new Emitter(report);
    this.#ended = new Emitter(report);
    this.onDidReceive = this.#received.event;
    this.onDidEnd = this.#ended.event;
  }

  async open(signal: Aborting, resume?: Resumption): Promise<Established> {
    if (this.#attempt !== undefined) throw new KithError('internal', 'A stream is opened once');
    const patience = new Patience(this.#settings.clock, signal);
    const opening = this.#open(patience, resume);
    this.#attempt = { patience, over: opening.catch(() => undefined) };
    return await opening;
  }

  async #open(patience: Patience, resumption: Resumption | undefined): Promise<Established> {
    try {
      const settings = this.#settings;
      const attempt = { settings, parts: this.#parts, log: this.#log, patience, resumption };
      const session = await negotiate(attempt);
      this.#stand(session);
      const { address, resumed, features, enabled, lost } = session;
      return { address, resumed, features, enabled, lost };
    } catch (error) {
      throw asKithError(error);
    } finally {
      patience[Symbol.dispose]();
    }
  }

  send(element: Element, acknowledged?: () => void): void {
    const { wire, accounting } = this.#standing();
    wire.write(element);
    accounting.sent({
      element,
      ...(acknowledged === undefined ? {} : { acknowledged: () => this.#guarded(acknowledged) }),
    });
  }

  tell(nonza: Element): void {
    this.#standing().wire.write(nonza);
  }

  #standing(): Session {
    if (this.#session === undefined || this.#session.wire.ended || this.#closing !== undefined)
      throw new KithError('not-online', 'There is no session to send over');
    return this.#session;
  }

  handled(number: number): void {
    this.#session?.accounting.handled(number);
  }

  check(): void {
    const wire = this.#session?.wire;
    const end = wire?.ownAddress;
    // Nothing that is sent to it comes any more: there is no need to wait for an answer.
    if (end !== undefined && !this.#parts.ownAddresses().includes(end))
      wire?.destroy(new KithError('network', 'The network this connection went through is gone'));
    else this.#keepAlive?.check();
  }

  async close(): Promise<void> {
    if (this.#session === undefined) {
      this.#attempt?.patience.withdraw();
      await this.#attempt?.over;
      return;
    }
    const { wire, accounting } = this.#session;
    if (wire.ended) return;
    if (this.#closing === undefined) {
      let resolve = () => {};
      const done = new Promise<void>((settle) => (resolve = settle));
      const end = () => wire.destroy(new KithError('network', 'The server said no goodbye'));
      this.#closing = { done, resolve, limit: this.#settings.clock.after(goodbyeLimit, end) };
      accounting.settle();
      wire.sayGoodbye();
    }
    await this.#closing.done;
  }

  #stand(session: Session): void {
    this.#session = session;
    const silent = () => session.wire.destroy(new KithError('server-silent', 'The server does not answer any more'));
    const keepAlive = new KeepAlive(this.#settings.clock, () => session.accounting.ask(), silent);
    this.#keepAlive = keepAlive;
    session.wire.onHeard = () => keepAlive.heard();
    // Whoever opened the stream learns that it stands before the first stanza does.
    setImmediate(() => {
      for (const element of session.early) this.#hear(element, session.countsEarly ? undefined : 0);
      session.wire.flow({
        element: (element) => this.#hear(element),
        ended: (error, resumable) => this.#end(error, resumable),
      });
    });
  }

  #hear(element: Element, number?: number): void {
    this.#keepAlive?.heardWhole();
    if (this.#session === undefined || this.#session.accounting.hear(element)) return;
    if (element.xmlns !== ns.stanzas || !stanzaNames.includes(element.name)) {
      this.#log.debug('an element nobody asked for', { name: element.name.slice(0, 40) });
      return;
    }
    this.#received.fire({ element, number: number ?? this.#session.accounting.received() });
  }

  #end(error: KithError, resumable: boolean): void {
    this.#keepAlive?.[Symbol.dispose]();
    const accounting = this.#session?.accounting;
    accounting?.end();
    if (this.#closing !== undefined) {
      this.#closing.limit[Symbol.dispose]();
      this.#ended.fire({ code: 'requested', text: '' });
      this.#closing.resolve();
      return;
    }
    const resumption = resumable ? accounting?.resumption() : undefined;
    const code: KithErrorCode = error.code;
    this.#ended.fire({ code, text: error.message, ...(resumption === undefined ? {} : { resumption }) });
  }

  /** What a listener does wrong is not the socket's affair. */
  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#log.error('a listener failed', { error: asKithError(error).message });
    }
  }
}
