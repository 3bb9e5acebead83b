/** What was found, by conversation: the one with the newest hit first. One tab stop; the arrows walk it, Enter opens. */
import { type KeyboardEvent, useMemo, useState } from 'react';
import { type ConversationId, conversationId, type Message, type MessageId } from '../../src/domain/index.ts';
import text from '../look/words.module.css';
import { clockTime, shortTime } from '../look/times.ts';
import { plainly } from '../look/turning.ts';
import { useNow } from '../look/use-now.ts';
import { usePersonBehind } from '../roster/people.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Button } from '../widgets/button.tsx';
import { RoomAvatar } from '../widgets/room-avatar.tsx';
import { usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { seekMore, showHit, useSearch } from './search.ts';
import styles from './search.module.css';
import { useNames } from './use-names.ts';
import { excerpt, wordPlaces } from './word-places.ts';

export function Hits() {
  const { hits, more, state } = useSearch();
  const sought = usePlace((place) => place.sought);
  const [stop, setStop] = useState<MessageId>();
  const groups = useMemo(() => byConversation(hits), [hits]);
  const current = [stop, sought].find((id) => hits.some((hit) => hit.id === id)) ?? hits[0]?.id;
  return (
    // The keys walk what is inside; the list itself does nothing.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles['hits']} onKeyDown={walk}>
      {groups.map(([id, messages]) => (
        <section key={id} aria-labelledby={`hits ${id}`}>
          <Head id={id} messages={messages} />
          <ul>
            {messages.map((message) => (
              <li key={message.id}>
                <Hit
                  message={message}
                  shown={message.id === sought}
                  stop={message.id === current}
                  onFocus={() => setStop(message.id)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {more && (
        <Button small className={styles['more']} disabled={state === 'asking'} onClick={seekMore}>
          {words.search.more}
        </Button>
      )}
    </div>
  );
}

function Head({ id, messages }: { readonly id: ConversationId; readonly messages: readonly Message[] }) {
  const { placeName } = useNames();
  const whose = usePersonBehind();
  const { account, target } = messages[0]!;
  const name = placeName({ account, target });
  return (
    <h2 id={`hits ${id}`} className={styles['where']}>
      {target.kind === 'room' ? (
        <RoomAvatar address={target.room} size={20} />
      ) : (
        <Avatar
          address={target.contact}
          name={name}
          picture={whose({ account, contact: target.contact }).avatar}
          size={20}
        />
      )}
      <bdi className={text['clipped']}>{name}</bdi>
      <span className={text['number']}>{messages.length}</span>
    </h2>
  );
}

interface HitProps {
  readonly message: Message;
  readonly shown: boolean;
  readonly stop: boolean;
  onFocus(): void;
}

function Hit({ message, shown, stop, onFocus }: HitProps) {
  const { speakerName } = useNames();
  const now = useNow(60_000);
  return (
    <button
      type="button"
      className={styles['hit']}
      data-hit={message.id}
      aria-current={shown}
      tabIndex={stop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => showHit(message)}
    >
      <span className={styles['by']}>
        <bdi className={text['clipped']}>{speakerName(message)}</bdi>
        <time className={text['number']}>{whenSaid(message.at, now)}</time>
      </span>
      <Excerpt body={message.body} />
    </button>
  );
}

/** The day, and within the last week the time too. */
function whenSaid(at: number, now: number): string {
  const day = shortTime(at, now);
  const time = clockTime(at);
  return day === time || now - at > 6 * 86_400_000 ? day : `${day} ${time}`;
}

function Excerpt({ body }: { readonly body: string }) {
  const sought = useSearch((search) => search.words);
  const shown = plainly(excerpt(body, sought));
  const places = wordPlaces(shown, sought);
  return (
    <span className={styles['said']} dir="auto">
      {places.length === 0 && shown}
      {places.map(({ start, end }, index) => (
        <span key={start}>
          {shown.slice(places[index - 1]?.end ?? 0, start)}
          <mark>{shown.slice(start, end)}</mark>
          {index === places.length - 1 && shown.slice(end)}
        </span>
      ))}
    </span>
  );
}

/** In the order of their newest hits. */
function byConversation(hits: readonly Message[]): readonly (readonly [ConversationId, readonly Message[]])[] {
  const groups = new Map<ConversationId, Message[]>();
  for (const hit of hits) {
    const id = conversationId(hit.account, hit.target);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [hit]);
    else group.push(hit);
  }
  return [...groups];
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
  const at = all.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const to = (index: number): void => {
    event.preventDefault();
    if (index < 0) document.getElementById('search')?.focus();
    else all[Math.min(index, all.length - 1)]?.focus();
  };
  if (event.key === 'ArrowDown') to(at + 1);
  else if (event.key === 'ArrowUp') to(at - 1);
  else if (event.key === 'Home') to(0);
  else if (event.key === 'End') to(all.length - 1);
}
