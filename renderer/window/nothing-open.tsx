/** What the main pane says before anyone is chosen. */
import { useUnreadConversations } from '../roster/people.ts';
import { Empty } from '../widgets/empty.tsx';
import { Keys } from '../widgets/keys.tsx';
import { words } from '../words.ts';

export function NothingOpen() {
  const unread = useUnreadConversations();
  return (
    <Empty main title={unread === 0 ? words.talk.nothingUnread : words.talk.unreadSome(unread)}>
      <p>
        {words.talk.chooseBefore}
        <Keys of="Ctrl K" />
        {words.talk.chooseAfter}
      </p>
    </Empty>
  );
}
