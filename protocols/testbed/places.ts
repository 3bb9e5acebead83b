/** The rooms of one account on the network, as the house is told of them. */
import { KithError, newId } from '../../src/base/index.ts';
import type { ArchivePage, Entrance, RoomsFacet, Seat } from '../../src/contracts/index.ts';
import type {
  ContactId,
  Message,
  MessageId,
  Occupant,
  OutgoingMessage,
  Room,
  RoomId,
  RoomSettings,
} from '../../src/domain/index.ts';
import type { Network } from './network/network.ts';
import type { Place, PlaceEar, Seated, Utterance } from './network/place.ts';
import { fileIn } from './network/shelf.ts';

const service = 'rooms.testbed';
const pageSize = 50;
/** In an account's memory: how far what was said in a room is known, by room. */
const heardKey = (id: RoomId): string => `heard/${id}`;

type PlacesSeat = Pick<Seat, 'account' | 'address' | 'rooms' | 'memory' | 'emit'>;

export class Places {
  readonly #seat: PlacesSeat;
  readonly #network: Network;
  readonly #rooms = new Map<RoomId, Room>();

  constructor(seat: PlacesSeat, network: Network) {
    this.#seat = seat;
    this.#network = network;
    for (const room of seat.rooms) this.#rooms.set(room.id, { ...room, status: 'left' });
  }

