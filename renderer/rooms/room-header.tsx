/** Which room this is, and what it is about. */
import { ArrowLeft, EllipsisVertical, UsersRound } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import styles from '../conversation/header.module.css';
import { useTag } from '../accounts/use-tag.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { SearchTools } from '../search/search-tools.tsx';
import { Tag } from '../widgets/badge.tsx';
import { IconButton } from '../widgets/button.tsx';
import { Menu } from '../widgets/menu.tsx';
import { RoomAvatar } from '../widgets/room-avatar.tsx';
import { goTo, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { useRoomItems } from './room-menu.tsx';
import { roomConversationId, type RoomKey, roomName } from './rooms.ts';
import { useRoom } from './use-rooms.ts';

export function RoomHeader({ room: key }: { readonly room: RoomKey }) {
  const room = useRoom(key);
  const details = usePlace((place) => place.details);
  const tag = useTag(key.account);
  const [whole, setWhole] = useState(false);
  const topic = plainly(room.topic.trim());
  return (
    <header className={classes(styles['head'], whole && styles['whole'])}>
      <IconButton
        icon={ArrowLeft}
        label={words.talk.back}
        keys="Esc"
        className={styles['back']}
        onClick={() => goTo({ front: 'people' })}
      />
      <RoomAvatar address={key.room} />
      <div className={text['grow']}>
        <h1 className={text['clipped']} title={plainly(key.room)}>
          <bdi>{roomName(room)}</bdi>
        </h1>
        <p className={styles['sub']}>
          {tag !== undefined && <Tag text={tag} />}
          {topic === '' ? (
            <span className={classes(text['address'], text['clipped'])}>{plainly(key.room)}</span>
          ) : (
            <button
              type="button"
              className={classes(styles['topic'], !whole && text['clipped'])}
              aria-expanded={whole}
              title={words.rooms.topicMore}
              onClick={() => setWhole(!whole)}
            >
              <bdi>{topic}</bdi>
            </button>
          )}
        </p>
      </div>
      <SearchTools conversation={roomConversationId(key)} />
      <IconButton
        icon={UsersRound}
        label={words.rooms.members}
        keys="Ctrl+I"
        id="details-button"
        on={details}
        aria-pressed={details}
        onClick={() => goTo({ details: !details, doing: undefined })}
      />
      <More room={key} />
    </header>
  );
}

function More({ room: key }: { readonly room: RoomKey }) {
  const items = useRoomItems(key, useRoom(key), true);
  const [menu, setMenu] = useState(false);
  const button = useRef<HTMLDivElement>(null);
  const close = useCallback((back: boolean) => {
    setMenu(false);
    if (back) button.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div ref={button} className={styles['more']}>
      <IconButton
        icon={EllipsisVertical}
        label={words.rooms.more}
        aria-haspopup="menu"
        aria-expanded={menu}
        onClick={() => setMenu(!menu)}
      />
      {menu && <Menu label={words.rooms.more} className={styles['menu']} onClose={close} items={items} />}
    </div>
  );
}
