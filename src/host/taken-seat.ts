/** The worker half of one open account: lends the protocol its seat, folds and numbers what it says. */
import { KithError, type Log } from '../base/index.ts';
import {
  type FacetCall,
  type FacetName,
  facetVerbs,
  type FromProtocol,
  type Opening,
  type ProtocolConnection,
  type ProtocolModule,
  type Seat,
} from '../contracts/index.ts';
import {
  type ConnectionEvent,
  type ConnectionSnapshot,
  fold,
  type LivingConnection,
  newConnection,
  type Presence,
  snapshot,
} from '../domain/index.ts';
import type { OpenQuestions } from './open-questions.ts';

export class TakenSeat {
  readonly #connection: ProtocolConnection;
  readonly #living: LivingConnection;
  readonly #questions: OpenQuestions;
  /** Of the newest attempt; it outlives `connect` because an attempt goes on after it has begun. */
  #attempt: AbortController | undefined;
  #closing: Promise<void> | undefined;
  #closed = false;

  /** Throws what the protocol's `open` throws. */
  constructor(
    protocol: ProtocolModule,
    opening: Opening,
    post: (message: FromProtocol) => void,
    questions: OpenQuestions,
    log: Log,
  ) {
    this.#living = newConnection(opening.account, opening.remembered, opening.rooms);
    this.#questions = questions;
    const seat: Seat = {
      account: opening.account,
      address: opening.address,
      parameters: opening.parameters,
      remembered: opening.remembered,
      rooms: opening.rooms,
      memory: memoryOf(opening, post),
      token: {
        read: (signal) => questions.readToken(opening.account, signal),
        keep: (token) =>
          post({ type: 'keep-token', account: opening.account, ...(token === undefined ? {} : { token }) }),
      },
      log: log.named(opening.account),
      ask: (kind, question, signal) => questions.ask(opening.account, kind, question, signal),
      emit: (event) => this.#emit(event, post),
    };
    this.#connection = protocol.open(seat);
  }

  get facets(): readonly FacetName[] {
    const { facets } = this.#connection;
    return (Object.keys(facetVerbs) as FacetName[]).filter((name) => facets[name] !== undefined);
  }

  /** True when it has said a fact. */
  get spoke(): boolean {
    return this.#living.revision > 0;
  }

  get closing(): boolean {
    return this.#closing !== undefined;
  }

  /** Nothing it says is heard any more. */
  mute(): void {
    this.#closed = true;
  }

  snapshot(): ConnectionSnapshot {
    return snapshot(this.#living);
  }

  /** The newest attempt replaces the one before: only it may still be cancelled. */
  async connect(presence: Presence, attempt: AbortController): Promise<void> {
    if (this.#closing) throw new KithError('cancelled', 'The account is closing');
    this.#attempt = attempt;
    await this.#connection.connect(presence, attempt.signal);
  }

  async disconnect(): Promise<void> {
    await this.#connection.disconnect();
  }

  async call({ facet, verb, args }: FacetCall): Promise<unknown> {
    const verbs = this.#connection.facets[facet] as
      Partial<Record<string, (...args: unknown[]) => unknown>> | undefined;
    const known = Object.hasOwn(facetVerbs, facet) && Object.hasOwn(facetVerbs[facet], verb);
    if (!known || verbs?.[verb] === undefined)
      throw new KithError('not-supported', `This connection has no '${facet}.${verb}'`);
    return verbs[verb](...args);
  }

  stored(revision: number): void {
    if (!this.#closing) this.#connection.stored(revision);
  }

  /** Ends the attempt, withdraws the questions, waits for the protocol. Afterwards nothing it says is heard. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#attempt?.abort();
    this.#questions.withdrawAll(this.#living.account);
    try {
      await this.#connection[Symbol.asyncDispose]();
    } finally {
      this.#closed = true;
    }
  }

  #emit(event: ConnectionEvent, post: (message: FromProtocol) => void): number {
    if (this.#closed) return this.#living.revision;
    fold(this.#living, event);
    const { account, revision } = this.#living;
    post({ type: 'fact', account, revision, event });
    return revision;
  }
}

function memoryOf({ account, memory }: Opening, post: (message: FromProtocol) => void): Seat['memory'] {
  const kept = new Map(memory);
  return {
    get: (key) => kept.get(key),
    set(key, value) {
      if (kept.get(key) === value) return;
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
      post({ type: 'remember', account, key, ...(value === undefined ? {} : { value }) });
    },
  };
}
