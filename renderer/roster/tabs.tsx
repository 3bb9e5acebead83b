/** Recent, People and Rooms. One tab stop, arrows between them. */
import type { KeyboardEvent } from 'react';
import { classes } from '../look/classes.ts';
import { Badge } from '../widgets/badge.tsx';
import { Heard } from '../widgets/heard.tsx';
import { goTo, type Tab, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { useUnreadConversations } from './people.ts';
import styles from './tabs.module.css';

const tabs: readonly Tab[] = ['recent', 'people', 'rooms'];

export function Tabs() {
  const tab = usePlace((place) => place.tab);
  const unread = useUnreadConversations();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const towards = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    const step = (event.key === 'ArrowRight' ? 1 : -1) * towards;
    const other = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!;
    goTo({ tab: other, find: '' });
    event.currentTarget.querySelector<HTMLElement>(`[data-tab=${other}]`)?.focus();
  };
  return (
    <div role="tablist" aria-label={words.people.tabs} className={styles['tabs']} onKeyDown={onKeyDown} tabIndex={-1}>
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-tab={name}
          id={`tab-${name}`}
          aria-selected={tab === name}
          aria-controls="list"
          tabIndex={tab === name ? 0 : -1}
          className={classes(styles['tab'])}
          onClick={() => goTo({ tab: name, find: '' })}
        >
          {words.people[name]}
          {name === 'recent' && unread > 0 && (
            <>
              <Heard>, </Heard>
              <Badge count={unread} />
              <Heard> {words.people.unreadTab}</Heard>
            </>
          )}
        </button>
      ))}
    </div>
  );
}
