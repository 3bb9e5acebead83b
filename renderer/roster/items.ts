/** The list as it is walked: group heads, people, the contacts of those who are opened out, and rooms. Flat, with the places a tree has. */
import type { ContactKey, Person, PersonId } from '../../src/domain/index.ts';
import { type RoomEntry, roomText } from '../rooms/rooms.ts';
import type { PeopleGroup } from './grouping.ts';

interface Placed {
  readonly key: string;
  readonly level: number;
  readonly size: number;
  readonly position: number;
}

export type ListItem =
  | (Placed & {
      readonly kind: 'group';
      readonly name: string;
      readonly members: readonly PersonId[];
      readonly rooms: readonly RoomEntry[];
      readonly open: boolean;
    })
  | (Placed & { readonly kind: 'person'; readonly person: Person; readonly open: boolean | undefined })
  | (Placed & {
      readonly kind: 'contact';
      readonly person: Person;
      readonly contact: ContactKey;
      readonly last: boolean;
    })
  | (Placed & { readonly kind: 'room'; readonly entry: RoomEntry });

export interface Openness {
  /** Their keys. */
  readonly closedGroups: ReadonlySet<string>;
  /** Keys of the people whose contacts are shown. */
  readonly openPeople: ReadonlySet<string>;
}

export const setAsideKey = 'set aside';

/** Rooms that stand together under a name. */
export interface RoomGroup {
  readonly name: string;
  readonly rooms: readonly RoomEntry[];
}

/** With a single nameless group of people and no rooms there are no heads. */
export function groupedItems(
  groups: readonly PeopleGroup[],
  people: ReadonlyMap<PersonId, Person>,
  openness: Openness,
  rooms: readonly RoomGroup[] = [],
): ListItem[] {
  if (rooms.length === 0 && groups.length === 1 && groups[0]!.name === '')
    return personItems(groups[0]!.people, people, openness, 1, '');
  const size = groups.length + rooms.length;
  const head = (key: string, name: string, within: Pick<GroupItem, 'members' | 'rooms'>, at: number): GroupItem => ({
    ...within,
    kind: 'group',
    key,
    name,
    open: !openness.closedGroups.has(key),
    level: 1,
    size,
    position: at + 1,
  });
  return [
    ...groups.flatMap(({ name, people: members, setAside }, index): ListItem[] => {
      const key = setAside === true ? setAsideKey : `group ${name}`;
      const group = head(key, name, { members, rooms: [] }, index);
      return group.open ? [group, ...personItems(members, people, openness, 2, key)] : [group];
    }),
    ...rooms.flatMap(({ name, rooms: inside }, index): ListItem[] => {
      const key = `rooms ${name}`;
      const group = head(key, name, { members: [], rooms: inside }, groups.length + index);
      return group.open ? [group, ...roomItems(inside, 2, key)] : [group];
    }),
  ];
}

type GroupItem = Extract<ListItem, { readonly kind: 'group' }>;

export const roomItems = (rooms: readonly RoomEntry[], level: number, within: string): ListItem[] =>
  rooms.map((entry, index) => ({
    kind: 'room',
    key: `room ${within} ${roomText({ account: entry.account, room: entry.room.id })}`,
    entry,
    level,
    size: rooms.length,
    position: index + 1,
  }));

/** People and rooms as they come, with their places counted together. */
export function mixedItems(rows: readonly (Person | RoomEntry)[], openness: Openness, within: string): ListItem[] {
  const items = rows.flatMap((row): ListItem[] =>
    'room' in row ? roomItems([row], 1, within) : personItems([row.id], new Map([[row.id, row]]), openness, 1, within),
  );
  let position = 0;
  return items.map((item) => {
    if (item.level > 1) return item;
    position += 1;
    return { ...item, size: rows.length, position };
  });
}

/** `within` makes the key of someone who stands in two groups different in each. */
export function personItems(
  ids: readonly PersonId[],
  people: ReadonlyMap<PersonId, Person>,
  { openPeople }: Openness,
  level: number,
  within: string,
): ListItem[] {
  const items: ListItem[] = [];
  const present = ids.flatMap((id) => people.get(id) ?? []);
  present.forEach((person, index) => {
    const key = `person ${within} ${person.id}`;
    const several = person.contacts.length > 1;
    const open = several ? openPeople.has(key) : undefined;
    items.push({ kind: 'person', key, person, open, level, size: present.length, position: index + 1 });
    if (open !== true) return;
    person.contacts.forEach((contact, place) =>
      items.push({
        kind: 'contact',
        key: `${key} ${contact.account} ${contact.contact}`,
        person,
        contact,
        last: place === person.contacts.length - 1,
        level: level + 1,
        size: person.contacts.length,
        position: place + 1,
      }),
    );
  });
  return items;
}
