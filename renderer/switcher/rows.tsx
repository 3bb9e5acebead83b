/** The lines of the switcher. */
import { Compass, Keyboard, LogIn, type LucideIcon, Settings2, TextSearch, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Availability, ConversationId, Person } from '../../src/domain/index.ts';
import { pieces } from '../look/plain.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';
import { contactToWrite } from '../roster/list.tsx';
import { conversationOf } from '../roster/recent.ts';
import { calls, roomConversation, roomConversationId, type RoomEntry, roomName, roomText } from '../rooms/rooms.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Badge } from '../widgets/badge.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Keys } from '../widgets/keys.tsx';
import { PresenceShape } from '../widgets/presence.tsx';
import { RoomAvatar } from '../widgets/room-avatar.tsx';
import { openConversation } from '../window/place.ts';
import { words } from '../words.ts';
import type { Action, Sign } from './options.ts';
import styles from './switcher.module.css';

/** One line that can be chosen. */
export interface Row {
  readonly key: string;
  readonly body: ReactNode;
  choose(): void;
}

export function personRow(person: Person, asked: string): Row {
  const [first] = person.contacts;
  return {
    key: person.id,
    choose() {
      const { account, contact } = contactToWrite(person);
      openConversation({ account, target: { kind: 'contact', contact } });
    },
    body: (
      <>
        <Avatar
          address={first?.contact ?? person.name}
          name={person.name}
          picture={person.avatar}
          presence={person.presence.availability}
          size={30}
        />
        <Name text={person.name} sought={asked} />
        <span className={text['heard']}>, {words.presence[person.presence.availability].toLocaleLowerCase()}</span>
        <span className={styles['hint']}>
          <Unread in={person.contacts.map(conversationOf)} />
          {person.contacts.length > 1 ? (
            words.switcher.contacts(person.contacts.length)
          ) : (
            <Name text={plainly(first?.contact ?? '')} sought={pieces(person.name, asked).length > 1 ? '' : asked} />
          )}
        </span>
      </>
    ),
  };
}

export function roomRow({ account, room }: RoomEntry, asked: string): Row {
  return {
    key: roomText({ account, room: room.id }),
    choose: () => openConversation(roomConversation({ account, room: room.id })),
    body: (
      <>
        <RoomAvatar address={room.id} size={30} />
        <Name text={roomName(room)} sought={asked} />
        <span className={styles['hint']}>
          <Unread in={[roomConversationId({ account, room: room.id })]} />
        </span>
      </>
    ),
  };
}

const signs: Partial<Record<Sign, LucideIcon>> = {
  search: TextSearch,
  join: LogIn,
  browse: Compass,
  add: UserPlus,
  settings: Settings2,
  keyboard: Keyboard,
};

export function actionRow({ key, label, sign, keys, act }: Action, asked: string): Row {
  const icon = signs[sign];
  return {
    key,
    choose: act,
    body: (
      <>
        <span className={styles['lead']}>
          {icon === undefined ? <PresenceShape of={sign as Availability} /> : <Icon of={icon} />}
        </span>
        <Name text={label} sought={key === 'search' ? '' : asked} />
        {keys !== undefined && (
          <span className={styles['hint']}>
            <Keys of={keys} />
          </span>
        )}
      </>
    ),
  };
}

/** Rooms are loud: where nobody is named their count is quiet. */
function Unread({ in: ids }: { readonly in: readonly ConversationId[] }) {
  const conversations = useMirror((mirror) => mirror.conversations);
  let [unread, mentions, loud] = [0, 0, false];
  for (const id of ids) {
    const conversation = conversations.all.get(id);
    if (conversation === undefined) continue;
    unread += conversation.unread;
    mentions += conversation.mentions ?? 0;
    loud ||= calls(conversation);
  }
  if (unread === 0) return null;
  return (
    <>
      {mentions > 0 ? (
        <Badge count={mentions} look="mention" />
      ) : (
        <Badge count={unread} {...(loud ? {} : { look: 'quiet' })} />
      )}
      <span className={text['heard']}> {words.people.unread}</span>
    </>
  );
}

function Name({ text: name, sought }: { readonly text: string; readonly sought: string }) {
  return (
    <bdi className={text['clipped']}>
      {pieces(name, sought).map((piece, place) => {
        // A piece has no identity of its own: its place is what it is.
        const key = place;
        return piece.found ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
      })}
    </bdi>
  );
}
