/** One account's connection, from before it is opened until after it is closed: asked to connect and disconnect, one thing at a time. */
import {
  asKithError,
  type AsyncDisposable,
  type Clock,
  type Disposable,
  ignore,
  KithError,
  type Log,
} from '../base/index.ts';
import type { FacetName, Facets, HouseEvent, RemoteConnection, Retry } from '../contracts/index.ts';
import {
  type Account,
  type AccountId,
  type ConnectionEvent,
  type Contact,
  fold,
  isWanted,
  type LivingConnection,
  newConnection,
  type Presence,
  type Room,
  samePresence,
  snapshot,
  type StatusReason,
} from '../domain/index.ts';
import { bounded } from './bounded.ts';
import { InTurn } from './in-turn.ts';
import { Retrying } from './retrying.ts';

/** A session that does not end within this many milliseconds is left to its host. Together well below two seconds, for a quit. */
const endsWithin = 1_400;
const closesWithin = 200;

const connecting: ConnectionEvent = { type: 'status-changed', status: 'connecting' };
const signedOut: StatusReason = { code: 'requested', text: 'Signed out' };

export interface ConnectionDuties {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Whether the person is being asked something for it. */
  asking(): boolean;
  /** The account as configured now. */
  account(): Account;
  open(): Promise<RemoteConnection>;
  hear(event: ConnectionEvent, revision: number): void;
  say(event: HouseEvent): void;
  /** All contacts may have changed at once. */
  replaced(): void;
  /** Nobody is left to say what became of what was under way. */
  closed(): void;
}

export class AccountConnection implements AsyncDisposable {
  readonly account: AccountId;
  readonly #duties: ConnectionDuties;
  readonly #retrying: Retrying;
  readonly #inTurn = new InTurn();
  /** What is known while no protocol is involved. */
  #unopened: LivingConnection;
  #remote: RemoteConnection | undefined;
  #hearing: Disposable | undefined;
  #attempt: AbortController | undefined;
  /** What the other side was last told of us. */
  #shown: Presence | undefined;
  #openFailed = false;
  /** Said to be connecting before anything was begun. */
  #promised = false;
  #ended = false;

