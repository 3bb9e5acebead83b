/** Messages as they are shown: days, the new line, and groups of one sender within five minutes. */
import type { Instant } from '../../src/base/index.ts';
import type { Message, MessageId } from '../../src/domain/index.ts';
import { startOfDay } from '../look/times.ts';

/** Everything said on one day: its line stays in sight while any of it is. */
export interface TalkDay {
  readonly key: string;
  readonly at: Instant;
  readonly parts: readonly TalkPart[];
}

/** Something that happened in a room and that nobody said. */
export interface Notice {
  readonly key: string;
  readonly kind: 'topic' | 'out';
  readonly at: Instant;
  readonly text: string;
}

export type TalkPart =
  | { readonly kind: 'new'; readonly key: string; readonly at: Instant }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: Notice }
  | { readonly kind: 'group'; readonly key: string; readonly own: boolean; readonly messages: readonly Message[] };

const together = 5 * 60_000;

/** `newFrom` is the first message of the new line; `notices`, oldest first, stand between what was said before and after them. */
export function talkDays(
  messages: readonly Message[],
  newFrom: MessageId | undefined,
  notices: readonly Notice[] = [],
): readonly TalkDay[] {
  const days: TalkDay[] = [];
  let parts: TalkPart[] = [];
  let group: Message[] = [];
  let before: Message | undefined;
  let said = 0;
  const dayOf = (at: Instant): void => {
    const key = `day ${startOfDay(at)}`;
    if (days.at(-1)?.key === key) return;
    parts = [];
    before = undefined;
    days.push({ key, at, parts });
  };
  const sayUntil = (at: Instant): void => {
    for (let notice = notices[said]; notice !== undefined && notice.at < at; notice = notices[said]) {
      dayOf(notice.at);
      parts.push({ kind: 'notice', key: notice.key, notice });
      before = undefined;
      said += 1;
    }
  };
  for (const message of messages) {
    sayUntil(message.at);
    dayOf(message.at);
    const isNew = message.id === newFrom;
    if (isNew) parts.push({ kind: 'new', key: 'new', at: message.at });
    if (isNew || before === undefined || !belongs(before, message)) {
      group = [];
      const own = message.direction === 'outgoing';
      parts.push({ kind: 'group', key: `group ${message.id}`, own, messages: group });
    }
    group.push(message);
    before = message;
  }
  sayUntil(Infinity);
  return days;
}

const belongs = (before: Message, message: Message): boolean =>
  before.from === message.from && before.direction === message.direction && message.at - before.at < together;

/** The oldest of the last `unread` incoming messages: the new line stands before it. Undefined when it is not among these. */
export function firstUnread(messages: readonly Message[], unread: number): Message | undefined {
  let left = unread;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index]!;
    if (message.direction !== 'incoming') continue;
    left -= 1;
    if (left === 0) return message;
  }
  return undefined;
}
