/** A whole network in memory. Whoever signs in on it meets everybody else on it; it lives as long as the thread it is in. */
import { type Clock, KithError, newId } from '../../../src/base/index.ts';
import {
  advances,
  type ChatState,
  type ContactId,
  type DeliveryState,
  offlinePresence,
  type Presence,
  type RoomId,
  unknownPresence,
} from '../../../src/domain/index.ts';
import { Place, type Utterance } from './place.ts';
import { type Ear, type Entry, type Letter, Resident } from './resident.ts';
import { Shelf } from './shelf.ts';

export class Network {
  readonly clock: Clock;
  readonly shelf = new Shelf();
  readonly #residents = new Map<ContactId, Resident>();
  /** Sets this life's letters apart from those of a life before a crash, whose numbers are in people's stores. */
  readonly #life = newId().slice(0, 8);
  readonly #places = new Map<RoomId, Place>();
  #letters = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get places(): readonly Place[] {
    return [...this.#places.values()];
  }

  place(id: RoomId): Place | undefined {
    return this.#places.get(id);
  }

  /** Makes it, with its first owner. */
  found(id: RoomId, owner: ContactId): Place {
    const place = new Place(id);
    place.owners.add(owner);
    this.#places.set(id, place);
    return place;
  }

  /** Words said in a room, with the network's own number. */
  utterance(said: Pick<Utterance, 'from' | 'nick' | 'body' | 'at' | 'replaces'> & { readonly id?: string }): Utterance {
    this.#letters += 1;
    const archive = `${this.#life}-${this.#letters}`;
    return { id: archive, ...said, archive };
  }

  /** Everybody lives here: an address nobody has used yet is somebody who is not at home. */
  resident(address: ContactId): Resident {
    const resident = this.#residents.get(address) ?? new Resident(address);
    this.#residents.set(address, resident);
    return resident;
  }

  /** Comes home, and is told what waited. Whoever listened at this address before is told to go. */
  arrive(address: ContactId, presence: Presence, ear: Ear): void {
    const resident = this.resident(address);
    const before = resident.ear;
    resident.ear = ear;
    before?.replaced();
    this.setPresence(address, presence);
  }

  /** Hands over what waited. Apart from `arrive`, so that a list can be said before the letters. */
  handOver(address: ContactId): void {
    const resident = this.resident(address);
    for (const letter of resident.waiting.splice(0)) resident.ear?.letter(letter);
  }

  /** Leaves. Letters not yet received wait for the next time. Harmless for an ear that was replaced. */
  leave(address: ContactId, ear: Ear, unreceived: readonly Letter[] = []): void {
    const resident = this.resident(address);
    resident.waiting.unshift(...unreceived);
    if (resident.ear !== ear) return this.handOver(address);
    resident.ear = undefined;
    this.setPresence(address, offlinePresence);
  }

  setPresence(address: ContactId, presence: Presence): void {
    const resident = this.resident(address);
    const before = shown(resident.presence);
    resident.presence = presence;
    const after = shown(presence);
    if (before === after) return;
    for (const other of this.#residents.values()) {
      if (other.entry(address).weSeeThem === 'yes') other.ear?.presenceChanged(address, after);
    }
  }

  /** Unknown for those who may not see them. */
  presenceOf(address: ContactId, seenBy: Resident): Presence {
    return seenBy.entry(address).weSeeThem === 'yes' ? shown(this.resident(address).presence) : unknownPresence;
  }

  /** Takes a letter, keeps it for both, delivers it now or when they come home. Addresses of nobody refuse it. */
  post(
    from: ContactId,
    to: ContactId,
    said: Pick<Letter, 'id' | 'body' | 'replaces'> & Partial<Pick<Letter, 'at' | 'archive' | 'wantsReadMarker'>>,
  ): Letter {
    if (to.startsWith('nobody@')) throw new KithError('not-found', 'Nobody lives there');
    this.#letters += 1;
    const {
      id,
      body,
      replaces,
      at = this.clock.now(),
      archive = `${this.#life}-${this.#letters}`,
      wantsReadMarker = true,
    } = said;
    const correction = replaces === undefined ? {} : { replaces };
    const letter: Letter = { archive, id, from, to, body, ...correction, at, wantsReadMarker, state: 'sent' };
    this.resident(from).letters(to).push(letter);
    if (from !== to) this.resident(to).letters(from).push(letter);
    return letter;
  }

  deliver(letter: Letter): void {
    const resident = this.resident(letter.to);
    if (resident.ear) resident.ear.letter(letter);
    else resident.waiting.push(letter);
  }

  /** The recipient has it, or has read it: its sender is told, if at home. */
  advance(letter: Letter, state: DeliveryState): void {
    if (!advances(letter.state, state)) return;
    letter.state = state;
    this.resident(letter.from).ear?.delivery(letter);
  }

  markRead(reader: ContactId, sender: ContactId, id: string): void {
    const letter = this.resident(reader)
      .letters(sender)
      .findLast((kept) => kept.id === id && kept.from === sender);
    if (letter) this.advance(letter, 'read');
  }

  chatState(from: ContactId, to: ContactId, state: ChatState): void {
    this.resident(to).ear?.chatState(from, state);
  }

  /** Writes into a list and tells its owner. Undefined strikes the entry out. */
  write(owner: ContactId, of: ContactId, change: Partial<Entry> | undefined): void {
    const { list, ear } = this.resident(owner);
    if (change === undefined) list.delete(of);
    else list.set(of, { ...this.resident(owner).entry(of), ...change });
    ear?.listChanged(of);
  }
}

/** Who hides looks like somebody who is not at home. */
function shown(presence: Presence): Presence {
  return presence.availability === 'hidden' || presence.availability === 'offline' ? offlinePresence : presence;
}
