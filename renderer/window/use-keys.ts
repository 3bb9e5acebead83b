/** The keys that work anywhere in the window. */
import { useEffect } from 'react';
import { conversationId } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { calls } from '../rooms/rooms.ts';
import { type ShownRow, shownRows } from '../roster/shown.ts';
import { openSearch, walkHits } from '../search/search.ts';
import {
  goTo,
  openConversation,
  type OpenConversation,
  openPage,
  openSettings,
  stepBack,
  type Tab,
  usePlace,
} from './place.ts';
import { focusWithin } from './resting-focus.ts';

const focusOn = (...selectors: readonly string[]): boolean => focusWithin(document, selectors);

/** Below this width the details are a sheet, and Esc closes them. In CSS pixels. */
const threePanes = 1180;

type Act = (event: KeyboardEvent) => void;

const acts: Readonly<Record<string, Act>> = {
  'Ctrl k': () => goTo({ switching: !usePlace.getState().switching }),
  'Ctrl j': () => openPage({ kind: 'join-room', address: '' }),
  'Ctrl f': () => searchHere(),
  'Ctrl Shift f': () => openSearch(),
  'Ctrl g': () => walkHits(1),
  'Ctrl Shift g': () => walkHits(-1),
  'Ctrl n': () => openPage({ kind: 'add-person', address: '' }),
  'Ctrl ,': () => openSettings(),
  F1: () => openPage({ kind: 'settings', page: 'keyboard' }),
  'Ctrl /': () => openPage({ kind: 'settings', page: 'keyboard' }),
  'Ctrl i': () => goTo({ details: !usePlace.getState().details }),
  'Ctrl 1': () => showTab('recent'),
  'Ctrl 2': () => showTab('people'),
  'Ctrl 3': () => showTab('rooms'),
  'Ctrl Shift s': () => document.querySelector<HTMLElement>('#self')?.click(),
  'Ctrl Shift a': () => document.querySelector<HTMLElement>('#attach')?.click(),
  F6: () => nextPane(1),
  'Shift F6': () => nextPane(-1),
  'Alt ArrowDown': () => walk(1, false),
  'Alt ArrowUp': () => walk(-1, false),
  'Alt Shift ArrowDown': () => walk(1, true),
  'Alt Shift ArrowUp': () => walk(-1, true),
  'Alt ArrowLeft': () => back(),
  'Shift Escape': () => readAll(),
  Escape: () => back(),
};

export function useKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const act = acts[nameOf(event)];
      if (act === undefined) return;
      event.preventDefault();
      if (act !== acts['Ctrl k']) goTo({ switching: false });
      act(event);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** 'Ctrl Shift s': the way a shortcut is written in the table above. */
export function nameOf(event: Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'shiftKey' | 'key'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const held = [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift'];
  return [...held.filter((name) => name !== false), key].join(' ');
}

function searchHere(): void {
  const { open } = usePlace.getState();
  openSearch(open === undefined ? undefined : idOf(open));
  later(() => focusOn('#search'));
}

const later = (work: () => void): void => {
  requestAnimationFrame(work);
};

function showTab(tab: Tab): void {
  goTo({ tab, find: '', front: 'people', page: { kind: 'talk' } });
  later(() => focusOn(`#tab-${tab}`));
}

/** One step back; the focus goes where the step came from. */
function back(): void {
  const { details, page } = usePlace.getState();
  if (!stepBack(innerWidth < threePanes)) return;
  later(() => {
    if (details && page.kind === 'talk') focusOn('#details-button');
    else if (outOfSight(document.activeElement)) focusOn('#search', '#list [role=treeitem][tabindex="0"]', '#self');
  });
}

/** What had the focus is hidden now, or gone. */
const outOfSight = (element: Element | null): boolean =>
  element === null || element === document.body || (element instanceof HTMLElement && element.offsetParent === null);

const panes: readonly string[] = ['[data-pane=people]', '[data-pane=main]', '[data-pane=details]'];

/** From pane to pane; each takes the focus where it is most useful. */
function nextPane(step: 1 | -1): void {
  const shown = panes
    .map((pane) => document.querySelector<HTMLElement>(pane))
    .filter((pane): pane is HTMLElement => pane !== null && pane.offsetParent !== null);
  const at = shown.findIndex((pane) => pane.contains(document.activeElement));
  const next = shown[(at + step + shown.length) % shown.length];
  if (next === undefined) return;
  focusWithin(next, [
    '#message-field',
    '#list [role=treeitem][tabindex="0"]',
    'a[href], button, input, [tabindex="0"]',
  ]);
}

/** The next row of the list as it stands, or the next one that calls. The focus stays. */
function walk(step: 1 | -1, unreadOnly: boolean): void {
  const { open } = usePlace.getState();
  const { conversations } = useMirror.getState();
  const rows = shownRows();
  const isOpen = (row: ShownRow): boolean =>
    open !== undefined && row.conversations.some((each) => idOf(each) === idOf(open));
  const isCalling = (row: ShownRow): boolean =>
    row.conversations.some((each) => {
      const conversation = conversations.all.get(idOf(each));
      return conversation !== undefined && calls(conversation);
    });
  const at = rows.findIndex(isOpen);
  const turned = rows.map((_, index) => rows[mod(at + step * (index + 1), rows.length)]!);
  const next = turned.find((row) => !isOpen(row) && (!unreadOnly || isCalling(row)));
  if (next !== undefined) openConversation(next.first(), { field: false });
}

const idOf = ({ account, target }: OpenConversation) => conversationId(account, target);

const mod = (value: number, by: number): number => ((value % by) + by) % by;

function readAll(): void {
  const { conversations } = useMirror.getState();
  for (const { id, unread, last } of conversations.all.values()) {
    if (unread > 0 && last !== undefined) orSay(ask('conversation.acknowledge', { conversation: id, upTo: last.id }));
  }
}
