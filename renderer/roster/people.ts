/** Who is there, as the list needs it. Worked out once per change of the house, shared by every part that looks. */
import { useCallback, useMemo } from 'react';
import type { ContactKey, Person } from '../../src/domain/index.ts';
import { type Edition, useMirror } from '../mirror/index.ts';
import { type PeopleGroup, groupPeople, nameRanks } from './grouping.ts';
import { byContact, keyText, recentPeople, strangerAt } from './recent.ts';

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

export function useRecentPeople(): readonly Person[] {
  const people = useMirror((mirror) => mirror.people);
  const conversations = useMirror((mirror) => mirror.conversations);
  const drafts = useMirror((mirror) => mirror.drafts);
  return useMemo(
    () =>
      recentPeople(
        conversations.all.values(),
        (key) => behind(people, key),
        (id) => drafts.all.has(id),
      ),
    [people, conversations, drafts],
  );
}

/** How many conversations hold something unread. */
export function useUnreadConversations(): number {
  return useMirror(({ conversations }) => {
    let count = 0;
    for (const { unread } of conversations.all.values()) if (unread > 0) count += 1;
    return count;
  });
}
