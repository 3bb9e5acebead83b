/** What the people pane lists: recent conversations, people by group, or what was found. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ContactKey, Person } from '../../src/domain/index.ts';
import { useNow } from '../look/use-now.ts';
import { useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import type { Spot } from '../widgets/context-menu.tsx';
import { Empty } from '../widgets/empty.tsx';
import { goTo, openConversation, openPage, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { findPeople, looksLikeAddress } from './find.ts';
import { contactOf, type PeopleGroup } from './grouping.ts';
import { GroupHead } from './group-head.tsx';
import { groupedItems, type ListItem, personItems, setAsideKey } from './items.ts';
import { usePeopleGroups, useRecentPeople } from './people.ts';
import { keyText, standingOf } from './recent.ts';
import { useRequests } from './requests.ts';
import { RowMenu, type RowMenuProps } from './row-menu.tsx';
import { ContactRow, PersonRow } from './row.tsx';
import { showsPeople } from './shown.ts';
import { Tree } from './tree.tsx';

type Offered = Omit<RowMenuProps, 'onClose'>;

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

/** `field: false` leaves the focus where it is. */
export const openContact = ({ account, contact }: ContactKey, how: { field?: boolean } = {}): void =>
  openConversation({ account, target: { kind: 'contact', contact } }, how);

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
  const people = useMirror((mirror) => mirror.people);
  const now = useNow(60_000);
  const searching = find.trim() !== '';

  const requests = useRequests();
  const groups = useSteady(usePeopleGroups(), held);
  const recent = useSteady(useRecentPeople(), held);
  const found = useMemo(() => {
    if (!searching) return [];
    // Who asks to see us can be found, though they are not among our people.
    const asking = [...requests.open, ...requests.aside].map(({ person }) => person);
    return findPeople(find, new Set([...people.all.values(), ...asking]), 200);
  }, [find, people, requests, searching]);

  const items = useMemo(() => {
    const openness = { closedGroups, openPeople };
    if (!searching && tab === 'people') {
      const aside = requests.aside.map(({ person }) => person);
      if (aside.length === 0) return groupedItems(groups, people.all, openness);
      const known = new Map([...people.all, ...aside.map((person) => [person.id, person] as const)]);
      return groupedItems([...groups, setAsideGroup(aside)], known, openness);
    }
    const shown = searching ? found : recent;
    // Strangers stand in Recent without being in the list of people.
    const known = new Map(shown.map((person) => [person.id, people.all.get(person.id) ?? person]));
    return personItems([...known.keys()], known, openness, 1, searching ? 'found' : 'recent');
  }, [closedGroups, openPeople, searching, tab, groups, people, found, recent, requests]);

  const chosen = items.find(
    (item) => open !== undefined && open.target.kind === 'contact' && isOpen(item, open.account, open.target.contact),
  )?.key;

  useEffect(() => showsPeople(items.flatMap((item) => (item.kind === 'person' ? [item.person] : []))), [items]);

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
    if (item.kind === 'group') disclose(item, !item.open);
    else {
      const contact = item.kind === 'contact' ? item.contact : contactToWrite(item.person);
      openContact(contact);
      // Their question stands there.
      if (requests.aside.some(({ key }) => keyText(key) === keyText(contact))) goTo({ details: true });
    }
  };

  const offer = (item: ListItem, at: Spot): void => {
    if (item.kind === 'group') return;
    const contact = item.kind === 'contact' ? item.contact : contactToWrite(item.person);
    const all = item.kind === 'contact' ? [contact] : item.person.contacts;
    setOffered({ name: item.person.name, contact, all, at });
  };

  const render = (item: ListItem) => {
    if (item.kind === 'group') return <GroupHead name={item.name} open={item.open} members={item.members} />;
    if (item.kind === 'contact') return <ContactRow contact={item.contact} last={item.last} />;
    return (
      <PersonRow
        person={item.person}
        open={item.open}
        recent={!searching && tab === 'recent'}
        now={now}
        onDisclose={() => disclose(item, item.open !== true)}
      />
    );
  };

  if (items.length === 0) return <NoOne searching={searching} />;
  const label = searching ? words.people.find : tab === 'recent' ? words.people.recent : words.people.people;
  return (
    <>
      <Tree
        label={label}
        items={items}
        chosen={chosen}
        scroll={scroll}
        render={render}
        choose={choose}
        disclose={disclose}
        offer={offer}
        onHold={setHeld}
      />
      {offered !== undefined && <RowMenu {...offered} onClose={withdraw} />}
    </>
  );
}

/** In their own quiet place, after everybody else. */
const setAsideGroup = (aside: readonly Person[]): PeopleGroup => ({
  name: words.people.setAside,
  people: aside.map(({ id }) => id),
  setAside: true,
});

function isOpen(item: ListItem, account: string, contact: string): boolean {
  return (
    item.kind === 'person' && item.person.contacts.some((key) => key.account === account && key.contact === contact)
  );
}

/** While the list is held it keeps the order it had; what was empty may always fill. */
function useSteady<T>(next: readonly T[], held: boolean): readonly T[] {
  const [kept, setKept] = useState(next);
  if (kept === next || (held && kept.length > 0)) return kept;
  setKept(next);
  return next;
}

function NoOne({ searching }: { readonly searching: boolean }) {
  const { tab, find } = usePlace();
  const fetching = useMirror(({ accounts, connections }) => {
    const waiting = [...connections.all.values()].find(
      ({ status, rosterKnown }) => status === 'online' && !rosterKnown,
    );
    return waiting === undefined ? undefined : accounts.all.get(waiting.account)?.address.split('@').at(-1);
  });
  if (searching) {
    return (
      <Empty title={words.people.noHit(find.trim())}>
        <p>{words.people.noHitHelp}</p>
        {looksLikeAddress(find) && (
          <Button look="primary" onClick={() => openPage({ kind: 'add-person', address: find.trim() })}>
            {words.people.addAddress(find.trim())}
          </Button>
        )}
      </Empty>
    );
  }
  if (tab === 'recent') {
    return (
      <Empty title={words.people.noRecent}>
        <p>{words.people.noRecentHelp}</p>
      </Empty>
    );
  }
  if (fetching !== undefined) {
    return (
      <Empty title={words.people.fetching}>
        <p>{words.people.fetchingFrom(fetching)}</p>
      </Empty>
    );
  }
  return (
    <Empty title={words.people.none}>
      <p>{words.people.noneHelp}</p>
      <Button look="primary" onClick={() => openPage({ kind: 'add-person', address: '' })}>
        {words.self.add}
      </Button>
    </Empty>
  );
}
