/** What the list shows: recent talks, people by group with the rooms below them, the rooms, or what was found. */
import { useMemo } from 'react';
import type { Person } from '../../src/domain/index.ts';
import { plainly } from '../look/turning.ts';
import { useMirror } from '../mirror/index.ts';
import type { RoomEntry } from '../rooms/rooms.ts';
import { useRooms } from '../rooms/use-rooms.ts';
import { usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { findPeople, findRooms } from './find.ts';
import { memberOf, type PeopleGroup } from './grouping.ts';
import {
  groupedItems,
  type ListItem,
  mixedItems,
  type Openness,
  type RoomGroup,
  roomItems,
  setAsideKey,
} from './items.ts';
import { usePeopleGroups, useRecentTalks } from './people.ts';
import type { Requests } from './requests.ts';
import { useSteady } from './use-steady.ts';

const most = 200;

/** While it is held the list keeps the order it had. */
export function useItems(requests: Requests, openness: Openness, held: boolean): readonly ListItem[] {
  const { tab, find } = usePlace();
  const people = useMirror((mirror) => mirror.people);
  const searching = find.trim() !== '';
  const groups = useSteady(usePeopleGroups(), held);
  const recent = useSteady(useRecentTalks(), held);
  const rooms = useSteady(useRooms(), held);
  const byAccount = useRoomGroups(rooms);

  const found = useMemo((): readonly (Person | RoomEntry)[] => {
    if (!searching) return [];
    // Who asks to see us can be found, though they are not among our people.
    const asking = [...requests.open, ...requests.aside].map(({ person }) => person);
    return [...findPeople(find, new Set([...people.all.values(), ...asking]), most), ...findRooms(find, rooms, most)];
  }, [find, people, requests, rooms, searching]);

  return useMemo(() => {
    // Strangers stand in Recent without being in the list of people; whoever is in it is shown as they are now.
    const asNow = (rows: readonly (Person | RoomEntry)[]): readonly (Person | RoomEntry)[] =>
      rows.map((row) => ('room' in row ? row : (people.all.get(row.id) ?? row)));
    if (searching) return mixedItems(asNow(found), openness, 'found');
    if (tab === 'recent') return mixedItems(asNow(recent), openness, 'recent');
    if (tab === 'rooms') {
      const [only] = byAccount;
      return byAccount.length === 1 ? roomItems(only!.rooms, 1, '') : groupedItems([], new Map(), openness, byAccount);
    }
    const below = rooms.length === 0 ? [] : [{ name: words.people.rooms, rooms }];
    const aside = requests.aside.map(({ person }) => person);
    if (aside.length === 0) return groupedItems(groups, people.all, openness, below);
    const known = new Map([...people.all, ...aside.map((person) => [person.id, person] as const)]);
    return groupedItems([...groups, setAsideGroup(aside)], known, openness, below);
  }, [openness, searching, tab, groups, people, found, recent, rooms, byAccount, requests]);
}

/** Under the account they are in, where several have any. */
function useRoomGroups(rooms: readonly RoomEntry[]): readonly RoomGroup[] {
  const accounts = useMirror((mirror) => mirror.accounts);
  return useMemo(() => {
    const groups = new Map<string, RoomEntry[]>();
    for (const entry of rooms) groups.set(entry.account, [...(groups.get(entry.account) ?? []), entry]);
    return [...groups.values()].map((inside) => {
      const account = accounts.all.get(inside[0]!.account);
      return { name: plainly(account?.address ?? ''), rooms: inside };
    });
  }, [accounts, rooms]);
}

/** In their own quiet place, after everybody else. */
const setAsideGroup = (aside: readonly Person[]): PeopleGroup => ({
  name: words.people.setAside,
  people: aside.map(({ id }) => memberOf(id, setAsideKey)),
  setAside: true,
});