  constructor(account: AccountId, remembered: readonly Contact[], rooms: readonly Room[], duties: ConnectionDuties) {
    this.account = account;
    this.#duties = duties;
    this.#unopened = newConnection(account, remembered, rooms);
    this.#retrying = new Retrying({
      clock: duties.clock,
      random: duties.random,
      wanted: () => this.wanted,
      attempt: () => ignore(this.connect(), 'The planned attempt failed', duties.log),
      callOff: () => this.#callOff(),
      planned: (at) => duties.say({ type: 'retry-planned', retry: { account, ...(at === undefined ? {} : { at }) } }),
    });
  }

  get living(): LivingConnection {
    return this.#remote?.living ?? this.#unopened;
  }

  get online(): boolean {
    return this.living.status === 'online';
  }

  get retry(): Retry | undefined {
    const at = this.#retrying.at;
    return at === undefined ? undefined : { account: this.account, at };
  }

  /** The protocol could not even begin, and nothing has been tried since. */
  get failedToOpen(): boolean {
    return this.#openFailed;
  }

  /** Undefined when the protocol lacks it, and while not online. */
  facet<F extends FacetName>(name: F): Facets[F] | undefined {
    return this.online ? this.#remote?.facet(name) : undefined;
  }

  /** Whether the protocol has a facet at all; undefined while nobody knows. */
  offers(name: FacetName): boolean | undefined {
    return this.#remote?.facets.has(name);
  }

  stored(revision: number): void {
    this.#remote?.stored(revision);
  }

  get wanted(): boolean {
    return !this.#ended && isWanted(this.#duties.account());
  }

  /** Tries now, if it is wanted and not under way. Resolves when the attempt has begun; what came of it is told as facts. */
  async connect(): Promise<void> {
    this.#retrying.cancel();
    await this.#inTurn.do(() => this.#connect());
  }

  /** What waits is tried soon, what hangs is begun anew, and what stands is tried out: the other end may be out of reach without anybody having said so. */
  networkCameBack(): void {
    this.#retrying.networkCameBack();
    const checked = this.facet('lifeline')?.check();
    if (checked !== undefined) ignore(checked, 'A connection could not be tried out', this.#duties.log);
  }

  /** Resolves when the session is over, or has been given up. */
  async disconnect(): Promise<void> {
    this.#retrying.cancel();
    this.#attempt?.abort();
    await this.#inTurn.do(() => this.#disconnect());
  }

  /** Away from its protocol: what it was opened with has changed, or it is no longer wanted. */
  async close(): Promise<void> {
    this.#retrying.cancel();
    this.#attempt?.abort();
    await this.#inTurn.do(() => this.#close());
  }

  /** Shows what the account now requests, connecting or disconnecting if that takes it. */
  async follow(): Promise<void> {
    if (!this.wanted) return this.disconnect();
    if (this.living.status === 'online') return this.#show();
    return this.connect();
  }

  /** Why nothing is tried, said as the connection's own fact. Only while no protocol is involved. */
  explain(reason: StatusReason): void {
    this.#foldUnopened({ type: 'status-changed', status: 'offline', reason });
  }

  /** Will be asked to connect in a moment, which is what our readers are told already. */
  promise(): void {
    if (!this.wanted || this.#remote !== undefined) return;
    this.#promised = true;
    this.#foldUnopened(connecting);
  }

  /** For good. Bounded; does not wait for what is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    this.#retrying[Symbol.dispose]();
    this.#attempt?.abort();
    await this.#close();
  }

  async #connect(): Promise<void> {
    if (!this.wanted || (this.living.status !== 'offline' && !this.#promised)) return;
    this.#promised = false;
    const attempt = new AbortController();
    this.#attempt = attempt;
    try {
      const remote = await this.#opened();
      if (!this.wanted || attempt.signal.aborted) return;
      this.#shown = this.#duties.account().requested;
      await remote.connect(this.#shown, attempt.signal);
    } catch (error) {
      this.#failedToBegin(error);
    }
  }

  /** Not while somebody types the answer it waits for: the question would close under their hands. */
  #callOff(): boolean {
    if (this.#attempt === undefined || this.#duties.asking()) return false;
    this.#attempt.abort();
    return true;
  }

  async #opened(): Promise<RemoteConnection> {
    if (this.#remote !== undefined) return this.#remote;
    if (this.living.status !== 'connecting') this.#foldUnopened(connecting);
    this.#openFailed = true;
    const remote = await this.#duties.open();
    this.#openFailed = false;
    if (this.#ended) {
      await remote[Symbol.asyncDispose]();
      throw new KithError('cancelled', 'The account was closed while it was being opened');
    }
    this.#remote = remote;
    this.#hearing = remote.onDidHappen(({ event, revision }) => this.#heard(event, revision));
    this.#sayWhole();
    return remote;
  }

  #heard(event: ConnectionEvent, revision: number): void {
    this.#duties.hear(event, revision);
    if (event.type !== 'status-changed') return;
    this.#retrying.statusChanged(event.status, event.reason);
    if (event.status === 'online') ignore(this.#show(), 'Our presence could not be shown', this.#duties.log);
  }

  async #show(): Promise<void> {
    const { requested } = this.#duties.account();
    if (this.#shown !== undefined && samePresence(this.#shown, requested)) return;
    this.#shown = requested;
    await this.facet('presence')?.setOwn(requested);
  }

  /** Not even an attempt began. A connection that has a protocol keeps its own status: the protocol says it. */
  #failedToBegin(error: unknown): void {
    const { code, message } = asKithError(error);
    this.#duties.log.warn('An attempt to connect did not begin', { account: this.account, code });
    const reason = { code, text: message };
    if (this.#remote === undefined && !this.#ended) this.explain(reason);
    if (!this.#ended && this.living.status === 'offline') this.#retrying.statusChanged('offline', reason);
  }

  async #disconnect(): Promise<void> {
    const remote = this.#remote;
    if (this.living.status === 'offline') return;
    if (remote === undefined) {
      // What is being opened sees for itself that it is not wanted any more.
      if (this.#promised) this.explain(signedOut);
      this.#promised = false;
      return;
    }
    const over = remote.disconnect();
    ignore(over, 'The session did not end well', this.#duties.log);
    if (!(await bounded(this.#duties.clock, endsWithin, over))) {
      this.#duties.log.warn('The session did not end in time', { account: this.account });
    }
  }

  async #close(): Promise<void> {
    const remote = this.#remote;
    if (remote === undefined) {
      if (!this.#ended) this.explain(signedOut);
      return;
    }
    await this.#disconnect();
    this.#hearing?.[Symbol.dispose]();
    this.#unopened = newConnection(
      this.account,
      [...remote.living.contacts.values()],
      [...remote.living.rooms.values()],
    );
    this.#remote = undefined;
    this.#shown = undefined;
    fold(this.#unopened, { type: 'status-changed', status: 'offline', reason: signedOut });
    this.#sayWhole();
    this.#duties.closed();
    const closed = Promise.resolve(remote[Symbol.asyncDispose]());
    ignore(closed, 'The connection did not close well', this.#duties.log);
    await bounded(this.#duties.clock, closesWithin, closed);
  }

  #foldUnopened(event: ConnectionEvent): void {
    fold(this.#unopened, event);
    this.#duties.say({ type: 'connection-changed', account: this.account, event });
  }

  #sayWhole(): void {
    this.#duties.say({ type: 'connection-opened', connection: snapshot(this.living) });
    this.#duties.replaced();
  }
}
