/** One line of the list: a person, and the first thing worth saying about them. */
import { ChevronDown, ChevronUp, PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactKey, Person } from '../../src/domain/index.ts';
import { saidIn } from '../files/said.ts';
import { tagOf, useTag } from '../accounts/use-tag.ts';
import { useDrafts } from '../conversation/drafts.ts';
import { classes } from '../look/classes.ts';
import { seenTime, shortTime } from '../look/times.ts';
import { beginning } from '../look/names.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { keyText, useMirror } from '../mirror/index.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Badge, Tag } from '../widgets/badge.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { PresenceShape } from '../widgets/presence.tsx';
import { words } from '../words.ts';
import { contactOf } from './grouping.ts';
import { conversationOf, type Standing, standingOf } from './recent.ts';
import styles from './row.module.css';

export interface RowProps {
  readonly person: Person;
  /** Whether their contacts are opened out; undefined when there is only one. */
  readonly open: boolean | undefined;
  /** Recent shows what was said last, and when. */
  readonly recent: boolean;
  readonly now: number;
  onDisclose(): void;
}

export function PersonRow({ person, open, recent, now, onDisclose }: RowProps) {
  const conversations = useMirror((mirror) => mirror.conversations);
  const standing = standingOf(person, conversations.all);
  const away = person.presence.availability === 'offline' || person.presence.availability === 'unknown';
  const unread = standing.unread > 0;
  const second = useSecondLine(person, standing, recent, now);
  const tag = usePersonTag(person);
  return (
    <span className={classes(styles['row'], unread && styles['unread'], away && !unread && styles['off'])}>
      <Avatar
        address={person.contacts[0]!.contact}
        name={person.name}
        picture={person.avatar}
        presence={person.presence.availability}
      />
      <span className={styles['who']}>
        <span className={styles['top']}>
          <bdi className={classes(styles['name'], text['clipped'])}>{person.name}</bdi>
          <Heard>, {words.presence[person.presence.availability].toLowerCase()}</Heard>
          {tag !== undefined && <Tag text={tag} />}
          {open !== undefined && <Disclosure count={person.contacts.length} open={open} onDisclose={onDisclose} />}
          {recent && standing.last !== undefined && (
            <time className={classes(styles['when'], text['number'])}>{shortTime(standing.last.at, now)}</time>
          )}
        </span>
        {(second !== undefined || unread) && (
          <span className={styles['sub']}>
            <Heard>, </Heard>
            {second}
            {unread && (
              <span className={styles['end']}>
                <Heard>, </Heard>
                <Badge count={standing.unread} />
                <Heard> {words.people.unread}</Heard>
              </span>
            )}
          </span>
        )}
      </span>
    </span>
  );
}

/** For the pointer; the keys have Right and Left. */
function Disclosure({ count, open, onDisclose }: { count: number; open: boolean; onDisclose(): void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['merge']}
      onClick={(event) => {
        event.stopPropagation();
        onDisclose();
      }}
    >
      <Heard>, </Heard>
      {count}
      <Heard> {words.people.contacts}</Heard>
      <Icon of={open ? ChevronUp : ChevronDown} size="small" />
    </button>
  );
}

/** The first that applies: typing, draft, unread or last text, what they ask, status message, when they were seen. */
function useSecondLine(person: Person, standing: Standing, recent: boolean, now: number): ReactNode {
  const typing = useTyping(person.contacts);
  const draft = useDrafts(({ drafts }) =>
    firstOf(person.contacts, (key) => writtenIn(drafts.get(conversationOf(key)))),
  );
  const seenAt = useMirror(({ seen }) => Math.max(...person.contacts.map((key) => seen.get(keyText(key)) ?? 0)));
  const asks = useMirror(({ connections }) =>
    person.contacts.some((key) => contactOf(connections.all, key)?.theySeeUs === 'asked'),
  );
  const asked = useMirror(({ connections }) =>
    person.contacts.some((key) => {
      const contact = contactOf(connections.all, key);
      return contact?.weSeeThem === 'asked' && contact.listed;
    }),
  );
  // Somebody's words alone run their own way; a sentence of ours, as all of the window.
  const theirs = (said: string): ReactNode => (
    <span className={classes(styles['text'], text['clipped'])} dir="auto">
      {said}
    </span>
  );
  const line = (said: string): ReactNode => <span className={classes(styles['text'], text['clipped'])}>{said}</span>;
  if (typing) return <span className={styles['typing']}>{words.people.typing}</span>;
  if (draft !== undefined) {
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
  const { last, unread } = standing;
  if (last !== undefined && (recent || unread > 0)) {
    const said = saidIn(last);
    return last.direction === 'outgoing' ? line(words.people.yours(said)) : theirs(said);
  }
  if (asks) return line(words.request.wants);
  if (person.presence.message !== '') return theirs(person.presence.message);
  if (person.presence.availability === 'offline' && seenAt > 0) return line(words.people.seen(seenTime(seenAt, now)));
  if (asked) return line(words.people.waitingAnswer);
  return undefined;
}

/** White space alone is kept while one writes, and is no draft. */
const writtenIn = (draft: string | undefined): string | undefined => (draft?.trim() === '' ? undefined : draft);

const firstOf = <T,>(keys: readonly ContactKey[], find: (key: ContactKey) => T | undefined): T | undefined => {
  for (const key of keys) {
    const found = find(key);
    if (found !== undefined) return found;
  }
  return undefined;
};

export function useTyping(contacts: readonly ContactKey[]): boolean {
  return useMirror(({ connections }) =>
    contacts.some(({ account, contact }) => connections.all.get(account)?.chatStates.get(contact) === 'composing'),
  );
}

/** Said only when none of their contacts speaks the usual one. */
function usePersonTag(person: Person): string | undefined {
  return useMirror((mirror) => {
    const usual = person.contacts.some(({ account }) => mirror.accounts.all.get(account)?.protocol === 'xmpp');
    return usual ? undefined : tagOf(mirror, person.contacts[0]!.account);
  });
}

/** A contact of someone opened out. */
export function ContactRow({ contact: key, last }: { readonly contact: ContactKey; readonly last: boolean }) {
  const contact = useMirror(({ connections }) => contactOf(connections.all, key));
  const tag = useTag(key.account);
  const availability = contact?.presence.availability ?? 'unknown';
  return (
    <span className={classes(styles['child'], last && styles['last'])}>
      <PresenceShape of={availability} />
      <span className={classes(text['address'], text['clipped'], text['grow'])}>{plainly(key.contact)}</span>
      <Heard>, {words.presence[availability].toLowerCase()}, </Heard>
      {tag !== undefined && <Tag text={tag} />}
    </span>
  );
}
