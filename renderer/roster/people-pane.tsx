/** The people pane: who I am, find, what the list shows, accounts in need, and the list. */
import { useState } from 'react';
import { AccountLines } from '../accounts/account-lines.tsx';
import text from '../look/words.module.css';
import { InvitationCards } from '../rooms/invitation-cards.tsx';
import { RoomTools } from '../rooms/room-tools.tsx';
import { usePlace } from '../window/place.ts';
import { useFocusHandedOn } from '../window/resting-focus.ts';
import { useNarrow } from '../window/use-narrow.ts';
import { words } from '../words.ts';
import { FindField } from './find-field.tsx';
import { PeopleList } from './list.tsx';
import styles from './people-pane.module.css';
import { RequestCards } from './request-cards.tsx';
import { SelfBar } from './self-bar.tsx';
import { Tabs } from './tabs.tsx';

/** From an answered card to the next one, else into the list; from who left the list to who stands there now. */
const handsOn = ['section button', '[role=treeitem][tabindex="0"]'];

export function PeoplePane() {
  // A single pane that shows the list is all there is: the list is then the main part of the page.
  const narrow = useNarrow();
  const tab = usePlace((place) => place.tab);
  const find = usePlace((place) => place.find);
  // As state, not as a ref: the list looks for it before a ref would be there.
  const [scroll, setScroll] = useState<HTMLElement | null>(null);
  useFocusHandedOn(scroll, handsOn);
  return (
    <div
      className={styles['pane']}
      role={narrow ? 'main' : 'navigation'}
      aria-label={words.people.pane}
      data-pane="people"
    >
      {narrow && <h1 className={text['heard']}>{words.people.pane}</h1>}
      <SelfBar />
      <FindField />
      <Tabs />
      <AccountLines />
      <div ref={setScroll} id="list" role="tabpanel" aria-labelledby={`tab-${tab}`} className={styles['scroll']}>
        <RequestCards />
        <InvitationCards />
        {tab === 'rooms' && find === '' && <RoomTools />}
        <PeopleList scroll={scroll} />
      </div>
    </div>
  );
}
