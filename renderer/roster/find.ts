/** Finding people by a few letters of a name or an address. */
import type { Person } from '../../src/domain/index.ts';

/** Case, accents and width make no difference. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase();

/** Best first: the name begins so, a word of it does, the address does, it stands anywhere. */
export function findPeople(text: string, people: Iterable<Person>, limit: number): readonly Person[] {
  const wanted = plain(text.trim());
  if (wanted === '') return [];
  const hits: [rank: number, person: Person][] = [];
  for (const person of people) {
    const rank = rankOf(wanted, person);
    if (rank !== undefined) hits.push([rank, person]);
  }
  return hits
    .toSorted(([a, one], [b, other]) => a - b || one.name.localeCompare(other.name))
    .slice(0, limit)
    .map(([, person]) => person);
}

function rankOf(wanted: string, person: Person): number | undefined {
  const name = plain(person.name);
  if (name.startsWith(wanted)) return 0;
  if (name.split(/\s+/u).some((word) => word.startsWith(wanted))) return 1;
  const addresses = person.contacts.map(({ contact }) => contact.toLowerCase());
  if (addresses.some((address) => address.startsWith(wanted))) return 2;
  if (name.includes(wanted) || addresses.some((address) => address.includes(wanted))) return 3;
  return undefined;
}

/** Something that could be an address nobody here has. */
export const looksLikeAddress = (text: string): boolean => /^[^\s@/]+@[^\s@/]+$/u.test(text.trim());
