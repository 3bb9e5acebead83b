/** Who is there, as the list needs it. Worked out once per change of the house, shared by every part that looks. */
import { useCallback, useMemo } from 'react';
import type { AccountId, ContactKey, LivingConnection, Person, RoomId } from '../../src/domain/index.ts';
import { type Edition, useMirror } from '../mirror/index.ts';
import { calls, type RoomEntry } from '../rooms/rooms.ts';
import { type PeopleGroup, groupPeople, nameRanks } from './grouping.ts';
import { byContact, keyText, recentTalks, strangerAt } from './recent.ts';

/** The newest answer for one edition; everyone who asks in the same frame gets the same. */
function once<A extends object, B>(work: (edition: A) => B): (edition: A) => B {
  let last: { readonly edition: A; readonly answer: B } | undefined;
  return (edition) => {
    if (last?.edition !== edition) last = { edition, answer: work(edition) };
    return last.answer;
  };
}

const contactsOf = once((people: Edition<string, Person>) => byContact(people.all.values()));
const strangers = new Map<string, Person>();
const ranks = nameRanks();

function behind(people: Edition<string, Person>, key: ContactKey): Person {
  const text = keyText(key);
  const known = contactsOf(people).get(text);
  if (known !== undefined) return known;
  let stranger = strangers.get(text);
  if (stranger === undefined) strangers.set(text, (stranger = strangerAt(key)));
  return stranger;
}

/** The person behind a contact; a stranger is someone too. */
export function usePersonBehind(): (key: ContactKey) => Person {
  const people = useMirror((mirror) => mirror.people);
  return useCallback((key) => behind(people, key), [people]);
}

export const personBehind = (key: ContactKey): Person => behind(useMirror.getState().people, key);

export function usePeopleGroups(): readonly PeopleGroup[] {
  const people = useMirror((mirror) => mirror.people);
  const connections = useMirror((mirror) => mirror.connections);
  return useMemo(() => {
    const rank = ranks([...people.all.values()].map(({ name }) => name));
    return groupPeople(people.all.values(), connections.all, rank);
  }, [people, connections]);
}

export function useRecentTalks(): readonly (Person | RoomEntry)[] {
  const people = useMirror((mirror) => mirror.people);
  const conversations = useMirror((mirror) => mirror.conversations);
  const drafts = useMirror((mirror) => mirror.drafts);
  const connections = useMirror((mirror) => mirror.connections);
  return useMemo(
    () =>
      recentTalks(
        conversations.all.values(),
        (key) => behind(people, key),
        ({ account, room }) => entryAt(connections, account, room),
        (id) => drafts.all.has(id),
      ),
    [people, conversations, drafts, connections],
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
