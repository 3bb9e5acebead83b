/** The contacts of this account as the session knows them. The roster and the presences both write here, and only here. */
import {
  type Contact,
  type ContactId,
  newContact,
  offlinePresence,
  type Presence,
  samePresence,
  unknownPresence,
  unseen,
} from '../../src/domain/index.ts';
import type { Facts } from './facts.ts';

/** More than the devices of any list; a server that never sends its list must not fill our memory. */
const mostWaiting = 50_000;

/** Every change is said as a fact by the one who makes it, once. */
export class Contacts {
  readonly #facts: Facts;
  readonly #known: Map<ContactId, Contact>;
  /** Who asked to see us in this session. */
  readonly #asked = new Set<ContactId>();
  #listed = false;
  #settled = false;
  /** What waits for the list to be complete. */
  #whenListed: (() => void)[] = [];

  /** `remembered` are those of the last session; nobody knows their presence. */
  constructor(facts: Facts, remembered: readonly Contact[]) {
    this.#facts = facts;
    this.#known = new Map(remembered.map((contact) => [contact.id, unseen(contact)]));
  }

  get(id: ContactId): Contact | undefined {
    return this.#known.get(id);
  }

  all(): IterableIterator<Contact> {
    return this.#known.values();
  }

  /** Adds what is not there yet. Says nothing when nothing changes. */
  change(id: ContactId, patch: Partial<Omit<Contact, 'id' | 'presence'>>): void {
    const before = this.#known.get(id);
    const after = visibly({ ...(before ?? newContact(id)), ...patch });
    if (before !== undefined && same(before, after)) return;
    this.#known.set(id, after);
    this.#facts.say({ type: 'contacts-changed', changed: [after], removed: [] });
    this.#supposeOffline(after);
  }

  /** The open question whether they may see us, with their words; undefined when it is no longer open. */
  setRequest(id: ContactId, request: string | undefined): void {
    if (request !== undefined) this.#asked.add(id);
    const { request: _past, ...rest } = this.#known.get(id) ?? newContact(id);
    const after: Contact =
      request === undefined
        ? { ...rest, theySeeUs: rest.theySeeUs === 'asked' ? 'no' : rest.theySeeUs }
        : { ...rest, theySeeUs: 'asked', ...(request === '' ? {} : { request }) };
    this.#known.set(id, after);
    this.#facts.say({ type: 'contacts-changed', changed: [after], removed: [] });
  }

  /** Only of someone we know: a presence sent by a stranger makes no contact. */
  setPresence(id: ContactId, presence: Presence): void {
    const before = this.#known.get(id);
    if (before === undefined) return;
    const after = visibly({ ...before, presence });
    if (samePresence(before.presence, after.presence)) return;
    this.#known.set(id, after);
    this.#facts.say({ type: 'presences-changed', presences: [[id, after.presence]] });
  }

  remove(id: ContactId): void {
    if (!this.#known.delete(id)) return;
    this.#facts.say({ type: 'contacts-changed', changed: [], removed: [id] });
  }

  /** False until the list is complete: whoever is not in it yet may still be. */
  get listed(): boolean {
    return this.#listed;
  }

  /** Runs once, with the completion of this session's list; a new session drops it, and so does one that lets too much wait. */
  whenListed(run: () => void): void {
    if (this.#whenListed.length < mostWaiting) this.#whenListed.push(run);
  }

  /** The list is complete. */
  received(): void {
    this.#listed = true;
    for (const run of this.#whenListed.splice(0)) run();
    this.#facts.say({ type: 'roster-received' });
    this.#supposeAllOffline();
  }

  /** Everyone who is there has been heard of, and everyone who asks. */
  settle(): void {
    this.#settled = true;
    this.#withdrawPast();
    this.#supposeAllOffline();
  }

  /** A new session: what was known of presences belonged to the old one. The fold forgot them when it went offline. */
  forgetPresences(): void {
    this.#listed = false;
    this.#settled = false;
    this.#whenListed = [];
    for (const [id, contact] of this.#known) {
      const forgotten = unseen(contact);
      if (forgotten !== contact) this.#known.set(id, forgotten);
    }
  }

  /** The session goes on: says again what was forgotten while offline, since the server will not. */
  sayAgain(): void {
    const presences = [...this.#known.values()].map((contact) => [contact.id, contact.presence] as const);
    this.#facts.say({ type: 'presences-changed', presences });
    if (this.#listed) this.#facts.say({ type: 'roster-received' });
  }

  /** A server asks again in every session (RFC 6121 section 3.1.3): what it did not ask again was answered elsewhere. */
  #withdrawPast(): void {
    for (const { id, theySeeUs, listed } of [...this.#known.values()]) {
      if (theySeeUs !== 'asked' || this.#asked.has(id)) continue;
      if (listed) this.setRequest(id, undefined);
      else this.remove(id);
    }
  }

  #supposeAllOffline(): void {
    for (const contact of this.#known.values()) this.#supposeOffline(contact);
  }

  /** Of someone we may see, silence means offline; of anyone else it means nothing. */
  #supposeOffline(contact: Contact): void {
    if (!this.#listed || !this.#settled || contact.weSeeThem !== 'yes') return;
    if (samePresence(contact.presence, unknownPresence)) this.setPresence(contact.id, offlinePresence);
  }
}

/** Of someone we may not see, nobody can say that they are offline. */
function visibly(contact: Contact): Contact {
  if (contact.weSeeThem === 'yes' || contact.presence.availability !== 'offline') return contact;
  return { ...contact, presence: unknownPresence };
}

function same(a: Contact, b: Contact): boolean {
  return (
    a.alias === b.alias &&
    a.nickname === b.nickname &&
    a.avatar === b.avatar &&
    a.weSeeThem === b.weSeeThem &&
    a.theySeeUs === b.theySeeUs &&
    a.listed === b.listed &&
    a.request === b.request &&
    sameList(a.groups, b.groups) &&
    sameList(a.abilities, b.abilities)
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