  /** At home: all are said, so that the wanted ones are joined. `further` are new to this account. */
  begin(further: readonly Room[]): void {
    for (const room of further) if (!this.#rooms.has(room.id)) this.#rooms.set(room.id, room);
    if (this.#rooms.size > 0)
      this.#seat.emit({ type: 'rooms-changed', changed: [...this.#rooms.values()], removed: [] });
  }

  end(): void {
    for (const room of this.#rooms.values()) {
      if (room.status !== 'left') this.#network.place(room.id)?.leave(room.nick);
      this.#rooms.set(room.id, { ...room, status: 'left' });
    }
  }

  /** Somebody wants this account in a room. */
  invited(id: RoomId, from: ContactId, text: string): void {
    const room = this.#rooms.get(id) ?? this.#new(id);
    if (room.status === 'left') this.#put({ ...room, invitation: { from, text } });
  }

  send({ id, target, body, at }: OutgoingMessage, replaces: string | undefined): void {
    if (target.kind !== 'room') throw new KithError('internal', 'This goes to a contact');
    const { place, room } = this.#joined(target.room);
    this.#seat.emit({ type: 'delivery-changed', message: id, delivery: { state: 'sending', at } });
    const said = { from: this.#seat.address, nick: room.nick, id, body, at };
    place.say(this.#network.utterance(replaces === undefined ? said : { ...said, replaces }));
  }

  page(id: RoomId, before: string | undefined, limit: number): ArchivePage {
    const said = this.#network.place(id)?.said ?? [];
    const end = before === undefined ? said.length : said.findIndex(({ archive }) => archive === before);
    const start = Math.max(0, end - limit);
    const messages = said.slice(start, Math.max(0, end)).map((one) => ({ ...this.#message(id, one), caughtUp: true }));
    return { messages, complete: start === 0 };
  }

  facet(slowly: <T>(work: () => T) => Promise<T>): RoomsFacet {
    return {
      join: (id, how) => slowly(() => this.#join(id, how, undefined)),
      create: (id, how, settings) => slowly(() => this.#join(id, how, settings)),
      leave: (id) => slowly(() => this.#leave(id)),
      forget: (id) =>
        slowly(() => {
          this.#leave(id);
          this.#rooms.delete(id);
          this.#seat.emit({ type: 'rooms-changed', changed: [], removed: [id] });
        }),
      invite: (id, contact, text) =>
        slowly(() => {
          const { place } = this.#joined(id);
          place.members.add(contact);
          this.#network.resident(contact).ear?.invited(id, this.#seat.address, text);
        }),
      setTopic: (id, topic) =>
        slowly(() => {
          const { place, room } = this.#joined(id);
          place.setTopic(topic, room.nick);
        }),
      setNick: (id, nick) =>
        slowly(() => {
          const { place, room } = this.#joined(id);
          place.rename(room.nick, nick);
          this.#put({ ...room, nick });
        }),
      configure: (id, settings) => slowly(() => this.#joined(id).place.set(this.#seat.address, settings)),
      list: (_service, after) =>
        slowly(() => {
          const all = this.#network.places.filter(({ membersOnly }) => !membersOnly);
          const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
          const page = all.slice(start, start + pageSize).map(({ id, name }) => ({ id, name }));
          const last = page.at(-1);
          return { rooms: page, ...(last !== undefined && start + pageSize < all.length ? { next: last.id } : {}) };
        }),
    };
  }

  #join(id: RoomId, { nick, password }: Entrance, create: RoomSettings | undefined): void {
    const known = this.#rooms.get(id) ?? this.#new(id);
    const room: Room = { ...known, nick: nick ?? known.nick };
    if (known.status === 'joined' && create === undefined) return;
    const there = this.#network.place(id);
    if (create !== undefined && there !== undefined)
      throw new KithError('already-exists', 'There is a room at this address already');
    if (there === undefined && !id.endsWith(`@${service}`)) throw new KithError('not-found', `Rooms are at ${service}`);
    const place = there ?? this.#network.found(id, this.#seat.address);
    if (create !== undefined) place.set(this.#seat.address, create);
    this.#put({ ...room, status: 'joining' });
    try {
      const who = place.enter(this.#seat.address, room.nick, password ?? '', this.#ear(place));
      this.#arrived(room, place, who);
    } catch (error) {
      const { code, message } = error as KithError;
      if (known.wanted || known.invitation !== undefined)
        this.#put({ ...known, status: 'left', reason: { code, text: message } });
      else {
        this.#rooms.delete(id);
        this.#seat.emit({ type: 'rooms-changed', changed: [], removed: [id] });
      }
      throw error;
    }
  }

  #arrived(room: Room, place: Place, who: Seated): void {
    const { reason: _over, invitation: _followed, ...rest } = room;
    const there = [...place.seated.filter(({ nick }) => nick !== who.nick), who].map((one) => this.#occupant(one));
    this.#seat.emit({ type: 'occupants-changed', room: room.id, changed: there, removed: [] });
    this.#put({ ...rest, ...saidOf(place), nick: who.nick, status: 'joined', wanted: true });
    const heard = this.#seat.memory.get(heardKey(room.id));
    const missed = place.said.slice(
      heard === undefined ? -pageSize : place.said.findIndex(({ archive }) => archive === heard) + 1,
    );
    if (missed.length === 0) return;
    const messages = missed.map((one) => ({ ...this.#message(room.id, one), caughtUp: true }));
    this.#seat.emit({ type: 'messages-received', messages });
    this.#seat.memory.set(heardKey(room.id), missed.at(-1)!.archive);
  }

  #leave(id: RoomId): void {
    const room = this.#rooms.get(id);
    if (room === undefined) throw new KithError('not-found', 'This room is not in your list');
    if (room.status === 'joined') this.#network.place(id)?.leave(room.nick);
    const { reason: _over, ...rest } = room;
    this.#put({ ...rest, status: 'left', wanted: false });
  }

  #ear(place: Place): PlaceEar {
    const { id } = place;
    return {
      came: (who) =>
        void this.#seat.emit({ type: 'occupants-changed', room: id, changed: [this.#occupant(who)], removed: [] }),
      gone: (nick) => void this.#seat.emit({ type: 'occupants-changed', room: id, changed: [], removed: [nick] }),
      said: (utterance) => {
        this.#seat.emit({ type: 'messages-received', messages: [this.#message(id, utterance)] });
        this.#seat.memory.set(heardKey(id), utterance.archive);
      },
      changed: () => {
        const room = this.#rooms.get(id);
        if (room !== undefined) this.#put({ ...room, ...saidOf(place) });
      },
      out: (reason) => {
        const room = this.#rooms.get(id);
        if (room !== undefined) this.#put({ ...room, status: 'left', reason });
      },
    };
  }

  #new(id: RoomId): Room {
    const nick = this.#seat.address.split('@')[0] ?? this.#seat.address;
    return { id, name: '', topic: '', nick, status: 'left', wanted: false };
  }

  #put(room: Room): void {
    this.#rooms.set(room.id, room);
    this.#seat.emit({ type: 'rooms-changed', changed: [room], removed: [] });
  }

  /** Throws 'not-online' when it is not there. */
  #joined(id: RoomId): { readonly place: Place; readonly room: Room } {
    const room = this.#rooms.get(id);
    const place = this.#network.place(id);
    if (room?.status !== 'joined' || place === undefined) throw new KithError('not-online', 'You are not in this room');
    return { place, room };
  }

  #occupant({ address, nick, role, affiliation }: Seated): Occupant {
    const presence = this.#network.resident(address).presence;
    return { nick, role, affiliation, presence, address, own: address === this.#seat.address };
  }

  #message(id: RoomId, { archive, id: origin, from, nick, body, replaces, at }: Utterance): Message {
    const ours = from === this.#seat.address;
    const file = fileIn(body);
    return {
      id: ours ? (origin as MessageId) : newId<MessageId>(),
      account: this.#seat.account,
      target: { kind: 'room', room: id },
      direction: ours ? 'outgoing' : 'incoming',
      from: ours ? from : (`${id}/${nick}` as ContactId),
      nick,
      occupant: from,
      body,
      ...(replaces === undefined ? {} : { replaces }),
      ...(file === undefined ? {} : { file }),
      at,
      origin,
      archive: `${id} ${archive}`,
      ...(ours ? { delivery: { state: 'sent', at } } : {}),
    };
  }
}

const saidOf = ({ name, topic, topicBy }: Place): Pick<Room, 'name' | 'topic' | 'topicBy'> => ({
  name,
  topic,
  ...(topicBy === '' ? {} : { topicBy }),
});
