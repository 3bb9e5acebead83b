/** The messages of a conversation: scrolling back without end, walked with the arrow keys, read aloud as they come. */
import { ArrowDown, CircleAlert, Pin } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import type { Message, MessageId } from '../../src/domain/index.ts';
import text from '../look/words.module.css';
import { clockTime, dayName } from '../look/times.ts';
import { useNow } from '../look/use-now.ts';
import { keepHistory, keepNewest, mostKept, noHistory, useMirror } from '../mirror/index.ts';
import { useFound } from '../search/use-found.ts';
import { usePlace } from '../window/place.ts';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import { copy } from './copy.ts';
import { firstUnread, type Notice, talkDays } from './grouping.ts';
import { markedMessages } from './marks.ts';
import { MessageGroup } from './message-group.tsx';
import styles from './talk.module.css';
import { useAcknowledge } from './use-acknowledge.ts';
import type { OpenHistory } from './use-history.ts';
import { usePlaceKept } from './use-place-kept.ts';

export interface Speaker {
  readonly name: string;
  /** What gives the colour: an address, or a nick where none is known. */
  readonly colour: string;
  /** Names their picture; empty when they have none. */
  readonly picture: string;
  /** What they call themselves when they write of themselves (XEP-0245). */
  readonly self: string;
}

export interface TalkProps extends OpenHistory {
  readonly name: string;
  /** A page of lines with names, instead of plates. */
  readonly lines: boolean;
  /** The name that stands out where others say it; undefined for none. */
  readonly marked?: string | undefined;
  readonly notices?: readonly Notice[] | undefined;
  speakerOf(message: Message): Speaker;
}

const none: readonly [] = [];

