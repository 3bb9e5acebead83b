/** The conversation of a room: what is said there, and the door while one is not in it. */
import { AccountLines } from '../accounts/account-lines.tsx';
import { Composer } from '../conversation/composer.tsx';
import composer from '../conversation/composer.module.css';
import styles from '../conversation/conversation-pane.module.css';
import { NewsForTheEar } from '../conversation/news.tsx';
import { Talk } from '../conversation/talk.tsx';
import strip from '../conversation/typing-strip.module.css';
import { useHistory } from '../conversation/use-history.ts';
import { plainly } from '../look/turning.ts';
import { openRoomDetails } from '../window/place.ts';
import { words } from '../words.ts';
import { Door, opensToWriters } from './door.tsx';
import { useNotices } from './notices.ts';
import { RoomHeader } from './room-header.tsx';
import { roomConversation, type RoomKey, roomName } from './rooms.ts';
import { useIsOnline, useRoom } from './use-rooms.ts';
import { useSpeakers } from './use-room-names.ts';

export function RoomPane({ room: key }: { readonly room: RoomKey }) {
  const room = useRoom(key);
  const open = roomConversation(key);
  const history = useHistory(open);
  const speakerOf = useSpeakers(key);
  const notices = useNotices((all) => all.get(history.id));
  const name = roomName(room);
  return (
    <>
      <RoomHeader room={key} />
      <AccountLines account={key.account} className={styles['lines']} />
      <Talk
        key={history.id}
        {...history}
        name={name}
        lines
        marked={room.nick === '' ? undefined : room.nick}
        notices={notices}
        speakerOf={speakerOf}
      />
      <Strip room={key} />
      {opensToWriters(room) ? (
        <Composer
          key={`field ${history.id}`}
          conversation={open}
          name={name}
          placeholder={words.roomTalk.placeholder(name, plainly(room.nick))}
          foot={<As room={key} />}
        />
      ) : (
        <Door key={`door ${history.id}`} room={key} known={room} />
      )}
      <NewsForTheEar
        nameOf={(message) => speakerOf(message).name}
        messages={history.history?.messages ?? []}
        conversation={history.id}
      />
    </>
  );
}

/** Its place is always kept, as where people type. */
function Strip({ room: key }: { readonly room: RoomKey }) {
  const { status, wanted } = useRoom(key);
  const online = useIsOnline(key.account);
  return (
    <div className={strip['strip']}>
      {!online && wanted && words.talk.waits}
      {online && status === 'joining' && words.roomTalk.waits}
    </div>
  );
}

/** The name we bear here, and the way to another. */
function As({ room: key }: { readonly room: RoomKey }) {
  const { nick } = useRoom(key);
  return (
    <span className={composer['to']}>
      <button
        type="button"
        className={composer['via']}
        title={words.roomTalk.changeNick}
        onClick={() => openRoomDetails(key, 'nick')}
      >
        <span>
          {words.roomTalk.as}
          <b>
            <bdi>{plainly(nick)}</bdi>
          </b>
        </span>
      </button>
    </span>
  );
}
