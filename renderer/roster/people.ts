/** Who is there, as the list needs it. Worked out once per change of the house, shared by every part that looks. */
import { useCallback, useMemo } from 'react';
import type { AccountId, ContactKey, LivingConnection, Person, RoomId } from '../../src/domain/index.ts';
import { type Edition, keyText, type Mirror, useMirror } from '../mirror/index.ts';
import { calls, type RoomEntry } from '../rooms/rooms.ts';
import { type PeopleGroup, peopleGrouper } from './grouping.ts';
import { recentTalks, strangerAt } from './recent.ts';

const strangers = new Map<string, Person>();
const grouped = peopleGrouper();

function behind({ people, owners }: Pick<Mirror, 'people' | 'owners'>, key: ContactKey): Person {
  const text = keyText(key);
  const owner = owners.get(text);
  const known = owner === undefined ? undefined : people.all.get(owner);
  if (known !== undefined) return known;
  let stranger = strangers.get(text);
  if (stranger === undefined) strangers.set(text, (stranger = strangerAt(key)));
  return stranger;
}

/** The person behind a contact; a stranger is someone too. */
export function usePersonBehind(): (key: ContactKey) => Person {
  const people = useMirror((mirror) => mirror.people);
  const owners = useMirror((mirror) => mirror.owners);
  return useCallback((key) => behind({ people, owners }, key), [people, owners]);
}

export const personBehind = (key: ContactKey): Person => behind(useMirror.getState(), key);

export function usePeopleGroups(): readonly PeopleGroup[] {
  const people = useMirror((mirror) => mirror.people);
  const connections = useMirror((mirror) => mirror.connections);
  return useMemo(() => grouped(people.all, connections.all), [people, connections]);
}

export function useRecentTalks(): readonly (Person | RoomEntry)[] {
  const conversations = useMirror((mirror) => mirror.conversations);
  const drafts = useMirror((mirror) => mirror.drafts);
  const connections = useMirror((mirror) => mirror.connections);
  const whose = usePersonBehind();
  return useMemo(
    () =>
      recentTalks(
        conversations.all.values(),
        whose,
        ({ account, room }) => entryAt(connections, account, room),
        (id) => drafts.all.has(id),
      ),
    [whose, conversations, drafts, connections],
  );
}

function entryAt(
  connections: Edition<AccountId, LivingConnection>,
  account: AccountId,
  id: RoomId,
): RoomEntry | undefined {
  const room = connections.all.get(account)?.rooms.get(id);
  return room === undefined ? undefined : { account, room };
}

/** How many conversations hold something unread; rooms count where somebody is named. */
export function useUnreadConversations(): number {
  return useMirror(({ conversations }) => {
    let count = 0;
    for (const conversation of conversations.all.values()) if (calls(conversation)) count += 1;
    return count;
  });
}
