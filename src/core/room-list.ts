/** What a person does to rooms; the protocol does it, and its facts say what came of it. */
import { KithError } from '../base/index.ts';
import type { BridgeCalls, RoomPage, RoomsFacet } from '../contracts/index.ts';
import type { AccountId, Conversation, RoomId } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Addresses } from './addresses.ts';
import type { Connections } from './connections.ts';
import type { Conversations } from './conversations.ts';

export class RoomList {
  readonly #accounts: AccountList;
  readonly #addresses: Addresses;
  readonly #connections: Connections;
  readonly #conversations: Conversations;

  constructor(accounts: AccountList, addresses: Addresses, connections: Connections, conversations: Conversations) {
    this.#accounts = accounts;
    this.#addresses = addresses;
    this.#connections = connections;
    this.#conversations = conversations;
  }

  /** Resolves when we are in. */
  async join({ account, address, ...how }: BridgeCalls['room.join']['in']): Promise<Conversation> {
    const room = this.#addresses.normaliseRoom(account, address);
    await this.of(account).join(room, how);
    return this.open(account, room);
  }

  async create({ account, address, settings, ...how }: BridgeCalls['room.create']['in']): Promise<Conversation> {
    const room = this.#addresses.normaliseRoom(account, address);
    await this.of(account).create(room, how, settings ?? {});
    return this.open(account, room);
  }

  async invite({ account, room, address, text }: BridgeCalls['room.invite']['in']): Promise<void> {
    await this.of(account).invite(room, this.#addresses.normalise(account, address), text);
  }

  list({ account, service, after }: BridgeCalls['room.list']['in']): Promise<RoomPage> {
    return this.of(account).list(service, after);
  }

  open(account: AccountId, room: RoomId): Conversation {
    this.#accounts.get(account);
    return this.#conversations.open(account, { kind: 'room', room });
  }

  /** Throws 'not-found', 'not-online', or 'not-supported' where a network has no rooms. */
  of(id: AccountId): RoomsFacet {
    const { address } = this.#accounts.get(id);
    const connection = this.#connections.get(id);
    if (connection?.online !== true) throw new KithError('not-online', `${address} is not online`);
    const rooms = connection.facet('rooms');
    if (rooms === undefined) throw new KithError('not-supported', `${address} has no rooms to go to`);
    return rooms;
  }
}
