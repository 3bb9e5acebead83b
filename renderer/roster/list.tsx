/** What the people pane lists, and what happens when somebody chooses there. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ContactKey, Person } from '../../src/domain/index.ts';
import { useNow } from '../look/use-now.ts';
import { keyText, useMirror } from '../mirror/index.ts';
import { RoomRow } from '../rooms/room-row.tsx';
import { RoomRowMenu, type RoomRowMenuProps } from '../rooms/room-row-menu.tsx';
import { roomConversation, type RoomKey, roomName } from '../rooms/rooms.ts';
import type { Spot } from '../widgets/context-menu.tsx';
import { goTo, openConversation, type OpenConversation, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { contactOf } from './grouping.ts';
import { GroupHead } from './group-head.tsx';
import { type ListItem, setAsideKey } from './items.ts';
import { NoOne } from './no-one.tsx';
import { standingOf } from './recent.ts';
import { useRequests } from './requests.ts';
import { RowMenu, type RowMenuProps } from './row-menu.tsx';
import { ContactRow, PersonRow } from './row.tsx';
import { type ShownRow, showsRows } from './shown.ts';
import { Tree } from './tree.tsx';
import { useItems } from './use-items.ts';

type Offered = Omit<RowMenuProps, 'onClose'> | Omit<RoomRowMenuProps, 'onClose'>;

/** Which of a person's contacts a conversation opens with: the one talked with last, else the one most within reach. */
export function contactToWrite(person: Person): ContactKey {
  const { conversations, connections } = useMirror.getState();
  const { last } = standingOf(person, conversations.all);
  if (last !== undefined && last.target.kind === 'contact')
    return { account: last.account, contact: last.target.contact };
  const present = person.contacts.find((key) => {
    const availability = contactOf(connections.all, key)?.presence.availability;
    return availability === person.presence.availability;
  });
  return present ?? person.contacts[0]!;
}

const contactConversation = ({ account, contact }: ContactKey): OpenConversation => ({
  account,
  target: { kind: 'contact', contact },
});

export function PeopleList({ scroll }: { readonly scroll: HTMLElement | null }) {
  const { tab, find, open } = usePlace();
  const [closedGroups, setClosedGroups] = useState<ReadonlySet<string>>(new Set([setAsideKey]));
  const [openPeople, setOpenPeople] = useState<ReadonlySet<string>>(new Set());
  const [held, setHeld] = useState(false);
  const [offered, setOffered] = useState<Offered>();
  const withdraw = useCallback((back: boolean) => {
    setOffered(undefined);
    if (back) document.querySelector<HTMLElement>('#list [role=treeitem][tabindex="0"]')?.focus();
  }, []);
  const now = useNow(60_000);
  const searching = find.trim() !== '';
  const requests = useRequests();
  const openness = useMemo(() => ({ closedGroups, openPeople }), [closedGroups, openPeople]);
  const items = useItems(requests, openness, held);

  const chosen = items.find((item) => open !== undefined && isOpen(item, open))?.key;
  useEffect(() => showsRows(() => items.flatMap(rowOf)), [items]);

  const disclose = (item: ListItem, opened: boolean): void => {
    const into = (set: ReadonlySet<string>, key: string, within: boolean): ReadonlySet<string> => {
      const next = new Set(set);
      if (within) next.add(key);
      else next.delete(key);
      return next;
    };
    if (item.kind === 'group') setClosedGroups((set) => into(set, item.key, !opened));
    else setOpenPeople((set) => into(set, item.key, opened));
  };

  const choose = (item: ListItem): void => {
    if (item.kind === 'group') return disclose(item, !item.open);
    if (item.kind === 'room') return openConversation(roomConversation(keyOf(item)));
    const contact = item.kind === 'contact' ? item.contact : contactToWrite(item.person);
    openConversation(contactConversation(contact));
    // Their question stands there.
    if (requests.aside.some(({ key }) => keyText(key) === keyText(contact))) goTo({ details: true });
  };

  const offer = (item: ListItem, at: Spot): void => {
    if (item.kind === 'group') return;
    if (item.kind === 'room') return setOffered({ room: keyOf(item), name: roomName(item.entry.room), at });
    const contact = item.kind === 'contact' ? item.contact : contactToWrite(item.person);
    const all = item.kind === 'contact' ? [contact] : item.person.contacts;
    setOffered({ name: item.person.name, contact, all, at });
  };

  const recent = !searching && tab === 'recent';
  const render = (item: ListItem) => {
    if (item.kind === 'group') {
      const { name, open: shown, members, rooms } = item;
      return <GroupHead name={name} open={shown} members={members} rooms={rooms} />;
    }
    if (item.kind === 'contact') return <ContactRow contact={item.contact} last={item.last} />;
    if (item.kind === 'room') return <RoomRow room={keyOf(item)} recent={recent} now={now} />;
    return (
      <PersonRow
        person={item.person}
        open={item.open}
        recent={recent}
        now={now}
        onDisclose={() => disclose(item, item.open !== true)}
      />
    );
  };

  if (items.length === 0) return <NoOne searching={searching} />;
  return (
    <>
      <Tree
        label={searching ? words.people.find : words.people[tab]}
        items={items}
        chosen={chosen}
        scroll={scroll}
        render={render}
        choose={choose}
        disclose={disclose}
        offer={offer}
        onHold={setHeld}
      />
      {offered !== undefined &&
        ('room' in offered ? (
          <RoomRowMenu {...offered} onClose={withdraw} />
        ) : (
          <RowMenu {...offered} onClose={withdraw} />
        ))}
    </>
  );
}

type RoomItem = Extract<ListItem, { readonly kind: 'room' }>;

const keyOf = ({ entry }: RoomItem): RoomKey => ({ account: entry.account, room: entry.room.id });

function rowOf(item: ListItem): readonly ShownRow[] {
  if (item.kind === 'room') {
    const conversation = roomConversation(keyOf(item));
    return [{ conversations: [conversation], first: () => conversation }];
  }
  if (item.kind !== 'person') return [];
  const { person } = item;
  return [
    {
      conversations: person.contacts.map(contactConversation),
      first: () => contactConversation(contactToWrite(person)),
    },
  ];
}

function isOpen(item: ListItem, { account, target }: OpenConversation): boolean {
  if (target.kind === 'room')
    return item.kind === 'room' && item.entry.account === account && item.entry.room.id === target.room;
  return (
    item.kind === 'person' &&
    item.person.contacts.some((key) => key.account === account && key.contact === target.contact)
  );
}
