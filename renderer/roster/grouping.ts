/** Who stands where in the list of people: by group, then by how reachable they are, then by name. */
import {
  compareAvailability,
  type AccountId,
  type Contact,
  type ContactKey,
  type LivingConnection,
  type Person,
  type PersonId,
} from '../../src/domain/index.ts';

export interface PeopleGroup {
  /** Empty for those in no group. */
  readonly name: string;
  readonly people: readonly PersonId[];
  /** No group of the list: those whose request was put off. */
  readonly setAside?: true;
}

type Connections = ReadonlyMap<AccountId, LivingConnection>;

export const contactOf = (connections: Connections, key: ContactKey): Contact | undefined =>
  connections.get(key.account)?.contacts.get(key.contact);

/** Only those in our own list. Someone in two groups stands in both. */
export function groupPeople(
  people: Iterable<Person>,
  connections: Connections,
  rankOfName: (name: string) => number,
): readonly PeopleGroup[] {
  const groups = new Map<string, Person[]>();
  for (const person of people) {
    for (const name of groupsOf(person, connections)) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [person]);
      else group.push(person);
    }
  }
  const byReach = (a: Person, b: Person): number =>
    compareAvailability(b.presence.availability, a.presence.availability) ||
    rankOfName(a.name) - rankOfName(b.name) ||
    (a.id < b.id ? -1 : 1);
  return [...groups]
    .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : collator.compare(a, b)))
    .map(([name, members]) => ({ name, people: members.toSorted(byReach).map(({ id }) => id) }));
}

function groupsOf(person: Person, connections: Connections): readonly string[] {
  let listed = false;
  const names = new Set<string>();
  for (const key of person.contacts) {
    const contact = contactOf(connections, key);
    if (contact?.listed !== true) continue;
    listed = true;
    for (const name of contact.groups) if (name !== '') names.add(name);
  }
  if (!listed) return [];
  return names.size === 0 ? [''] : [...names];
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * Compares names by number. Asking a collator a hundred thousand times for every change of presence would take longer
 * than a frame, so the names are put in order once and again only when a new one turns up.
 */
export function nameRanks(): (names: Iterable<string>) => (name: string) => number {
  let ranks = new Map<string, number>();
  return (names) => {
    const all = new Set(names);
    let fresh = false;
    for (const name of all) {
      if (ranks.has(name)) continue;
      fresh = true;
      break;
    }
    if (fresh) ranks = new Map([...all].toSorted(collator.compare).map((name, index) => [name, index]));
    return (name) => ranks.get(name) ?? 0;
  };
}
