/** The list as it is walked: group heads, people, the contacts of those who are opened out, and rooms. Flat, with the places a tree has. */
import type { ContactKey, Person, PersonId } from '../../src/domain/index.ts';
import { type RoomEntry, roomText } from '../rooms/rooms.ts';
import { groupKey, type Member, memberOf, type PeopleGroup } from './grouping.ts';

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
      readonly members: readonly Member[];
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
    return personItems(groups[0]!.people, people, openness, 1);
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
      const key = setAside === true ? setAsideKey : groupKey(name);
      const group = head(key, name, { members, rooms: [] }, index);
      return group.open ? [group, ...personItems(members, people, openness, 2)] : [group];
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
    'room' in row
      ? roomItems([row], 1, within)
      : personItems([memberOf(row.id, within)], new Map([[row.id, row]]), openness, 1),
  );
  let position = 0;
  return items.map((item) => {
    if (item.level > 1) return item;
    position += 1;
    return { ...item, size: rows.length, position };
  });
}

/** Who went while the list keeps its order has no row. Ten thousand at every change of presence, so that the keys are made already. */
export function personItems(
  members: readonly Member[],
  people: ReadonlyMap<PersonId, Person>,
  { openPeople }: Openness,
  level: number,
): ListItem[] {
  const items: ListItem[] = [];
  const there = members.filter(({ id }) => people.has(id));
  const size = there.length;
  let position = 0;
  for (const { id, key } of there) {
    const person = people.get(id)!;
    position += 1;
    const open = person.contacts.length > 1 ? openPeople.has(key) : undefined;
    items.push({ kind: 'person', key, person, open, level, size, position });
    if (open === true) items.push(...contactItems(person, key, level + 1));
  }
  return items;
}

const contactItems = (person: Person, within: string, level: number): ListItem[] =>
  person.contacts.map((contact, index, { length }) => ({
    kind: 'contact',
    key: `${within} ${contact.account} ${contact.contact}`,
    person,
    contact,
    last: index === length - 1,
    level,
    size: length,
    position: index + 1,
  }));
