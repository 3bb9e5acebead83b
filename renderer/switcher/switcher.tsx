/** The quick switcher (Ctrl+K): a few letters lead to a person, a room, or something that can be done. */
import { CornerDownLeft, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';
import { useRecentTalks } from '../roster/people.ts';
import { useOwnState } from '../roster/use-own-state.ts';
import { useRooms } from '../rooms/use-rooms.ts';
import { Icon } from '../widgets/icon.tsx';
import { Keys } from '../widgets/keys.tsx';
import { goTo, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { type Options, optionsFor } from './options.ts';
import { actionRow, personRow, type Row, roomRow } from './rows.tsx';
import styles from './switcher.module.css';

export function Switcher() {
  const open = usePlace((place) => place.switching);
  return open ? <Layer /> : null;
}

interface Section {
  readonly title: string;
  /** Where its first line stands among all. */
  readonly start: number;
  readonly rows: readonly Row[];
}

function Layer() {
  const [asked, setAsked] = useState('');
  const sections = useSections(asked);
  const rows = sections.flatMap((section) => section.rows);
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, rows.length - 1);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = useLayer(field);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const choose = (row: Row | undefined): void => {
    if (row === undefined) return;
    close(false);
    row.choose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
    if (step !== undefined) setAt((chosen + step + rows.length) % Math.max(1, rows.length));
    else if (event.key === 'Enter') choose(rows[chosen]);
    else if (event.key === 'Escape') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // A press beside it means none of this; the keys have Esc for that.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles['veil']} onPointerDown={(event) => event.target === event.currentTarget && close(true)}>
      <div className={styles['switcher']} role="dialog" aria-modal="true" aria-label={words.switcher.title}>
        <div className={styles['ask']}>
          <Icon of={Search} />
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label={words.switcher.field}
            aria-expanded
            aria-controls="switcher-list"
            aria-activedescendant={rows.length > 0 ? `option-${chosen}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder={words.switcher.field}
            value={asked}
            onChange={(event) => {
              setAsked(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <Keys of="Esc" quiet />
        </div>
        <div ref={list} id="switcher-list" className={styles['list']} role="listbox" aria-label={words.switcher.title}>
          {sections.map(({ title, start, rows: inside }) => (
            <div key={title} role="group" aria-label={title}>
              <div className={styles['title']} aria-hidden="true">
                {title}
              </div>
              {inside.map((row, place) => {
                const mine = start + place;
                return (
                  // The field has the keys; a line is only pressed.
                  // eslint-disable-next-line jsx-a11y/click-events-have-key-events
                  <div
                    key={row.key}
                    id={`option-${mine}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={mine === chosen}
                    className={styles['option']}
                    onPointerMove={() => setAt(mine)}
                    onClick={() => choose(row)}
                  >
                    {row.body}
                    {mine === chosen && (
                      <kbd className={styles['enter']} aria-hidden="true">
                        <Icon of={CornerDownLeft} size="small" />
                      </kbd>
                    )}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        <p className={text['heard']} role="status">
          {words.switcher.count(rows.length)}
        </p>
        <p className={styles['legend']} aria-hidden="true">
          <span>
            <Keys of="↑" /> <Keys of="↓" /> {words.switcher.choose}
          </span>
          <span>
            <Keys of="Enter" /> {words.switcher.open}
          </span>
        </p>
      </div>
    </div>
  );
}

/** The field has the focus while the layer stands, and whatever had it before has it again. */
function useLayer(field: { readonly current: HTMLElement | null }): (back: boolean) => void {
  const before = useRef<Element>(null);
  useEffect(() => {
    before.current = document.activeElement;
    field.current?.focus();
  }, [field]);
  return (back) => {
    goTo({ switching: false });
    if (back && before.current instanceof HTMLElement) before.current.focus();
  };
}

function useSections(asked: string): readonly Section[] {
  const people = useMirror((mirror) => mirror.people);
  const rooms = useRooms();
  const recent = useRecentTalks();
  const { first, states, set } = useOwnState();
  const options = useMemo(
    (): Options =>
      optionsFor(asked, {
        people: people.all.values(),
        rooms,
        recent,
        states,
        be: (state) => set(state, first?.requested.message ?? ''),
      }),
    // What is offered follows the letters and who there is; our own state only names what can be done.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [asked, people, rooms, recent],
  );
  const titled = [
    {
      title: asked.trim() === '' ? words.switcher.recent : words.switcher.people,
      rows: options.people.map((person) => personRow(person, asked)),
    },
    { title: words.switcher.rooms, rows: options.rooms.map((entry) => roomRow(entry, asked)) },
    { title: words.switcher.actions, rows: options.actions.map((action) => actionRow(action, asked)) },
  ];
  let start = 0;
  return titled
    .filter(({ rows }) => rows.length > 0)
    .map((section) => {
      const placed = { ...section, start };
      start += section.rows.length;
      return placed;
    });
}
