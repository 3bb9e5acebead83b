/** Somebody wants us in a room: asked at the top of the list, quietly, until it is answered or put off. */
import { useMemo } from 'react';
import { create } from 'zustand';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import styles from '../roster/request-cards.module.css';
import { Button } from '../widgets/button.tsx';
import { RoomAvatar } from '../widgets/room-avatar.tsx';
import { showToast } from '../widgets/toast.tsx';
import { openConversation } from '../window/place.ts';
import { words } from '../words.ts';
import { declineInvitation, joinRoom } from './going.ts';
import { roomConversation, type RoomEntry, roomName, roomText } from './rooms.ts';
import { useInviter } from './use-inviter.ts';
import { useIsOnline, useRooms } from './use-rooms.ts';

const most = 2;

/** Put off for as long as this window lives: they still stand among the rooms. */
const usePutOff = create<ReadonlySet<string>>(() => new Set());

function putOff(key: string, off: boolean): void {
  const next = new Set(usePutOff.getState());
  if (off) next.add(key);
  else next.delete(key);
  usePutOff.setState(next, true);
}

const textOf = ({ account, room }: RoomEntry): string =>
  `${roomText({ account, room: room.id })} ${room.invitation?.from ?? ''}`;

export function InvitationCards() {
  const rooms = useRooms();
  const off = usePutOff();
  const open = useMemo(
    () => rooms.filter((entry) => entry.room.invitation !== undefined && entry.room.status === 'left'),
    [rooms],
  );
  return open
    .filter((entry) => !off.has(textOf(entry)))
    .slice(0, most)
    .map((entry) => <InvitationCard key={textOf(entry)} entry={entry} />);
}

function InvitationCard({ entry }: { readonly entry: RoomEntry }) {
  const { account, room } = entry;
  const key = { account, room: room.id };
  const online = useIsOnline(account);
  const name = roomName(room);
  const from = useInviter(account, room);
  const said = room.invitation?.text ?? '';
  const later = (): void => {
    putOff(textOf(entry), true);
    showToast(words.invitation.later(name), () => putOff(textOf(entry), false));
  };
  return (
    <section className={styles['card']} aria-label={words.invitation.card(name)}>
      <div className={styles['who']}>
        <RoomAvatar address={room.id} size={36} />
        <div className={text['grow']}>
          <bdi className={classes(styles['name'], text['clipped'])}>{name}</bdi>
          <span className={classes(styles['address'], text['address'], text['exact'])}>{plainly(room.id)}</span>
        </div>
      </div>
      <div className={styles['asked']}>
        {said !== '' && <blockquote dir="auto">{plainly(said)}</blockquote>}
        <p>{words.invitation.wants(from)}</p>
      </div>
      <div className={styles['actions']}>
        {online && (
          <Button
            look="primary"
            small
            onClick={() => {
              openConversation(roomConversation(key));
              joinRoom(key);
            }}
          >
            {words.invitation.join}
          </Button>
        )}
        <Button small onClick={later}>
          {words.invitation.notNow}
        </Button>
        {online && (
          <Button look="quiet" small onClick={() => declineInvitation(key, name)}>
            {words.invitation.decline}
          </Button>
        )}
      </div>
    </section>
  );
}
