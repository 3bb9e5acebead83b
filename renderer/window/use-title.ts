/** The window's title: how many conversations are unread, who is in front. */
import { useEffect } from 'react';
import { useMirror } from '../mirror/index.ts';
import { roomAt, roomName } from '../rooms/rooms.ts';
import { personBehind, useUnreadConversations } from '../roster/people.ts';
import { words } from '../words.ts';
import { type OpenConversation, usePlace } from './place.ts';

export function useTitle(): void {
  const open = usePlace((place) => (place.page.kind === 'talk' ? place.open : undefined));
  const unread = useUnreadConversations();
  useEffect(() => {
    const name = open === undefined ? '' : `${nameOf(open)} · `;
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name}${words.kith}`;
  }, [open, unread]);
}

function nameOf({ account, target }: OpenConversation): string {
  if (target.kind === 'contact') return personBehind({ account, contact: target.contact }).name;
  return roomName(roomAt(useMirror.getState().connections.all, { account, room: target.room }));
}
