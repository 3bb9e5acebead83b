/** The people pane: who I am, find, what the list shows, accounts in need, and the list. */
import { useState } from 'react';
import { AccountLines } from '../accounts/account-lines.tsx';
import { usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { FindField } from './find-field.tsx';
import { PeopleList } from './list.tsx';
import styles from './people-pane.module.css';
import { RequestCards } from './request-cards.tsx';
import { SelfBar } from './self-bar.tsx';
import { Tabs } from './tabs.tsx';

export function PeoplePane() {
  const tab = usePlace((place) => place.tab);
  // As state, not as a ref: the list looks for it before a ref would be there.
  const [scroll, setScroll] = useState<HTMLElement | null>(null);
  return (
    <nav className={styles['pane']} aria-label={words.people.pane} data-pane="people">
      <SelfBar />
      <FindField />
      <Tabs />
      <AccountLines />
      <div ref={setScroll} id="list" role="tabpanel" aria-labelledby={`tab-${tab}`} className={styles['scroll']}>
        <RequestCards />
        <PeopleList scroll={scroll} />
      </div>
    </nav>
  );
}
