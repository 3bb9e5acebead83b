/** The name of a group, how many are in it, and a mark if someone in a closed one is unread. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';
import { type RoomEntry, roomConversationId } from '../rooms/rooms.ts';
import { Badge } from '../widgets/badge.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import styles from './group-head.module.css';
import type { Member } from './grouping.ts';
import { standingOf } from './recent.ts';

export interface GroupHeadProps {
  readonly name: string;
  readonly open: boolean;
  readonly members: readonly Member[];
  readonly rooms: readonly RoomEntry[];
}

export function GroupHead({ name, open, members, rooms }: GroupHeadProps) {
  const unread = useMirror(({ conversations, people }) => {
    if (open) return 0;
    let count = 0;
    for (const { id } of members) {
      const person = people.all.get(id);
      if (person !== undefined) count += standingOf(person, conversations.all).unread;
    }
    for (const { account, room } of rooms)
      count += conversations.all.get(roomConversationId({ account, room: room.id }))?.mentions ?? 0;
    return count;
  });
  return (
    <span className={styles['head']}>
      <Icon of={open ? ChevronDown : ChevronRight} size="small" />
      <bdi className={text['clipped']}>{name === '' ? words.people.ungrouped : plainly(name)}</bdi>
      <Heard>, </Heard>
      {unread > 0 && (
        <>
          <Badge count={unread} />
          <Heard> {words.people.unread}, </Heard>
        </>
      )}
      <span className={classes(styles['count'], text['number'])}>{members.length + rooms.length}</span>
    </span>
  );
}
