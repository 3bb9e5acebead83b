/** One connection for every account, opened when it is first wanted. */
import { type AsyncDisposable, type Clock, ignore, KithError, type Log } from '../base/index.ts';
import type {
  FacetName,
  Facets,
  HostDuties,
  ProtocolHost,
  RemoteConnection,
  Retry,
  Store,
} from '../contracts/index.ts';
import {
  type AccountId,
  type ConnectionEvent,
  type ConnectionSnapshot,
  type Contact,
  type ContactKey,
  type ContactId,
  leftRoom,
  type ProtocolId,
  snapshot,
} from '../domain/index.ts';
import { AccountConnection } from './account-connection.ts';
import type { AccountList } from './account-list.ts';
import type { Announcer } from './announcer.ts';
import { coreMemory } from './core-memory.ts';
import type { Hosts } from './hosts.ts';
import type { KeptRooms } from './kept-rooms.ts';
import { Shelf } from './shelf.ts';
import type { Trouble } from './trouble.ts';

export interface ConnectionsRooms {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly announcer: Announcer;
  readonly trouble: Trouble;
  readonly accounts: AccountList;
  readonly hosts: Hosts;
  readonly keptRooms: KeptRooms;
}

/** What the rest of the house does when something happens on a connection. */
export interface ConnectionsEars {
  readonly ask: HostDuties['ask'];
  asking(account: AccountId): boolean;
  readonly readToken: HostDuties['readToken'];
  readonly keepToken: HostDuties['keepToken'];
  hear(connection: AccountConnection, event: ConnectionEvent, revision: number): void;
  replaced(account: AccountId): void;
  closed(account: AccountId): void;
  /** What the disk had refused is written. */
  recovered(): void;
}

export class Connections implements AsyncDisposable {
  readonly #rooms: ConnectionsRooms;
  readonly #ears: ConnectionsEars;
  readonly #duties: HostDuties;
  readonly #connections = new Map<AccountId, AccountConnection>();
  readonly #shelves = new Map<AccountId, Shelf>();

  constructor(rooms: ConnectionsRooms, ears: ConnectionsEars) {
    this.#rooms = rooms;
    this.#ears = ears;
    this.#duties = {
      ask: ears.ask,
      readToken: ears.readToken,
      keepToken: ears.keepToken,
      remember: (account, key, value) => this.#remember(account, key, value),
      opening: (account) => this.#opening(account),
    };
  }

  /** Makes it known; nothing is opened or connected yet. */
  add(id: AccountId): AccountConnection {
    const { store, clock, random, log, announcer, accounts, trouble, keptRooms } = this.#rooms;
    const connection = new AccountConnection(id, store.contacts(id), keptRooms.of(id), {
      clock,
      random,
      log,
      account: () => accounts.get(id),
      asking: () => this.#ears.asking(id),
      open: () => this.#open(id),
      hear: (event, revision) => this.#ears.hear(connection, event, revision),
      say: (event) => announcer.say(event),
      replaced: () => this.#ears.replaced(id),
      closed: () => this.shelf(id)?.putBetween(() => this.#ears.closed(id)),
    });
    this.#connections.set(id, connection);
    const shelf = new Shelf({
      clock,
      stored: (revision) => connection.stored(revision),
      refused: (error) => trouble.raise(error),
      recovered: () => {
        trouble.over();
        this.#ears.recovered();
      },
    });
    this.#shelves.set(id, shelf);
    announcer.say({ type: 'connection-opened', connection: snapshot(connection.living) });
    this.#ears.replaced(id);
    return connection;
  }

  /** One of its accounts will be connected in a moment: the protocol comes up while their contacts are read. */
  expect(protocol: ProtocolId): void {
    if (this.#rooms.hosts.knows(protocol)) this.#host(protocol).wake();
  }

  get(id: AccountId): AccountConnection | undefined {
    return this.#connections.get(id);
  }

  all(): readonly AccountConnection[] {
    return [...this.#connections.values()];
  }

  shelf(id: AccountId): Shelf | undefined {
    return this.#shelves.get(id);
  }

  contact(key: ContactKey): Contact | undefined {
    return this.#connections.get(key.account)?.living.contacts.get(key.contact);
  }

  /** Throws 'not-found', 'not-online', or 'not-supported' where the network `lacks` it, in words that follow the address. */
  lent<F extends FacetName>(id: AccountId, name: F, lacks: string): Facets[F] {
    const { address } = this.#rooms.accounts.get(id);
    const connection = this.#connections.get(id);
    if (connection?.online !== true) throw new KithError('not-online', `${address} is not online`);
    const facet = connection.facet(name);
    if (facet === undefined) throw new KithError('not-supported', `${address} ${lacks}`);
    return facet;
  }

  get retries(): readonly Retry[] {
    return this.all().flatMap(({ retry }) => retry ?? []);
  }

  get snapshots(): readonly ConnectionSnapshot[] {
    return this.all().map(({ living }) => snapshot(living));
  }

  async remove(id: AccountId): Promise<void> {
    const connection = this.#connections.get(id);
    await connection?.[Symbol.asyncDispose]();
    this.#shelves.get(id)?.[Symbol.dispose]();
    this.#shelves.delete(id);
    this.#connections.delete(id);
  }

  /** All at once, each bounded, so that quitting takes as long as the slowest and never longer than the bound. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const shelf of this.#shelves.values()) {
      shelf.catchUp();
      shelf.tell();
    }
    await Promise.all(this.all().map((connection) => connection[Symbol.asyncDispose]()));
    for (const shelf of this.#shelves.values()) shelf[Symbol.dispose]();
  }

  async #open(id: AccountId): Promise<RemoteConnection> {
    const remote = await this.#host(this.#rooms.accounts.get(id).protocol).open(this.#opening(id));
    this.shelf(id)?.beginAnew();
    return remote;
  }

  #host(protocol: ProtocolId): ProtocolHost {
    return this.#rooms.hosts.host(protocol, this.#duties, () => this.#becameWell(protocol));
  }

  #opening(id: AccountId): ReturnType<HostDuties['opening']> {
    const { address, parameters } = this.#rooms.accounts.get(id);
    return {
      account: id,
      address: address as ContactId,
      parameters,
      remembered: [...(this.get(id)?.living.contacts.values() ?? [])],
      rooms: [...(this.get(id)?.living.rooms.values() ?? [])].map(leftRoom),
      memory: this.#rooms.store.memory(id).filter(([key]) => !key.startsWith(coreMemory)),
    };
  }

  #remember(id: AccountId, key: string, value: string | undefined): void {
    if (key.startsWith(coreMemory)) {
      this.#rooms.log.warn('A protocol tried to set what is core’s', { account: id });
      return;
    }
    this.shelf(id)?.putBetween(() => this.#rooms.store.remember(id, key, value));
  }

  /** The host brings back what it had opened. What it never opened is ours to try again. */
  #becameWell(protocol: ProtocolId): void {
    for (const connection of this.all()) {
      if (!connection.failedToOpen || this.#rooms.accounts.get(connection.account).protocol !== protocol) continue;
      ignore(connection.connect(), 'A connection could not be opened after its protocol came back', this.#rooms.log);
    }
  }
}
