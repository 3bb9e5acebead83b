/** Finding people and rooms by a few letters of a name or an address. */
import type { Person } from '../../src/domain/index.ts';
import { plain } from '../look/plain.ts';
import { type RoomEntry, roomName } from '../rooms/rooms.ts';

/** Best first: the name begins so, a word of it does, the address does, it stands anywhere. */
export const findPeople = (text: string, people: Iterable<Person>, limit: number): readonly Person[] =>
  best(text, people, limit, (person) => [person.name, person.contacts.map(({ contact }) => contact)]);

export const findRooms = (text: string, rooms: Iterable<RoomEntry>, limit: number): readonly RoomEntry[] =>
  best(text, rooms, limit, ({ room }) => [roomName(room), [room.id]]);

type Called = readonly [name: string, addresses: readonly string[]];

function best<T>(text: string, all: Iterable<T>, limit: number, called: (one: T) => Called): readonly T[] {
  const wanted = plain(text.trim());
  if (wanted === '') return [];
  const hits: [rank: number, name: string, one: T][] = [];
  for (const one of all) {
    const [name, addresses] = called(one);
    const rank = rankOf(wanted, plain(name), addresses);
    if (rank !== undefined) hits.push([rank, name, one]);
  }
  return hits
    .toSorted(([a, one], [b, other]) => a - b || one.localeCompare(other))
    .slice(0, limit)
    .map(([, , one]) => one);
}

function rankOf(wanted: string, name: string, known: readonly string[]): number | undefined {
  if (name.startsWith(wanted)) return 0;
  if (name.split(/\s+/u).some((word) => word.startsWith(wanted))) return 1;
  const addresses = known.map((address) => address.toLowerCase());
  if (addresses.some((address) => address.startsWith(wanted))) return 2;
  if (name.includes(wanted) || addresses.some((address) => address.includes(wanted))) return 3;
  return undefined;
}

/** Something that could be an address nobody here has. */
export const looksLikeAddress = (text: string): boolean => /^[^\s@/]+@[^\s@/]+$/u.test(text.trim());
