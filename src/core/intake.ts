/** What connections say, taken in: on disk, then told, and only then acknowledged. */
import { assertNever, ignore, type Log } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import {
  type AccountId,
  type ConnectionEvent,
  type Contact,
  type ContactId,
  conversationId,
  mentions,
  type Message,
  type Room,
  type RoomId,
} from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import type { Announcer } from './announcer.ts';
import { ArchivedOrder } from './archived-order.ts';
import type { Conversations } from './conversations.ts';
import { InTurn } from './in-turn.ts';
import type { KeptRooms } from './kept-rooms.ts';
import type { Outbox } from './outbox.ts';
import type { People } from './people.ts';
import type { Pipeline } from './pipeline.ts';
import type { Rejoining } from './rejoining.ts';
import { inArrivalOrder, isArchived } from './said-at.ts';
import type { SetAside } from './set-aside.ts';
import type { Held, Shelf } from './shelf.ts';

type Received = Extract<ConnectionEvent, { readonly type: 'messages-received' }>;
type ReadElsewhere = Extract<ConnectionEvent, { readonly type: 'read-elsewhere' }>;

export interface IntakeRooms {
  readonly store: Store;
  readonly log: Log;
  readonly announcer: Announcer;
  readonly pipeline: Pipeline;
  readonly people: People;
  readonly conversations: Conversations;
  readonly outbox: Outbox;
  readonly setAside: SetAside;
  readonly keptRooms: KeptRooms;
  readonly rejoining: Rejoining;
  /** The name we bear in a room; undefined where there is none. */
  nickIn(account: AccountId, room: RoomId): string | undefined;
  /** Undefined once the account is gone. */
  shelf(account: AccountId): Shelf | undefined;
}

export class Intake {
  readonly #rooms: IntakeRooms;
  readonly #archived: ArchivedOrder;
  /** Messages of one account keep their order although a stage may take its time. */
  readonly #inTurn = new Map<AccountId, InTurn>();
  /** Whom our readers believe to be writing, or to have paused. */
  readonly #writing = new Map<AccountId, Set<ContactId>>();

  constructor(rooms: IntakeRooms) {
    this.#rooms = rooms;
    this.#archived = new ArchivedOrder(rooms.store);
  }

  hear(connection: AccountConnection, event: ConnectionEvent, revision: number): void {
    const { announcer, people } = this.#rooms;
    const { account } = connection;
    const shelf = this.#rooms.shelf(account);
    if (shelf === undefined) return;
    switch (event.type) {
      case 'messages-received':
        this.#haveWritten(account, event.messages);
        this.#received(event, account, shelf, shelf.hold(revision));
        return;
      case 'contacts-changed':
        this.#contactsChanged(account, event.changed, event.removed, shelf, shelf.hold(revision));
        break;
      case 'delivery-changed':
        // Nothing of it lives in the connection; the changed message is told instead.
        shelf.put(shelf.hold(revision), () => this.#rooms.outbox.delivered(event.message, event.delivery));
        return;
      case 'read-elsewhere':
        this.#readElsewhere(account, event, shelf, shelf.hold(revision));
        return;
      case 'presences-changed':
        for (const [contact] of event.presences) people.touch(account, contact);
        shelf.seen(revision);
        break;
      case 'status-changed':
        if (event.status === 'offline') {
          this.#writing.delete(account);
          people.touchAccount(account, connection.living.contacts.keys());
        }
        shelf.seen(revision);
        break;
      case 'rooms-changed':
        shelf.put(shelf.hold(revision), () => this.#rooms.keptRooms.save(account, connection.living.rooms.values()));
        break;
      case 'chat-state-changed':
        this.#writing.set(account, (this.#writing.get(account) ?? new Set()).add(event.from));
        shelf.seen(revision);
        break;
      case 'origin-changed':
      case 'self-changed':
      case 'profile-changed':
      case 'blocked-changed':
      case 'files-offered':
        shelf.seen(revision);
        // What waited to know whether it may go.
        this.#rooms.outbox.flush(account);
        break;
      case 'transfer-changed':
      case 'roster-received':
      case 'occupants-changed':
        shelf.seen(revision);
        break;
      default:
        assertNever(event);
    }
    announcer.say({ type: 'connection-changed', account, event });
    if (event.type === 'status-changed') this.#statusChanged(connection, shelf);
    if (event.type === 'rooms-changed') this.#roomsChanged(account, event.changed, event.removed);
  }

  /** A message of ours, new on disk. */
  tell(message: Message): void {
    const told = this.#tell([message]);
    if (told !== undefined) ignore(told, 'A message could not be told', this.#rooms.log);
  }

  /** Messages taken from an archive because someone scrolled there: kept and counted, not told as news. */
  async keepOld(messages: readonly Message[]): Promise<readonly Message[]> {
    const passed = await this.#rooms.pipeline.pass(messages, 'transform', 'decorate');
    return this.#keep(passed.map((message) => this.#addressed(message)));
  }

  #statusChanged({ account, living }: AccountConnection, shelf: Shelf): void {
    const { outbox } = this.#rooms;
    if (living.status === 'online') {
      this.#archived.newSession(account);
      outbox.flush(account);
    }
    if (living.status === 'offline') this.#rooms.rejoining.offline(account);
    if (living.status === 'offline' && living.reason?.code === 'protocol-crashed') {
      shelf.putBetween(() => outbox.lostSightOf(account));
    }
  }

  #roomsChanged(account: AccountId, changed: readonly Room[], removed: readonly RoomId[]): void {
    this.#rooms.rejoining.changed(account, changed, removed);
    // What was written while nobody here was in it waits until we are.
    if (changed.some(({ status }) => status === 'joined')) this.#rooms.outbox.flush(account);
  }

  #contactsChanged(
    account: AccountId,
    changed: readonly Contact[],
    removed: readonly ContactId[],
    shelf: Shelf,
    held: Held,
  ): void {
    for (const { id } of changed) this.#rooms.people.touch(account, id);
    for (const id of removed) this.#rooms.people.touch(account, id);
    // Ten thousand of them take the disk a while, and whoever waits for the list need not wait for that.
    shelf.putLater(held, () => {
      this.#rooms.store.saveContacts(account, changed, removed);
      this.#rooms.setAside.contactsChanged(account, changed, removed);
    });
  }

