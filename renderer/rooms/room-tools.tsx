/** Above the list of rooms: the ways into one more. */
import { Button } from '../widgets/button.tsx';
import { openPage } from '../window/place.ts';
import { tipWithKeys } from '../words-keys.ts';
import { words } from '../words.ts';
import styles from './room-tools.module.css';

export function RoomTools() {
  return (
    <div className={styles['tools']} role="group" aria-label={words.rooms.join}>
      <Button
        small
        id="join-room"
        title={tipWithKeys(words.rooms.join, 'Ctrl+J')}
        onClick={() => openPage({ kind: 'join-room', address: '' })}
      >
        {words.rooms.joinShort}
      </Button>
      <Button small id="make-room" title={words.rooms.make} onClick={() => openPage({ kind: 'make-room' })}>
        {words.rooms.makeShort}
      </Button>
      <Button small id="browse-rooms" title={words.rooms.browse} onClick={() => openPage({ kind: 'browse-rooms' })}>
        {words.rooms.browseShort}
      </Button>
    </div>
  );
}
