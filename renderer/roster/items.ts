/** The list as it is walked: group heads, people, and the contacts of those who are opened out. Flat, with the places a tree has. */
import type { ContactKey, Person, PersonId } from '../../src/domain/index.ts';
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
      readonly open: boolean;
    })
  | (Placed & { readonly kind: 'person'; readonly person: Person; readonly open: boolean | undefined })
  | (Placed & {
      readonly kind: 'contact';
      readonly person: Person;
      readonly contact: ContactKey;
      readonly last: boolean;
    });

export interface Openness {
  /** Their keys. */
  readonly closedGroups: ReadonlySet<string>;
  /** Keys of the people whose contacts are shown. */
  readonly openPeople: ReadonlySet<string>;
}

export const setAsideKey = 'set aside';

/** With a single nameless group there are no heads. */
export function groupedItems(
  groups: readonly PeopleGroup[],
  people: ReadonlyMap<PersonId, Person>,
  openness: Openness,
): ListItem[] {
  if (groups.length === 1 && groups[0]!.name === '') return personItems(groups[0]!.people, people, openness, 1, '');
  return groups.flatMap(({ name, people: members, setAside }, index): ListItem[] => {
    const key = setAside === true ? setAsideKey : `group ${name}`;
    const open = !openness.closedGroups.has(key);
    const head: ListItem = {
      kind: 'group',
      key,
      name,
      members,
      open,
      level: 1,
      size: groups.length,
      position: index + 1,
    };
    return open ? [head, ...personItems(members, people, openness, 2, key)] : [head];
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
