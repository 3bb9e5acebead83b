/** The find field over the list. Down goes into what was found, Enter opens the first, Esc empties it. */
import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';

import { Icon } from '../widgets/icon.tsx';
import { Keys } from '../widgets/keys.tsx';
import { goTo, openConversation, openPage, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { allRooms, roomConversation } from '../rooms/rooms.ts';
import { findPeople, findRooms, looksLikeAddress } from './find.ts';
import styles from './find-field.module.css';
import { contactToWrite } from './list.tsx';

export function FindField() {
  const find = usePlace((place) => place.find);
  const openFirst = (): void => {
    const { people, connections } = useMirror.getState();
    const [person] = findPeople(find, people.all.values(), 1);
    const [place] = findRooms(find, allRooms(connections.all), 1);
    if (person !== undefined) {
      const { account, contact } = contactToWrite(person);
      openConversation({ account, target: { kind: 'contact', contact } });
      goTo({ find: '' });
    } else if (place !== undefined) {
      openConversation(roomConversation({ account: place.account, room: place.room.id }));
      goTo({ find: '' });
    } else if (looksLikeAddress(find)) openPage({ kind: 'add-person', address: find.trim() });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('#list [role=treeitem][tabindex="0"]')?.focus();
    } else if (event.key === 'Enter') {
      // What opens takes the caret at once: the rest of this key must not write there.
      event.preventDefault();
      openFirst();
    } else if (event.key === 'Escape' && find !== '') {
      event.preventDefault();
      event.stopPropagation();
      goTo({ find: '' });
    }
  };
  return (
    <div className={styles['find']}>
      <Icon of={Search} size="small" />
      <label htmlFor="find" className={text['heard']}>
        {words.people.find}
      </label>
      <input
        id="find"
        type="text"
        role="searchbox"
        autoComplete="off"
        spellCheck={false}
        placeholder={words.people.findShort}
        value={find}
        onChange={(event) => goTo({ find: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {find === '' ? (
        <Keys of="Ctrl K" quiet />
      ) : (
        <button
          type="button"
          className={styles['clear']}
          aria-label={words.people.clearFind}
          title={`${words.people.clearFind} (Esc)`}
          onClick={() => goTo({ find: '' })}
        >
          <Icon of={X} size="small" />
        </button>
      )}
    </div>
  );
}
