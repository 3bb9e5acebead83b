/** A room of the network: who is in it, what was said there, and what everybody in it hears. */
import { type Instant, KithError } from '../../../src/base/index.ts';
import type { Affiliation, ContactId, Role, RoomId, RoomSettings, StatusReason } from '../../../src/domain/index.ts';

export interface Seated {
  readonly address: ContactId;
  readonly nick: string;
  readonly role: Role;
  readonly affiliation: Affiliation;
}

export interface Utterance {
  /** The network's own number for it. */
  readonly archive: string;
  readonly id: string;
  readonly from: ContactId;
  readonly nick: string;
  readonly body: string;
  /** The id of what it corrects. */
  readonly replaces?: string;
  readonly at: Instant;
}

/** What somebody in a room hears of. */
export interface PlaceEar {
  came(who: Seated): void;
  gone(nick: string): void;
  said(utterance: Utterance): void;
  /** Its topic or its name is another. */
  changed(): void;
  /** Put out, for this reason. */
  out(reason: StatusReason): void;
}

export class Place {
  readonly id: RoomId;
  name = '';
  topic = '';
  topicBy = '';
  password = '';
  membersOnly = false;
  persistent = false;
  readonly members = new Set<ContactId>();
  readonly owners = new Set<ContactId>();
  readonly said: Utterance[] = [];
  readonly #seats = new Map<string, { readonly who: Seated; readonly ear: PlaceEar }>();

  constructor(id: RoomId) {
    this.id = id;
  }

  get seated(): readonly Seated[] {
    return [...this.#seats.values()].map(({ who }) => who);
  }

  /** Under a name like the one they want, when that is taken. Throws why they may not. */
  enter(address: ContactId, nick: string, password: string, ear: PlaceEar): Seated {
    const owner = this.owners.has(address);
    if (this.password !== '' && password !== this.password && !owner)
      throw new KithError(
        'password-needed',
        password === '' ? 'This room needs a password' : 'This is not the room’s password',
      );
    if (this.membersOnly && !owner && !this.members.has(address))
      throw new KithError('permission-denied', 'This room is for members only');
    const free = this.#freeName(nick);
    const affiliation = owner ? 'owner' : this.members.has(address) ? 'member' : 'none';
    const who: Seated = { address, nick: free, role: owner ? 'moderator' : 'participant', affiliation };
    for (const { ear: other } of this.#seats.values()) other.came(who);
    this.#seats.set(free, { who, ear });
    return who;
  }

  rename(before: string, after: string): void {
    const seat = this.#seats.get(before);
    if (seat === undefined || before === after) return;
    if (this.#seats.has(after)) throw new KithError('already-exists', 'Somebody in this room bears that name');
    const who = { ...seat.who, nick: after };
    this.#seats.delete(before);
    this.#seats.set(after, { who, ear: seat.ear });
    for (const { ear } of this.#seats.values()) {
      ear.gone(before);
      ear.came(who);
    }
  }

  leave(nick: string): void {
    if (!this.#seats.delete(nick)) return;
    for (const { ear } of this.#seats.values()) ear.gone(nick);
  }

  say(utterance: Utterance): void {
    this.said.push(utterance);
    for (const { ear } of this.#seats.values()) ear.said(utterance);
  }

  set(by: ContactId, settings: RoomSettings): void {
    if (!this.owners.has(by)) throw new KithError('permission-denied', 'Only an owner may set up this room');
    if (settings.name !== undefined) this.name = settings.name;
    if (settings.password !== undefined) this.password = settings.password;
    if (settings.membersOnly !== undefined) this.membersOnly = settings.membersOnly;
    if (settings.persistent !== undefined) this.persistent = settings.persistent;
    this.#tellChange();
  }

  setTopic(topic: string, by: string): void {
    this.topic = topic;
    this.topicBy = by;
    this.#tellChange();
  }

  #freeName(nick: string): string {
    return this.#seats.has(nick) ? this.#freeName(`${nick}_`) : nick;
  }

  #tellChange(): void {
    for (const { ear } of this.#seats.values()) ear.changed();
  }
}
