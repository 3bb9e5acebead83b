/** Who is in a room, and above them whatever is being done with it. In a narrower window it is a sheet over the end edge. */
import { Search, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Occupant } from '../../src/domain/index.ts';
import details from '../details/details-pane.module.css';
import { draftOf, keepDraft } from '../conversation/drafts.ts';
import { classes } from '../look/classes.ts';
import text from '../look/words.module.css';
import find from '../roster/find-field.module.css';
import { IconButton } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { goTo, openConversation, usePlace } from '../window/place.ts';
import { useFocusHandedOn } from '../window/resting-focus.ts';
import { useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';
import { MemberList } from './member-list.tsx';
import { memberItems } from './members.ts';
import styles from './room-details.module.css';
import { RoomForms } from './room-forms.tsx';
import { roomConversation, roomConversationId, type RoomKey, roomName } from './rooms.ts';
import { useOccupants, useRoom } from './use-rooms.ts';

const handsOn = ['input', 'button'];

export function RoomDetails({ room: key }: { readonly room: RoomKey }) {
  const room = useRoom(key);
  const there = useOccupants(key);
  const connections = useMirror((mirror) => mirror.connections);
  const doing = usePlace((place) => place.doing);
  const [wanted, setWanted] = useState('');
  const [pane, setPane] = useState<HTMLElement | null>(null);
  useFocusHandedOn(pane, handsOn);
  // The map is changed in place: a new edition of the connections says that it is another.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const items = useMemo(() => memberItems(there.values(), wanted), [there, connections, wanted]);
  const name = roomName(room);
  const close = (): void => {
    goTo({ details: false, doing: undefined });
    document.querySelector<HTMLElement>('#details-button')?.focus();
  };
  const speakTo = ({ nick }: Occupant): void => {
    const before = draftOf(roomConversationId(key));
    keepDraft(roomConversation(key), before === '' ? `${nick}: ` : `${before.trimEnd()} ${nick} `);
    openConversation(roomConversation(key));
  };
  return (
    <aside ref={setPane} className={details['details']} aria-label={words.members.pane(name)} data-pane="details">
      <div className={classes(details['close'], styles['close'])}>
        <IconButton icon={X} label={words.members.close} keys="Esc" onClick={close} />
      </div>
      <h2 className={text['heard']}>{words.rooms.members}</h2>
      {doing !== undefined && <RoomForms key={doing} room={key} known={room} doing={doing} />}
      {there.size === 0 ? (
        <p className={styles['nobody']}>{words.members.nobody}</p>
      ) : (
        <>
          <div className={styles['find']}>
            <div className={find['find']}>
              <Icon of={Search} size="small" />
              <input
                type="text"
                role="searchbox"
                autoComplete="off"
                spellCheck={false}
                aria-label={words.members.find}
                placeholder={words.members.find}
                value={wanted}
                onChange={(event) => setWanted(event.target.value)}
              />
            </div>
          </div>
          {items.length === 0 && <p className={styles['nobody']}>{words.members.none(wanted.trim())}</p>}
          <MemberList items={items} label={words.rooms.members} scroll={pane} speakTo={speakTo} />
        </>
      )}
    </aside>
  );
}
