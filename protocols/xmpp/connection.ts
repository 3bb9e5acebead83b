/** One account's connection: one attempt at a time, each on a stream of its own, and a session that may outlive several. */
import { AsyncDisposableStack, type Clock, DisposableStack, KithError } from '../../src/base/index.ts';
import type { Facets, ProtocolConnection, Seat } from '../../src/contracts/index.ts';
import type { Aborting, Presence, StatusReason } from '../../src/domain/index.ts';
import { domainOf } from './address.ts';
import { NS_CARBONS } from './features/carbons.ts';
import { features } from './features/index.ts';
import { ownPresence } from './features/presence.ts';
import { loginMemory } from './login-memory.ts';
import { number, text } from './parameters.ts';
import { proxyOf } from './proxy-settings.ts';
import { reasonOf, reasonOfError, requested } from './reasons.ts';
import type { Feature } from './session.ts';
import { NS_CLIENT } from './stanza-errors.ts';
import type { Established, Incoming, Resumption, Stream, StreamEnd, StreamSettings } from './stream/contract.ts';
import { xml } from './stream/element.ts';
import { Switchboard } from './switchboard.ts';
import { entering } from './registration/entering.ts';
import { trusted } from './trust.ts';

export interface ConnectionParts {
  readonly clock: Clock;
  readonly newStream: (settings: StreamSettings) => Stream;
  readonly features?: readonly Feature[];
}

interface Attempt {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export class XmppConnection implements ProtocolConnection {
  readonly facets: Partial<Facets>;
  readonly #seat: Seat;
  readonly #parts: ConnectionParts;
  readonly #session: Switchboard;
  readonly #server: string;
  readonly #undo = new AsyncDisposableStack();
  #presence: Presence | undefined;
  #attempt: Attempt | undefined;
  #leaving: Promise<void> | undefined;
  #online: Stream | undefined;
  /** How to go on with the session of a socket that broke. */
  #resumption: Resumption | undefined;
  #alive = false;
  /** What was last said: the reason for being offline, or that it is not. */
  #status: StatusReason['code'] | 'never' | 'up' = 'never';

  constructor(seat: Seat, parts: ConnectionParts) {
    this.#seat = seat;
    this.#parts = parts;
    this.#server = domainOf(seat.address);
    this.#session = new Switchboard(seat, parts.clock);
    this.facets = this.#session.facets;
    this.#undo.use(this.#session.lend('lifeline', { check: async () => this.#online?.check() }));
    for (const attach of parts.features ?? features) this.#undo.use(attach(this.#session));
  }

  async connect(presence: Presence, signal: Aborting): Promise<void> {
    // Refuses at once what cannot be shown, before anything is opened.
    ownPresence(this.#session, presence);
    this.#presence = presence;
    // One that was called off takes its time to end; then a new one begins.
    await this.#leaving;
    if (this.#attempt?.abort.signal.aborted === true) await this.#attempt.done;
    if (this.#online !== undefined) return this.facets.presence?.setOwn(presence);
    if (this.#attempt !== undefined) return;
    if (signal.aborted) throw new KithError('cancelled', 'The attempt was called off before it began');
    const abort = new AbortController();
    const cancel = () => abort.abort();
    signal.addEventListener('abort', cancel);
    this.#status = 'up';
    this.#session.facts.sayNow({ type: 'status-changed', status: 'connecting' });
    const done = this.#try(abort.signal).finally(() => {
      signal.removeEventListener('abort', cancel);
      this.#attempt = undefined;
    });
    this.#attempt = { abort, done };
  }

  disconnect(): Promise<void> {
    this.#leaving ??= this.#leave().finally(() => {
      this.#leaving = undefined;
    });
    return this.#leaving;
  }

  stored(revision: number): void {
    this.#session.facts.stored(revision);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.disconnect();
    await this.#undo[Symbol.asyncDispose]();
  }

  async #leave(): Promise<void> {
    this.#attempt?.abort.abort();
    await this.#attempt?.done;
    const stream = this.#online;
    if (stream !== undefined) {
      this.#session.send(xml('presence', NS_CLIENT, { type: 'unavailable' }));
      await stream.close();
      this.#online = undefined;
    }
    if (this.#alive) this.#over();
    if (this.#status !== 'never' && this.#status !== requested.code) this.#offline(requested);
  }

  /** Never rejects: what went wrong is said as the reason for being offline. */
  async #try(signal: AbortSignal): Promise<void> {
    const listening = new DisposableStack();
    // Stanzas may come in the same read as the answer that opens the session, before `open` has resolved here.
    const early: Incoming[] = [];
    let ended: StreamEnd | undefined;
    let hear = (incoming: Incoming): void => void early.push(incoming);
    let end = (how: StreamEnd): void => {
      ended = how;
    };
    try {
      const stream = this.#parts.newStream(this.#settings(signal));
      listening.use(stream.onDidReceive((incoming) => hear(incoming)));
      listening.use(stream.onDidEnd((how) => end(how)));
      const established = await stream.open(signal, this.#resumption);
      if (signal.aborted) {
        await stream.close();
        throw new KithError('cancelled', 'The attempt was called off');
      }
      this.#begin(stream, established);
      hear = (incoming) => this.#session.receive(incoming);
      end = (how) => {
        listening[Symbol.dispose]();
        this.#ended(stream, how);
      };
      for (const incoming of early.splice(0)) this.#session.receive(incoming);
      if (ended !== undefined) end(ended);
    } catch (error) {
      listening[Symbol.dispose]();
      if (signal.aborted) this.#offline(requested);
      else this.#offline(reasonOfError(error, this.#server));
    }
  }

  #begin(stream: Stream, established: Established): void {
    this.#online = stream;
    this.#alive = true;
    this.#resumption = undefined;
    this.#session.facts.sayNow({ type: 'status-changed', status: 'online' });
    this.#session.begin(stream, established, this.#wanted());
  }

  #ended(stream: Stream, how: StreamEnd): void {
    // Our own farewell is told by whoever said it.
    if (this.#online !== stream || how.code === 'requested') return;
    this.#online = undefined;
    this.#resumption = how.resumption;
    if (how.resumption === undefined) this.#over();
    else this.#session.pause();
    this.#offline(reasonOf(how, this.#server));
  }

  #over(): void {
    this.#alive = false;
    this.#resumption = undefined;
    this.#session.end();
  }

  #offline(reason: StatusReason): void {
    this.#status = reason.code;
    this.#session.facts.sayNow({ type: 'status-changed', status: 'offline', reason });
  }

  #wanted(): Presence {
    if (this.#presence === undefined) throw new KithError('internal', 'Online without having been asked to');
    return this.#presence;
  }

  #settings(signal: AbortSignal): StreamSettings {
    const { seat, parts } = { seat: this.#seat, parts: this.#parts };
    const given = seat.parameters;
    const host = text(given['host']);
    const port = number(given['port']);
    const ca = text(given['ca']);
    const proxy = proxyOf(seat, signal);
    return {
      address: seat.address,
      resource: text(given['resource']),
      ...(host === undefined ? {} : { host, directTls: given['directTls'] === true }),
      ...(port === undefined ? {} : { port }),
      ...(ca === undefined ? {} : { ca }),
      plainText: given['plainText'] === true,
      ...(proxy === undefined ? {} : { proxy }),
      clock: parts.clock,
      log: seat.log.named('stream'),
      password: () => seat.ask('password', { why: 'needed' }, signal),
      memory: loginMemory(seat, signal),
      enable: [NS_CARBONS],
      ...entering(seat, signal),
      trust: (facts) => trusted(facts, seat, signal),
    };
  }
}
