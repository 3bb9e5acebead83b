/** The window's title: how many conversations are unread, who is in front. */
import { useEffect } from 'react';
import { personBehind, useUnreadConversations } from '../roster/people.ts';
import { words } from '../words.ts';
import { usePlace } from './place.ts';

export function useTitle(): void {
  const open = usePlace((place) => (place.page.kind === 'talk' ? place.open : undefined));
  const unread = useUnreadConversations();
  useEffect(() => {
    const name =
      open?.target.kind === 'contact'
        ? `${personBehind({ account: open.account, contact: open.target.contact }).name} · `
        : '';
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name}${words.kith}`;
  }, [open, unread]);
}
