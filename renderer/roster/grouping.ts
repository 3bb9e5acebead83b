/**
 * Who stands where in the list of people: by group, then by how reachable they are, then by name. Ten thousand people are put in
 * order once; afterwards only who changed is placed anew, because thousands come online within the same two seconds.
 */
import { intlLocale } from '../look/language.ts';
import {
  compareAvailability,
  type AccountId,
  type Contact,
  type ContactKey,
  type LivingConnection,
  type Person,
  type PersonId,
} from '../../src/domain/index.ts';

/** Someone in one group. The same object, with the same key, for as long as they stand there. */
export interface Member {
  readonly id: PersonId;
  /** No other row of the list has it. Made once: a text made anew is hashed anew by every map that is asked for it. */
  readonly key: string;
}

export interface PeopleGroup {
  /** Empty for those in no group. */
  readonly name: string;
  readonly people: readonly Member[];
  /** No group of the list: those whose request was put off. */
  readonly setAside?: true;
}

type Connections = ReadonlyMap<AccountId, LivingConnection>;

export const contactOf = (connections: Connections, key: ContactKey): Contact | undefined =>
  connections.get(key.account)?.contacts.get(key.contact);

export const groupKey = (name: string): string => `group ${name}`;
export const memberOf = (id: PersonId, within: string): Member => ({ id, key: `person ${within} ${id}` });

/** What a person's place depends on. */
interface Stand {
  readonly person: Person;
  /** By contact: the groups it is in, or undefined where it is not in our own list. */
  readonly listings: readonly (readonly string[] | undefined)[];
  readonly groups: readonly string[];
}

interface Ranked extends Member {
  readonly person: Person;
}

/** Only those in our own list. Someone in two groups stands in both. The same groups again while nothing moved. */
export function peopleGrouper(): (
  people: ReadonlyMap<PersonId, Person>,
  connections: Connections,
) => readonly PeopleGroup[] {
  const stands = new Map<PersonId, Stand>();
  const groups = new Map<string, readonly Ranked[]>();
  let answer: readonly PeopleGroup[] = [];

  return (people, connections) => {
    const moves = new Moves();
    for (const person of people.values()) {
      const stand = stands.get(person.id);
      if (stand !== undefined && stand.person === person && sameListings(stand, connections)) continue;
      const next = standOf(person, connections);
      stands.set(person.id, next);
      moves.note(stand, next);
    }
    if (stands.size > people.size) {
      for (const [id, stand] of stands) {
        if (people.has(id)) continue;
        stands.delete(id);
        moves.note(stand, undefined);
      }
    }
    if (moves.touched.size === 0) return answer;
    for (const name of moves.touched) {
      const members = moves.applied(name, groups.get(name) ?? []);
      if (members.length === 0) groups.delete(name);
      else groups.set(name, members);
    }
    answer = [...groups]
      .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : collator.compare(a, b)))
      .map(([name, members]) => ({ name, people: members }));
    return answer;
  };
}

/** Who leaves which group and who comes into it. */
class Moves {
  readonly touched = new Set<string>();
  readonly #gone = new Map<string, Set<PersonId>>();
  readonly #come = new Map<string, Person[]>();

  note(before: Stand | undefined, after: Stand | undefined): void {
    if (before !== undefined && after !== undefined && sameGroups(before, after) && samePlace(before, after)) return;
    for (const name of before?.groups ?? []) {
      this.touched.add(name);
      const gone = this.#gone.get(name) ?? new Set();
      this.#gone.set(name, gone.add(before!.person.id));
    }
    for (const name of after?.groups ?? []) {
      this.touched.add(name);
      const come = this.#come.get(name);
      if (come === undefined) this.#come.set(name, [after!.person]);
      else come.push(after!.person);
    }
  }

  applied(name: string, members: readonly Ranked[]): readonly Ranked[] {
    const gone = this.#gone.get(name) ?? new Set();
    const keys = new Map<PersonId, string>();
    const staying = members.filter(({ id, key }) => {
      if (!gone.has(id)) return true;
      keys.set(id, key);
      return false;
    });
    const coming = (this.#come.get(name) ?? [])
      .map((person): Ranked => {
        const { id } = person;
        const key = keys.get(id);
        return key === undefined ? { ...memberOf(id, groupKey(name)), person } : { id, key, person };
      })
      .toSorted(byReach);
    return merged(staying, coming);
  }
}

/** Both are in order already. Few come among many, so that each is looked for by halving. */
function merged(staying: readonly Ranked[], coming: readonly Ranked[]): readonly Ranked[] {
  if (staying.length === 0) return coming;
  const all: Ranked[] = [];
  let from = 0;
  for (const one of coming) {
    let low = from;
    let high = staying.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byReach(staying[middle]!, one) < 0) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from += 1) all.push(staying[from]!);
    all.push(one);
  }
  for (; from < staying.length; from += 1) all.push(staying[from]!);
  return all;
}

function standOf(person: Person, connections: Connections): Stand {
  const listings = person.contacts.map((key) => listing(connections, key));
  const names = new Set(listings.flatMap((groups) => groups ?? []).filter((name) => name !== ''));
  const listed = listings.some((groups) => groups !== undefined);
  return { person, listings, groups: !listed ? [] : names.size === 0 ? [''] : [...names] };
}

function listing(connections: Connections, key: ContactKey): readonly string[] | undefined {
  const contact = contactOf(connections, key);
  return contact?.listed === true ? contact.groups : undefined;
}

const sameListings = ({ person, listings }: Stand, connections: Connections): boolean =>
  person.contacts.every((key, index) => listing(connections, key) === listings[index]);

const sameGroups = (a: Stand, b: Stand): boolean =>
  a.groups.length === b.groups.length && a.groups.every((name, index) => name === b.groups[index]);

const samePlace = (a: Stand, b: Stand): boolean =>
  a.person.name === b.person.name && a.person.presence.availability === b.person.presence.availability;

const byReach = ({ person: a }: Ranked, { person: b }: Ranked): number =>
  compareAvailability(b.presence.availability, a.presence.availability) ||
  collator.compare(a.name, b.name) ||
  (a.id < b.id ? -1 : 1);

const collator = new Intl.Collator(intlLocale(), { numeric: true, sensitivity: 'base' });
