/** The rooms a person wants to be in are joined in every session, and again when they were lost; each waits by itself. */
import { type Clock, type Disposable, ignore, type Log } from '../base/index.ts';
import type { AccountId, Room, RoomId } from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import { Backoff } from './backoff.ts';
import { triedByItself } from './retry-policy.ts';

interface Waiting {
  readonly backoff: Backoff;
  next?: Disposable;
}

/** So long must a room have held, in milliseconds, before losing it counts as a first time again. */
const held = 60_000;

export interface RejoiningDuties {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  connection(account: AccountId): AccountConnection | undefined;
}

export class Rejoining implements Disposable {
  readonly #duties: RejoiningDuties;
  readonly #waiting = new Map<AccountId, Map<RoomId, Waiting>>();

  constructor(duties: RejoiningDuties) {
    this.#duties = duties;
  }

  /** These rooms are now so. Only a fact of an online connection makes us join: what a session resumed is told with it. */
  changed(account: AccountId, rooms: readonly Room[], removed: readonly RoomId[]): void {
    for (const id of removed) this.#forget(account, id);
    if (this.#duties.connection(account)?.online !== true) return;
    for (const room of rooms) this.#consider(account, room);
  }

  /** The session is over: a new one begins with all rooms anew. */
  offline(account: AccountId): void {
    for (const id of this.#waiting.get(account)?.keys() ?? []) this.#forget(account, id);
  }

  [Symbol.dispose](): void {
    for (const account of this.#waiting.keys()) this.offline(account);
  }

  #consider(account: AccountId, room: Room): void {
    if (room.status === 'joining') return;
    if (room.status === 'joined') return this.#joined(account, room.id);
    if (!room.wanted) return this.#forget(account, room.id);
    if (room.reason === undefined) return this.#join(account, room.id);
    // A ban, a password, a room for members: the same again would be refused alike.
    if (!triedByItself(room.reason.code)) return this.#forget(account, room.id);
    const waiting = this.#of(account, room.id);
    waiting.next?.[Symbol.dispose]();
    waiting.next = this.#duties.clock.after(waiting.backoff.next(), () => this.#join(account, room.id));
  }

  #joined(account: AccountId, id: RoomId): void {
    const waiting = this.#waiting.get(account)?.get(id);
    if (waiting === undefined) return;
    waiting.next?.[Symbol.dispose]();
    waiting.next = this.#duties.clock.after(held, () => this.#forget(account, id));
  }

  #join(account: AccountId, id: RoomId): void {
    const rooms = this.#duties.connection(account)?.facet('rooms');
    if (rooms === undefined) return;
    ignore(rooms.join(id, {}), 'a room says itself why it was not joined', this.#duties.log);
  }

  #of(account: AccountId, id: RoomId): Waiting {
    const rooms = this.#waiting.get(account) ?? new Map<RoomId, Waiting>();
    this.#waiting.set(account, rooms);
    const waiting = rooms.get(id) ?? { backoff: new Backoff(this.#duties.random) };
    rooms.set(id, waiting);
    return waiting;
  }

  #forget(account: AccountId, id: RoomId): void {
    this.#waiting.get(account)?.get(id)?.next?.[Symbol.dispose]();
    this.#waiting.get(account)?.delete(id);
  }
}
