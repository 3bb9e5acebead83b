/** One line of the list: a room, and the first thing worth saying about it. */
import { CircleAlert, PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Conversation } from '../../src/domain/index.ts';
import { saidIn } from '../files/said.ts';
import { useTag } from '../accounts/use-tag.ts';
import { useDrafts } from '../conversation/drafts.ts';
import { classes } from '../look/classes.ts';
import { shortTime } from '../look/times.ts';
import { beginning, namelessHere, nameShown } from '../look/names.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';
import styles from '../roster/row.module.css';
import { Badge, Tag } from '../widgets/badge.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RoomAvatar } from '../widgets/room-avatar.tsx';
import { words } from '../words.ts';
import { type RoomEntry, roomConversationId, type RoomKey, roomName } from './rooms.ts';
import { standingIn } from './standing.ts';
import { useInviter } from './use-inviter.ts';
import { useRoom } from './use-rooms.ts';

export interface RoomRowProps {
  readonly room: RoomKey;
  /** Recent shows what was said last, and when. */
  readonly recent: boolean;
  readonly now: number;
}

export function RoomRow({ room: key, recent, now }: RoomRowProps) {
  const { account } = key;
  const room = useRoom(key);
  const conversation = useMirror(({ conversations }) => conversations.all.get(roomConversationId(key)));
  const tag = useTag(account);
  const unread = conversation?.unread ?? 0;
  const mentions = conversation?.mentions ?? 0;
  const { kind } = standingIn(room);
  const away = kind === 'left' || kind === 'out';
  const last = conversation?.last;
  return (
    <span className={classes(styles['row'], mentions > 0 && styles['unread'], away && styles['off'])}>
      <RoomAvatar address={room.id} />
      <span className={styles['who']}>
        <span className={styles['top']}>
          <bdi className={classes(styles['name'], text['clipped'])}>{roomName(room)}</bdi>
          <Heard>, {words.rooms.room}</Heard>
          {tag !== undefined && <Tag text={tag} />}
          {recent && last !== undefined && (
            <time className={classes(styles['when'], text['number'])}>{shortTime(last.at, now)}</time>
          )}
        </span>
        <span className={styles['sub']}>
          <Heard>, </Heard>
          <SecondLine account={account} room={room} recent={recent} conversation={conversation} />
          {unread > 0 && (
            <span className={styles['end']}>
              <Heard>, </Heard>
              {mentions > 0 ? <Badge count={mentions} look="mention" /> : <Badge count={unread} look="quiet" />}
              <Heard> {mentions > 0 ? words.rooms.mentions : words.people.unread}</Heard>
            </span>
          )}
        </span>
      </span>
    </span>
  );
}

type SecondLineProps = RoomEntry & {
  readonly recent: boolean;
  readonly conversation: Conversation | undefined;
};

/** The first that applies: an invitation, why we are not in it, a draft, that we left, what was said, the topic. */
function SecondLine({ account, room, recent, conversation }: SecondLineProps): ReactNode {
  const id = roomConversationId({ account, room: room.id });
  const draft = useDrafts(({ drafts }) => drafts.get(id)?.trim() ?? '');
  const inviter = useInviter(account, room);
  const standing = standingIn(room);
  // Somebody's words alone run their own way; a sentence of ours, as all of the window.
  const theirs = (said: string): ReactNode => (
    <span className={classes(styles['text'], text['clipped'])} dir="auto">
      {said}
    </span>
  );
  const line = (said: string): ReactNode => <span className={classes(styles['text'], text['clipped'])}>{said}</span>;
  if (standing.kind === 'invited')
    return <span className={classes(styles['typing'], text['clipped'])}>{words.rooms.invitedBy(inviter)}</span>;
  if (standing.kind === 'out') {
    return (
      <>
        <Icon of={CircleAlert} size="small" className={styles['trouble']} />
        <span className={classes(styles['trouble'], text['clipped'])}>{plainly(standing.why)}</span>
      </>
    );
  }
  if (draft !== '') {
    return (
      <>
        <Icon of={PencilLine} size="small" className={styles['draft']} />
        <span className={classes(styles['draft'], text['clipped'])} dir="auto">
          {words.people.draft}
          {plainly(beginning(draft))}
        </span>
      </>
    );
  }
  if (standing.kind === 'left' && !recent) return line(words.rooms.left);
  const last = conversation?.last;
  if (last !== undefined && (recent || (conversation?.unread ?? 0) > 0)) {
    const said = saidIn(last);
    if (last.direction === 'outgoing') return line(words.people.yours(said));
    return last.nick === undefined ? theirs(said) : line(words.rooms.said(nameShown(last.nick, namelessHere), said));
  }
  if (standing.kind === 'left') return line(words.rooms.left);
  return theirs(room.topic === '' ? plainly(room.id) : plainly(beginning(room.topic).replace(/\s+/gu, ' ')));
}
