/** The members as a list of one tab stop: arrows walk it, Enter speaks to somebody. Only what is in sight is in the page. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Occupant } from '../../src/domain/index.ts';
import { classes } from '../look/classes.ts';
import text from '../look/words.module.css';
import { plainly } from '../look/turning.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Tag } from '../widgets/badge.tsx';
import { Heard } from '../widgets/heard.tsx';
import { words } from '../words.ts';
import { type MemberItem, memberName } from './members.ts';
import styles from './room-details.module.css';
import { colourOf } from './use-room-names.ts';

export interface MemberListProps {
  readonly items: readonly MemberItem[];
  readonly label: string;
  readonly scroll: HTMLElement | null;
  speakTo(member: Occupant): void;
}

const heights = { head: 32, member: 40 } as const;

export function MemberList({ items, label, scroll, speakTo }: MemberListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string>();
  const wantsFocus = useRef(false);
  const found = items.findIndex(({ key }) => key === stop);
  const current = found >= 0 ? found : items.findIndex(({ kind }) => kind === 'member');
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll,
    estimateSize: (index) => heights[items[index]!.kind],
    getItemKey: (index) => items[index]!.key,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return current < 0 || seen.includes(current) ? seen : [...seen, current].toSorted((a, b) => a - b);
    },
  });
  useLayoutEffect(() => {
    const row = wantsFocus.current ? list.current?.querySelector<HTMLElement>('[tabindex="0"]') : undefined;
    if (row === null || row === undefined) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const walkTo = (index: number): void => {
    const item = items[index];
    if (item === undefined) return;
    wantsFocus.current = true;
    setStop(item.key);
    rows.scrollToIndex(index);
  };
  const next = (from: number, step: 1 | -1): void => {
    for (let index = from; index >= 0 && index < items.length; index += step)
      if (items[index]!.kind === 'member') return walkTo(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowDown') next(current + 1, 1);
    else if (event.key === 'ArrowUp') next(current - 1, -1);
    else if (event.key === 'Home') next(0, 1);
    else if (event.key === 'End') next(items.length - 1, -1);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      role="list"
      aria-label={label}
      className={styles['members']}
      style={{ height: rows.getTotalSize() }}
    >
      {rows.getVirtualItems().map(({ index, start, key }) => {
        const item = items[index];
        if (item === undefined) return null;
        const place = {
          role: 'listitem',
          'aria-setsize': items.length,
          'aria-posinset': index + 1,
          style: { translate: `0 ${start - rows.options.scrollMargin}px` },
        };
        return item.kind === 'head' ? (
          <div key={key} {...place} className={styles['head']}>
            <h3>
              {item.text} · <span className={text['number']}>{item.count}</span>
            </h3>
          </div>
        ) : (
          <div key={key} {...place} className={styles['slot']}>
            <Member
              member={item.member}
              stop={index === current}
              onFocus={() => setStop(item.key)}
              onKeyDown={onKeyDown}
              speakTo={() => speakTo(item.member)}
            />
          </div>
        );
      })}
    </div>
  );
}

interface MemberProps {
  readonly member: Occupant;
  readonly stop: boolean;
  onFocus(): void;
  onKeyDown(event: KeyboardEvent): void;
  speakTo(): void;
}

function Member({ member, stop, onFocus, onKeyDown, speakTo }: MemberProps) {
  const { nick, affiliation, presence, address, own } = member;
  const title = [address, presence.message].filter((part) => part !== undefined && part !== '').join(' · ');
  return (
    <button
      type="button"
      tabIndex={stop ? 0 : -1}
      className={styles['member']}
      title={plainly(title)}
      aria-disabled={own}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={() => {
        if (!own) speakTo();
      }}
    >
      <Avatar address={colourOf(nick, member)} name={plainly(nick)} presence={presence.availability} />
      <span className={classes(text['clipped'], text['grow'])}>
        <bdi>{memberName(member)}</bdi>
      </span>
      <Heard>, {words.presence[presence.availability].toLowerCase()}</Heard>
      {affiliation !== 'none' && (
        <>
          <Heard>, </Heard>
          <Tag text={words.members.tags[affiliation]} />
        </>
      )}
    </button>
  );
}
