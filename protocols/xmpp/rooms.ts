/** The rooms of this account as the session knows them. Whatever happens to a room is written here, and said as a fact, once. */
import type { Instant } from '../../src/base/index.ts';
import { type ContactId, leftRoom, type Occupant, type Room, type RoomId } from '../../src/domain/index.ts';
import type { Facts } from './facts.ts';
import { Spoken } from './spoken.ts';
import type { Element } from './stream/element.ts';

/** Nobody reads a longer list; a room that names people without end must not fill our memory. */
const mostOccupants = 50_000;

/** One room, with what is nobody's business but the protocol's. */
export class RoomState {
  room: Room;
  readonly occupants = new Map<string, Occupant>();
  readonly spoken = new Spoken();
  /** As our bookmarks or the person gave it; never said to anyone but the room. */
  password: string | undefined;
  /** XEP-0421: who we are to this room, whatever our nick. */
  occupantId: string | undefined;
  /** What the room says it can do (XEP-0030), as of the last joining. */
  features: ReadonlySet<string> = new Set();
  /** It stands in our bookmarks, or is remembered from there. */
  listed: boolean;
  /** When something last came from it. */
  heardAt: Instant = 0;
  /** Settles when what was said there before the last joining is here: from its archive, or, if it keeps none, as it sent it. */
  readThrough: Promise<void> = Promise.resolve();

  constructor(room: Room, listed: boolean) {
    this.room = room;
    this.listed = listed;
  }

  get joined(): boolean {
    return this.room.status === 'joined';
  }

  /** Our own address in it. */
  get address(): string {
    return occupantAddress(this.room.id, this.room.nick);
  }
}

export type RoomPatch = { readonly [K in keyof Omit<Room, 'id'>]?: Room[K] | undefined };

export class Rooms {
  readonly #facts: Facts;
  readonly #known: Map<RoomId, RoomState>;
  #shown: Element | undefined;

  constructor(facts: Facts, remembered: readonly Room[]) {
    this.#facts = facts;
    this.#known = new Map(
      remembered.map((room) => [room.id, new RoomState(leftRoom(room), room.invitation === undefined)]),
    );
  }

  get(id: RoomId): RoomState | undefined {
    return this.#known.get(id);
  }

  has(id: string): boolean {
    return this.#known.has(id as RoomId);
  }

  all(): readonly RoomState[] {
    return [...this.#known.values()];
  }

  /** Known from now on; nothing is said of it before something changes. */
  know(id: RoomId, nick: string): RoomState {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const state = new RoomState({ id, name: '', topic: '', nick, status: 'left', wanted: false }, false);
    this.#known.set(id, state);
    return state;
  }

  /** A part that is given as undefined is taken away. */
  change(state: RoomState, patch: RoomPatch): void {
    const entries = Object.entries({ ...state.room, ...patch }).filter(([, value]) => value !== undefined);
    const room = Object.fromEntries(entries) as unknown as Room;
    if (JSON.stringify(room) === JSON.stringify(state.room)) return;
    const emptied = room.status !== 'joined' && room.status !== state.room.status;
    if (emptied) empty(state);
    state.room = room;
    this.#facts.say({ type: 'rooms-changed', changed: [room], removed: [] });
  }

  remove(id: RoomId): void {
    if (!this.#known.delete(id)) return;
    this.#facts.say({ type: 'rooms-changed', changed: [], removed: [id] });
  }

  /** Somebody came, or is otherwise now. */
  there(state: RoomState, occupant: Occupant): void {
    if (state.occupants.size >= mostOccupants && !state.occupants.has(occupant.nick) && !occupant.own) return;
    state.occupants.set(occupant.nick, occupant);
    this.#facts.say({ type: 'occupants-changed', room: state.room.id, changed: [occupant], removed: [] });
  }

  gone(state: RoomState, nick: string): void {
    state.spoken.left(nick);
    if (!state.occupants.delete(nick)) return;
    this.#facts.say({ type: 'occupants-changed', room: state.room.id, changed: [], removed: [nick] });
  }

  /** A session begins and every room is still to be joined: all are said, so that whoever wants to be there may ask. */
  sayAll(): void {
    this.#facts.say({ type: 'rooms-changed', changed: this.all().map(({ room }) => room), removed: [] });
  }

  /** The session goes on, and with it our being there: the fold forgot both while offline. */
  sayAgain(): void {
    if (this.#known.size > 0) this.sayAll();
    for (const { room, joined, occupants } of this.all()) {
      if (joined)
        this.#facts.say({ type: 'occupants-changed', room: room.id, changed: [...occupants.values()], removed: [] });
    }
  }

  /** The session is over: nobody is in a room any more. The fold has said so. */
  leaveAll(): void {
    for (const state of this.#known.values()) {
      state.room = leftRoom(state.room);
      empty(state);
    }
  }

  /** What others are shown of us from now on, and the rooms that must be told. */
  shows(presence: Element): readonly string[] {
    this.#shown = presence;
    return this.all().flatMap((state) => (state.joined ? state.address : []));
  }

  /** What stands in our presence besides. */
  get shown(): readonly Element[] {
    return this.#shown?.elements() ?? [];
  }
}

function empty(state: RoomState): void {
  state.occupants.clear();
  state.spoken.clear();
}

/** Somebody's address in a room: what they say is from there. */
export function occupantAddress(room: RoomId, nick: string): ContactId {
  return `${room}/${nick}` as ContactId;
}
