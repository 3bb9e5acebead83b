/** The people behind the contacts. Only whoever was touched is worked out again, once per loop turn. */
import { type Disposable, Emitter, type Event, type Log } from '../base/index.ts';
import type { HouseEvent, PeopleView } from '../contracts/index.ts';
import {
  type AccountId,
  type AddressBookUid,
  type Contact,
  type ContactId,
  type ContactKey,
  greatestPresence,
  nameOf,
  type Person,
  type PersonId,
  type Presence,
  samePresence,
  unknownPresence,
} from '../domain/index.ts';
import { Links, type Link } from './links.ts';

export interface PeopleSources {
  contact(key: ContactKey): Contact | undefined;
  /** Someone we talk with is a person, in our list or not. */
  talkedWith(key: ContactKey): boolean;
  /** Something will be said at the end of this turn. */
  wake(): void;
}

export class People implements PeopleView, Disposable {
  readonly #links: Links;
  readonly #sources: PeopleSources;
  readonly #people = new Map<PersonId, Person>();
  readonly #touched = new Map<PersonId, readonly ContactKey[]>();
  /** Already worked out in this turn because someone asked, and not yet said. */
  readonly #unsaid = new Set<PersonId>();
  readonly #presences: Emitter<{ readonly person: PersonId; readonly presence: Presence }>;

  constructor(links: readonly Link[], sources: PeopleSources, log: Log) {
    this.#links = new Links(links);
    this.#sources = sources;
    this.#presences = new Emitter((error) => log.error('A listener to presences threw', { error: String(error) }));
  }

  get onDidChangePresence(): Event<{ readonly person: PersonId; readonly presence: Presence }> {
    return this.#presences.event;
  }

  all(): readonly Person[] {
    this.#settleAll();
    return [...this.#people.values()];
  }

  byContact(key: ContactKey): Person | undefined {
    return this.#settled(this.#links.person(key));
  }

  presenceOf(id: PersonId): Presence {
    return this.#settled(id)?.presence ?? unknownPresence;
  }

  byAddressBookUid(uid: AddressBookUid): Person | undefined {
    return this.all().find((person) => person.addressBookUid === uid);
  }

  touch(account: AccountId, contact: ContactId): void {
    const key = { account, contact };
    const person = this.#links.person(key);
    if (!this.#touched.has(person)) this.#touched.set(person, this.#links.contacts(key));
    this.#sources.wake();
  }

  /** All who have a contact in this account, known before or now. */
  touchAccount(account: AccountId, contacts: Iterable<ContactId>): void {
    for (const contact of contacts) this.touch(account, contact);
    for (const person of this.#people.values()) {
      // Nearly all have just been touched by the line above.
      if (this.#touched.has(person.id)) continue;
      for (const key of person.contacts) if (key.account === account) this.touch(account, key.contact);
    }
  }

  /** What has changed since this was last asked. */
  collect(): readonly HouseEvent[] {
    this.#settleAll();
    if (this.#unsaid.size === 0) return [];
    const changed: Person[] = [];
    const removed: PersonId[] = [];
    for (const id of this.#unsaid) {
      const person = this.#people.get(id);
      if (person === undefined) removed.push(id);
      else changed.push(person);
    }
    this.#unsaid.clear();
    return [{ type: 'people-changed', changed, removed }];
  }

  [Symbol.dispose](): void {
    this.#presences[Symbol.dispose]();
  }

  #settled(id: PersonId): Person | undefined {
    const contacts = this.#touched.get(id);
    if (contacts !== undefined) this.#settle(id, contacts);
    return this.#people.get(id);
  }

  #settleAll(): void {
    for (const [id, contacts] of this.#touched) this.#settle(id, contacts);
  }

  #settle(id: PersonId, contacts: readonly ContactKey[]): void {
    this.#touched.delete(id);
    const before = this.#people.get(id);
    const after = this.#person(id, contacts, before);
    if (after === before || same(before, after)) return;
    if (after === undefined) this.#people.delete(id);
    else this.#people.set(id, after);
    this.#unsaid.add(id);
    const presence = after?.presence ?? unknownPresence;
    if (!samePresence(before?.presence ?? unknownPresence, presence)) this.#presences.fire({ person: id, presence });
  }

  /** `before` itself, with nothing made anew, when that is plain to see: most people are one contact, and most contacts stay as they are. */
  #person(id: PersonId, contacts: readonly ContactKey[], before: Person | undefined): Person | undefined {
    const [only] = contacts;
    if (only !== undefined && contacts.length === 1) return this.#alone(id, only, contacts, before);
    const known: ContactKey[] = [];
    const presences: Presence[] = [];
    let name = '';
    let nickname = '';
    let avatar = '';
    for (const key of contacts) {
      const contact = this.#sources.contact(key);
      if (contact?.listed !== true && !this.#sources.talkedWith(key)) continue;
      known.push(key);
      presences.push(contact?.presence ?? unknownPresence);
      name ||= contact?.alias ?? '';
      nickname ||= contact?.nickname ?? '';
      avatar ||= contact?.avatar ?? '';
    }
    const [first] = known;
    if (first === undefined) return undefined;
    const presence = greatestPresence(presences);
    return { id, name: name || nickname || first.contact, avatar, contacts: known, presence };
  }

  #alone(id: PersonId, key: ContactKey, itself: readonly ContactKey[], before: Person | undefined): Person | undefined {
    const contact = this.#sources.contact(key);
    if (contact?.listed !== true && !this.#sources.talkedWith(key)) return undefined;
    const name = contact === undefined ? key.contact : nameOf(contact);
    const avatar = contact?.avatar ?? '';
    const presence =
      contact === undefined || contact.presence.availability === 'unknown' ? unknownPresence : contact.presence;
    const isStill =
      before?.contacts.length === 1 &&
      before.name === name &&
      before.avatar === avatar &&
      samePresence(before.presence, presence);
    // The same id and one contact: then it is the same contact.
    return isStill ? before : { id, name, avatar, contacts: itself, presence };
  }
}

function same(a: Person | undefined, b: Person | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.name === b.name &&
    a.avatar === b.avatar &&
    samePresence(a.presence, b.presence) &&
    a.contacts.length === b.contacts.length &&
    a.contacts.every((key, at) => key.account === b.contacts[at]?.account && key.contact === b.contacts[at]?.contact)
  );
}
