/** The list as a tree for keys and ears: one tab stop, arrows walk, letters jump. Only what is in sight is in the page. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { classes } from '../look/classes.ts';
import type { Spot } from '../widgets/context-menu.tsx';
import { roomName } from '../rooms/rooms.ts';
import { plain } from '../look/plain.ts';
import type { ListItem } from './items.ts';
import styles from './tree.module.css';

export interface TreeProps {
  readonly label: string;
  readonly items: readonly ListItem[];
  /** The key of the chosen one, if it is in the list. */
  readonly chosen: string | undefined;
  /** What scrolls. */
  readonly scroll: HTMLElement | null;
  render(item: ListItem): ReactNode;
  choose(item: ListItem): void;
  /** Opens or closes what is inside an item. */
  disclose(item: ListItem, open: boolean): void;
  /** What can be done with an item is asked for, at a place of the window. */
  offer(item: ListItem, at: Spot): void;
  /** The pointer or the focus is in the list: its order should stay. */
  onHold(held: boolean): void;
}

const heights = {
  comfortable: { group: 32, person: 56, contact: 40, room: 56 },
  compact: { group: 32, person: 40, contact: 30, room: 40 },
} as const;

function wordOf(item: ListItem): string {
  if (item.kind === 'group') return item.name;
  if (item.kind === 'room') return roomName(item.entry.room);
  return item.kind === 'person' ? item.person.name : item.contact.contact;
}

/** Undefined for what has nothing inside. */
const openOf = (item: ListItem): boolean | undefined =>
  item.kind === 'group' || item.kind === 'person' ? item.open : undefined;

export function Tree({ label, items, chosen, scroll, render, choose, disclose, offer, onHold }: TreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string>();
  const wantsFocus = useRef(false);
  const typed = useRef({ text: '', at: 0 });
  const pointer = useRef(false);

  const indexOf = (key: string | undefined): number => items.findIndex((item) => item.key === key);
  const fallback = Math.max(0, indexOf(chosen));
  const current = stop !== undefined && indexOf(stop) >= 0 ? indexOf(stop) : fallback;

  const density = document.documentElement.dataset['density'] === 'compact' ? 'compact' : 'comfortable';
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll,
    estimateSize: (index) => heights[density][items[index]!.kind],
    getItemKey: (index) => items[index]!.key,
    overscan: 8,
    scrollMargin: tree.current?.offsetTop ?? 0,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return current >= items.length || seen.includes(current) ? seen : [...seen, current].toSorted((a, b) => a - b);
    },
  });

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const row = tree.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (row === null || row === undefined) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const walkTo = (index: number): void => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (item === undefined) return;
    wantsFocus.current = true;
    setStop(item.key);
    rows.scrollToIndex(indexOf(item.key));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const item = items[current];
    if (item === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault();
      return offerAt(item, event.target as HTMLElement);
    }
    const towards = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    const took = keys(event.key, item, towards);
    if (took) event.preventDefault();
  };

  const offerAt = (item: ListItem, row: HTMLElement): void => {
    const { left, bottom } = row.getBoundingClientRect();
    offer(item, { x: left + 16, y: bottom - 8 });
  };

  const itemAt = (target: EventTarget): ListItem | undefined =>
    items[Number((target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1)];

  const keys = (key: string, item: ListItem, towards: number): boolean => {
    if (key === 'ArrowDown') walkTo(current + 1);
    else if (key === 'ArrowUp') walkTo(current - 1);
    else if (key === 'Home') walkTo(0);
    else if (key === 'End') walkTo(items.length - 1);
    else if (key === 'PageDown') walkTo(current + 10);
    else if (key === 'PageUp') walkTo(current - 10);
    else if (key === 'Enter' || key === ' ') choose(item);
    else if (key === (towards > 0 ? 'ArrowRight' : 'ArrowLeft')) inwards(item);
    else if (key === (towards > 0 ? 'ArrowLeft' : 'ArrowRight')) outwards(item);
    else if (key.length === 1) typeAhead(key);
    else return false;
    return true;
  };

  const inwards = (item: ListItem): void => {
    const open = openOf(item);
    if (open === undefined) return;
    if (open) walkTo(current + 1);
    else disclose(item, true);
  };

  const outwards = (item: ListItem): void => {
    if (openOf(item) === true) return disclose(item, false);
    const parent = items.slice(0, current).findLastIndex(({ level }) => level < item.level);
    if (parent >= 0) walkTo(parent);
  };

  /** Letters typed within a second belong together; one letter alone goes on to the next. */
  const typeAhead = (letter: string): void => {
    const at = performance.now();
    const text = (at - typed.current.at < 1000 ? typed.current.text : '') + plain(letter);
    typed.current = { text, at };
    const start = text.length === 1 ? current + 1 : current;
    const turned = [...items.keys()].map((index) => (index + start) % items.length);
    const hit = turned.find((index) => plain(wordOf(items[index]!)).startsWith(text));
    if (hit !== undefined) walkTo(hit);
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={label}
      className={styles['tree']}
      style={{ height: rows.getTotalSize() }}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const item = itemAt(event.target);
        if (item !== undefined) choose(item);
      }}
      onContextMenu={(event) => {
        const item = itemAt(event.target);
        if (item === undefined) return;
        event.preventDefault();
        setStop(item.key);
        offer(item, { x: event.clientX, y: event.clientY });
      }}
      onPointerEnter={(event) => {
        pointer.current = event.pointerType === 'mouse';
        if (pointer.current) onHold(true);
      }}
      onPointerLeave={() => {
        pointer.current = false;
        onHold(tree.current?.contains(document.activeElement) ?? false);
      }}
      onFocus={() => onHold(true)}
      onBlur={(event) => onHold(pointer.current || event.currentTarget.contains(event.relatedTarget))}
    >
      {rows.getVirtualItems().map(({ index, start, key }) => {
        const item = items[index];
        if (item === undefined) return null;
        return (
          <div
            key={key}
            ref={rows.measureElement}
            data-index={index}
            role="treeitem"
            tabIndex={index === current ? 0 : -1}
            aria-level={item.level}
            aria-setsize={item.size}
            aria-posinset={item.position}
            aria-expanded={openOf(item)}
            aria-haspopup={item.kind === 'group' ? undefined : 'menu'}
            aria-selected={item.kind === 'group' ? undefined : item.key === chosen}
            className={classes(styles['item'], styles[item.kind === 'room' ? 'person' : item.kind])}
            style={{ translate: `0 ${start - rows.options.scrollMargin}px` }}
            onFocus={() => setStop(item.key)}
          >
            {render(item)}
          </div>
        );
      })}
    </div>
  );
}
