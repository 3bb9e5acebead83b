/** Messages as they are shown: day lines, the new line, and groups of one sender within five minutes. */
import type { Instant } from '../../src/base/index.ts';
import type { Message, MessageId } from '../../src/domain/index.ts';
import { startOfDay } from '../look/times.ts';

export type TalkPart =
  | { readonly kind: 'day'; readonly key: string; readonly at: Instant }
  | { readonly kind: 'new'; readonly key: string; readonly at: Instant }
  | { readonly kind: 'group'; readonly key: string; readonly own: boolean; readonly messages: readonly Message[] };

const together = 5 * 60_000;

/** `newFrom` is the first message of the new line. */
export function talkParts(messages: readonly Message[], newFrom: MessageId | undefined): readonly TalkPart[] {
  const parts: TalkPart[] = [];
  let group: Message[] = [];
  let before: Message | undefined;
  for (const message of messages) {
    const newDay = before === undefined || startOfDay(before.at) !== startOfDay(message.at);
    const isNew = message.id === newFrom;
    if (newDay) parts.push({ kind: 'day', key: `day ${startOfDay(message.at)} ${message.id}`, at: message.at });
    if (isNew) parts.push({ kind: 'new', key: 'new', at: message.at });
    if (newDay || isNew || before === undefined || !belongs(before, message)) {
      group = [];
      const own = message.direction === 'outgoing';
      parts.push({ kind: 'group', key: `group ${message.id}`, own, messages: group });
    }
    group.push(message);
    before = message;
  }
  return parts;
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