export function Talk({ name, lines, marked: called, notices = none, speakerOf, ...open }: TalkProps) {
  const { id, history, fetchOlder } = open;
  const messages = history?.messages ?? none;
  const now = useNow(60_000);
  const [unreadAtOpening] = useState(() => useMirror.getState().conversations.all.get(id)?.unread ?? 0);
  const newLine = useNewLine(messages, unreadAtOpening);
  const days = useMemo(() => talkDays(messages, newLine, notices), [messages, newLine, notices]);
  const marked = useMemo(() => markedMessages(messages), [messages]);
  const [stop, setStop] = useState<MessageId>();
  const ahead = history?.ahead === true;
  const settled = history !== undefined && history.fetching === undefined && history.trouble === undefined;
  const sought = usePlace((place) => place.sought);
  const { scroll, atEnd, onScroll, toEnd } = usePlaceKept({
    oldest: messages[0]?.id,
    newest: `${messages.at(-1)?.id ?? ''} ${notices.at(-1)?.key ?? ''}`,
    newestIsOwn: messages.at(-1)?.direction === 'outgoing',
    mayFetch: settled,
    ahead,
    sought,
    ...open,
  });
  useFound(scroll, sought, messages);
  useAcknowledge(id, messages, atEnd);
  useLength(id, messages.length, atEnd);
  const unread = useMirror(({ conversations }) => conversations.all.get(id)?.unread ?? 0);
  const came = useFresh(messages, atEnd);
  const fresh = ahead ? unread : came;
  const current = messages.some((message) => message.id === stop) ? stop : messages.at(-1)?.id;

  return (
    <div className={styles['frame']} data-lines={lines ? '' : undefined}>
      {/* The keys walk what is inside; the log itself does nothing. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroll}
        className={styles['talk']}
        role="log"
        aria-live="off"
        aria-label={words.talk.log(name)}
        data-pane="messages"
        tabIndex={-1}
        onScroll={onScroll}
        onKeyDown={(event) => walk(event, messages)}
        onFocus={(event) => {
          const walked = event.target.closest<HTMLElement>('[data-message]')?.dataset['message'];
          if (walked !== undefined) setStop(walked as MessageId);
        }}
      >
        <div className={styles['content']}>
          <Beginning history={history} name={name} fetchOlder={fetchOlder} />
          {days.map(({ key, at, parts }) => (
            <section key={key} className={styles['day']}>
              <h2>
                <span>{dayName(at, now)}</span>
              </h2>
              {parts.map((part) =>
                part.kind === 'new' ? (
                  <h3 key={part.key} className={styles['new']} data-new-line="">
                    <span className={text['number']}>{words.talk.newSince(clockTime(part.at))}</span>
                  </h3>
                ) : part.kind === 'notice' ? (
                  <p key={part.key} className={styles['notice']}>
                    <Icon of={part.notice.kind === 'topic' ? Pin : CircleAlert} size="small" />
                    <span className={styles['happened']}>{part.notice.text}</span>
                  </p>
                ) : (
                  <MessageGroup
                    key={part.key}
                    messages={part.messages}
                    own={part.own}
                    {...speakerOf(part.messages[0]!)}
                    called={called}
                    marked={marked}
                    stop={part.messages.some((message) => message.id === current) ? current : undefined}
                    sought={part.messages.some((message) => message.id === sought) ? sought : undefined}
                  />
                ),
              )}
            </section>
          ))}
          {ahead && <p className={styles['edge']}>{history.fetching === 'newer' && words.talk.fetchingNewer}</p>}
        </div>
      </div>
      {!atEnd && messages.length > 0 && (
        <button type="button" className={styles['jump']} onClick={toEnd}>
          <Icon of={ArrowDown} size="small" />
          {fresh > 0 ? words.talk.jumpNew(fresh) : words.talk.jump}
        </button>
      )}
    </div>
  );
}

/** The new line is placed once, when its message is there, and stays until leaving. */
function useNewLine(messages: TalkMessages, unread: number): MessageId | undefined {
  const [placed, setPlaced] = useState<MessageId>();
  if (placed !== undefined || unread === 0) return placed;
  const found = firstUnread(messages, unread)?.id;
  if (found !== undefined) setPlaced(found);
  return found;
}

type TalkMessages = NonNullable<OpenHistory['history']>['messages'];

/** Who reads at the end all day does not carry the whole day along. */
function useLength(id: OpenHistory['id'], length: number, atEnd: boolean): void {
  useEffect(() => {
    if (atEnd && length > 2 * mostKept) keepHistory(id, (known = noHistory) => keepNewest(known));
  }, [id, length, atEnd]);
}

/** How many came while the end was out of sight. */
function useFresh(messages: TalkMessages, atEnd: boolean): number {
  const last = messages.at(-1)?.id;
  const [seen, setSeen] = useState(last);
  if (atEnd && seen !== last) setSeen(last);
  const from = messages.findIndex(({ id }) => id === seen);
  if (atEnd || from < 0) return 0;
  return messages.slice(from + 1).filter(({ direction }) => direction === 'incoming').length;
}

/** What stands before the oldest message. Its height never changes, so nothing jumps when it does. */
function Beginning({ history, name, fetchOlder }: Pick<TalkProps, 'history' | 'name' | 'fetchOlder'>) {
  if (history === undefined) return <p className={styles['edge']} />;
  if (history.trouble !== undefined) {
    return (
      <p key="trouble" className={styles['edge']} role="alert">
        {history.trouble}
        <Button look="line" small onClick={fetchOlder}>
          {words.talk.fetchAgain}
        </Button>
      </p>
    );
  }
  if (!history.complete) return <p className={styles['edge']}>{history.fetching === 'older' && words.talk.fetching}</p>;
  if (history.noArchive === true) return <p className={styles['edge']}>{words.talk.noArchive}</p>;
  if (history.messages.length > 0) return <p className={styles['edge']}>{words.talk.serverBeginning}</p>;
  return (
    <div className={styles['empty']}>
      <b>{words.talk.beginning}</b>
      <p>{words.talk.beginningOf(name)}</p>
    </div>
  );
}

/** Up and Down go message by message; C copies; any other letter is the beginning of an answer. */
function walk(event: KeyboardEvent, messages: TalkMessages): void {
  const at = (event.target as HTMLElement).closest<HTMLElement>('[data-message]');
  if (at === null || event.target !== at || event.ctrlKey || event.altKey || event.metaKey) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')];
  const to = (index: number): void => {
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, index))]?.focus();
  };
  const index = all.indexOf(at);
  if (event.key === 'ArrowUp') to(index - 1);
  else if (event.key === 'ArrowDown') to(index + 1);
  else if (event.key === 'Home') to(0);
  else if (event.key === 'End') to(all.length - 1);
  else if (event.key === 'c' || event.key === 'C') {
    const said = messages.find(({ id }) => id === at.dataset['message']);
    if (said !== undefined) void copy(said.body, words.talk.copied);
  } else if (event.key.length === 1 && event.key !== ' ') {
    document.querySelector<HTMLElement>('#message-field')?.focus();
  }
}
