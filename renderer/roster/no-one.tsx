/** An empty list says why it is empty, and what to do. */
import { useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Empty } from '../widgets/empty.tsx';
import { openPage, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { looksLikeAddress } from './find.ts';

export function NoOne({ searching }: { readonly searching: boolean }) {
  const { tab, find } = usePlace();
  const fetching = useMirror(({ accounts, connections }) => {
    const waiting = [...connections.all.values()].find(
      ({ status, rosterKnown }) => status === 'online' && !rosterKnown,
    );
    return waiting === undefined ? undefined : accounts.all.get(waiting.account)?.address.split('@').at(-1);
  });
  if (searching) {
    return (
      <Empty title={words.people.noHit(find.trim())}>
        <p>{words.people.noHitHelp}</p>
        {looksLikeAddress(find) && (
          <Button look="primary" onClick={() => openPage({ kind: 'add-person', address: find.trim() })}>
            {words.people.addAddress(find.trim())}
          </Button>
        )}
      </Empty>
    );
  }
  if (tab === 'recent') {
    return (
      <Empty title={words.people.noRecent}>
        <p>{words.people.noRecentHelp}</p>
      </Empty>
    );
  }
  if (tab === 'rooms') {
    return (
      <Empty title={words.rooms.none}>
        <p>{words.rooms.noneHelp}</p>
      </Empty>
    );
  }
  if (fetching !== undefined) {
    return (
      <Empty title={words.people.fetching}>
        <p>{words.people.fetchingFrom(fetching)}</p>
      </Empty>
    );
  }
  return (
    <Empty title={words.people.none}>
      <p>{words.people.noneHelp}</p>
      <Button look="primary" onClick={() => openPage({ kind: 'add-person', address: '' })}>
        {words.self.add}
      </Button>
      <Button onClick={() => openPage({ kind: 'join-room', address: '' })}>{words.rooms.join}</Button>
    </Empty>
  );
}