  /** Who has written is no longer writing. The bodies themselves are told once, as messages. */
  #haveWritten(account: AccountId, messages: readonly Message[]): void {
    const writing = this.#writing.get(account);
    for (const { from } of messages) {
      if (writing?.delete(from) !== true) continue;
      const event = {
        type: 'chat-state-changed',
        target: { kind: 'contact', contact: from },
        from,
        state: 'active',
      } as const;
      this.#rooms.announcer.say({ type: 'connection-changed', account, event });
    }
  }

  #received({ messages, earlier }: Received, account: AccountId, shelf: Shelf, held: Held): void {
    this.#afterThoseBefore(account, () => {
      const passed = this.#rooms.pipeline.pass(messages, 'transform', 'decorate');
      const takeIn = (all: readonly Message[]): void | Promise<void> =>
        this.#takeIn(earlier === true ? all : this.#inOrder(all), shelf, held);
      return passed instanceof Promise ? passed.then(takeIn) : takeIn(passed);
    });
  }

  #inOrder(messages: readonly Message[]): readonly Message[] {
    const stamped = messages.map((message) => (isArchived(message) ? this.#archived.stamped(message) : message));
    return inArrivalOrder(stamped, ({ account, target }) => this.#rooms.conversations.lastSaid(account, target));
  }

  /** What was read came before, and may still be on its way through a stage. */
  #readElsewhere(account: AccountId, read: ReadElsewhere, shelf: Shelf, held: Held): void {
    this.#afterThoseBefore(account, () => {
      shelf.put(held, () => this.#rooms.conversations.readElsewhere(account, read.target, read));
    });
  }

  #afterThoseBefore(account: AccountId, work: () => void | Promise<void>): void {
    const inTurn = this.#inTurn.get(account) ?? new InTurn();
    this.#inTurn.set(account, inTurn);
    const done = inTurn.do(work);
    if (done !== undefined) ignore(done, 'What was received could not be taken in', this.#rooms.log);
  }

  #takeIn(received: readonly Message[], shelf: Shelf, held: Held): void | Promise<void> {
    const messages = received.map((message) => this.#addressed(message));
    let fresh: readonly Message[] = messages;
    const stored = shelf.put(held, () => {
      fresh = this.#keep(messages);
    });
    if (!stored) this.#rooms.conversations.changedUnstored(messages);
    return this.#tell(fresh);
  }

  /** With a mark when it names us where it was said. */
  #addressed(message: Message): Message {
    if (message.target.kind !== 'room' || message.direction !== 'incoming') return message;
    const nick = this.#rooms.nickIn(message.account, message.target.room);
    return nick !== undefined && mentions(message.body, nick) ? { ...message, mention: true } : message;
  }

  /** In one transaction. Returns what was new. */
  #keep(messages: readonly Message[]): readonly Message[] {
    const { store, announcer, conversations, outbox } = this.#rooms;
    const { fresh, confirmed, corrected, absorbed } = store.together(() => {
      const kept = store.keep(messages);
      // Whoever answers, here or on another device, has read what came before.
      for (const spoken of newestSpoken(kept.fresh).values()) {
        conversations.acknowledge(conversationId(spoken.account, spoken.target), spoken.id);
      }
      return kept;
    });
    conversations.changed([...fresh, ...corrected]);
    outbox.confirmed(confirmed);
    // No news: nobody is called again for it.
    if (absorbed.length > 0) announcer.say({ type: 'messages-changed', changed: corrected, removed: absorbed });
    return fresh;
  }

  /** A stage at 'announce' decides whether a message is told, not what is told: that is what was stored. */
  #tell(messages: readonly Message[]): void | Promise<void> {
    const passed = this.#rooms.pipeline.pass(messages, 'announce');
    const say = (told: readonly Message[]): void => {
      const ids = new Set(told.map(({ id }) => id));
      const changed = messages.filter(({ id }) => ids.has(id));
      if (changed.length > 0) this.#rooms.announcer.say({ type: 'messages-changed', changed, removed: [] });
    };
    return passed instanceof Promise ? passed.then(say) : say(passed);
  }
}

function newestSpoken(messages: readonly Message[]): Map<string, Message> {
  const newest = new Map<string, Message>();
  for (const message of messages) {
    if (message.direction !== 'outgoing') continue;
    const id = conversationId(message.account, message.target);
    const known = newest.get(id);
    if (known === undefined || message.at >= known.at) newest.set(id, message);
  }
  return newest;
}
