/** What the switcher offers for a few letters: people, rooms, and things that can be done. */
import type { Availability, Person } from '../../src/domain/index.ts';
import { pieces } from '../look/plain.ts';
import { findPeople, findRooms } from '../roster/find.ts';
import type { RoomEntry } from '../rooms/rooms.ts';
import { openSearch, seek } from '../search/search.ts';
import { openPage, openSettings, type SettingsPage } from '../window/place.ts';
import { words } from '../words.ts';

/** As many of each kind. */
const most = 8;
const mostRooms = 5;

export type Sign = 'search' | 'join' | 'add' | 'browse' | 'settings' | 'keyboard' | Availability;

export interface Action {
  readonly key: string;
  readonly label: string;
  readonly sign: Sign;
  /** The shortcut, as it is shown. */
  readonly keys?: string;
  act(): void;
}

export interface Options {
  readonly people: readonly Person[];
  readonly rooms: readonly RoomEntry[];
  readonly actions: readonly Action[];
}

export interface Known {
  readonly people: Iterable<Person>;
  readonly rooms: readonly RoomEntry[];
  /** The last ones talked with, people and rooms, the newest first. */
  readonly recent: readonly (Person | RoomEntry)[];
  /** States one can take on. */
  readonly states: readonly Availability[];
  be(state: Availability): void;
}

/** Without letters, who was talked with last. */
export function optionsFor(text: string, { people, rooms, recent, ...own }: Known): Options {
  if (text.trim() === '') {
    const last = recent.slice(0, most);
    return {
      people: last.flatMap((row) => ('room' in row ? [] : row)),
      rooms: last.flatMap((row) => ('room' in row ? row : [])),
      actions: [],
    };
  }
  return {
    people: findPeople(text, people, most),
    rooms: findRooms(text, rooms, mostRooms),
    actions: [
      searchFor(text.trim()),
      ...allActions(own).filter(({ label }) => pieces(label, text).some(({ found }) => found)),
    ],
  };
}

const searchFor = (text: string): Action => ({
  key: 'search',
  label: words.switcher.search(text),
  sign: 'search',
  keys: 'Ctrl Shift F',
  act() {
    openSearch();
    seek({ words: text });
  },
});

const settingsPages: readonly SettingsPage[] = ['accounts', 'appearance', 'privacy', 'passwords', 'about'];

function allActions({ states, be }: Pick<Known, 'states' | 'be'>): readonly Action[] {
  return [
    {
      key: 'join',
      label: words.switcher.join,
      sign: 'join',
      keys: 'Ctrl J',
      act: () => openPage({ kind: 'join-room', address: '' }),
    },
    { key: 'browse', label: words.switcher.browse, sign: 'browse', act: () => openPage({ kind: 'browse-rooms' }) },
    {
      key: 'add',
      label: words.switcher.add,
      sign: 'add',
      keys: 'Ctrl N',
      act: () => openPage({ kind: 'add-person', address: '' }),
    },
    ...states.map((state) => ({
      key: `be ${state}`,
      label: words.switcher.be(words.presence[state].toLocaleLowerCase()),
      sign: state,
      act: () => be(state),
    })),
    { key: 'settings', label: words.switcher.settings, sign: 'settings', keys: 'Ctrl ,', act: openSettings },
    ...settingsPages.map((page) => ({
      key: `settings ${page}`,
      label: words.switcher.settingsOf(words.settings[page]),
      sign: 'settings' as const,
      act: () => openPage({ kind: 'settings', page }),
    })),
    {
      key: 'keyboard',
      label: words.switcher.keyboard,
      sign: 'keyboard',
      keys: 'Ctrl /',
      act: () => openPage({ kind: 'settings', page: 'keyboard' }),
    },
  ];
}
