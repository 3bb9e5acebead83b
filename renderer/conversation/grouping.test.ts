import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/index.ts';
import { firstUnread, type Notice, talkDays } from './grouping.ts';
import { markedMessages } from './marks.ts';

const start = new Date(2026, 10, 22, 12, 0).getTime();
const minute = 60_000;
let made = 0;

const say = (minutes: number, from: 'we' | 'they', state?: string): Message =>
  ({
    id: `m${(made += 1)}`,
    at: start + minutes * minute,
    from,
    direction: from === 'we' ? 'outgoing' : 'incoming',
    body: '',
    ...(state === undefined ? {} : { delivery: { state, at: 0 } }),
  }) as never;

const shape = (messages: readonly Message[], newFrom?: Message, notices: readonly Notice[] = []): unknown =>
  talkDays(messages, newFrom?.id, notices).map(({ parts }) =>
    parts.map((part) => (part.kind === 'group' ? part.messages.length : part.kind)),
  );

const happens = (minutes: number): Notice => ({
  key: `n${(made += 1)}`,
  kind: 'topic',
  at: start + minutes * minute,
  text: '',
});

describe('messages as they are shown', () => {
  it('stand together when one person said them within five minutes of each other', () => {
    expect(shape([say(0, 'they'), say(4, 'they'), say(8, 'they'), say(13, 'they')])).toEqual([[3, 1]]);
    expect(shape([say(0, 'they'), say(1, 'we'), say(2, 'they')])).toEqual([[1, 1, 1]]);
  });

  it('begin anew with a day and with the new line', () => {
    const midnight = 12 * 60;
    expect(shape([say(midnight - 1, 'they'), say(midnight + 1, 'they')])).toEqual([[1], [1]]);
    const fresh = say(1, 'they');
    expect(shape([say(0, 'they'), fresh, say(2, 'they')], fresh)).toEqual([[1, 'new', 2]]);
  });

  it('leave room for what happened between them, also before the first, after the last and on a day of its own', () => {
    const said = [say(2, 'they'), say(4, 'they')];
    expect(shape(said, undefined, [happens(1), happens(3), happens(5)])).toEqual([
      ['notice', 1, 'notice', 1, 'notice'],
    ]);
    expect(shape(said, undefined, [happens(13 * 60)])).toEqual([[2], ['notice']]);
    expect(shape([], undefined, [happens(1)])).toEqual([['notice']]);
  });

  it('have the new line before the first of those nobody read', () => {
    const all = [say(0, 'they'), say(1, 'we'), say(2, 'they'), say(3, 'we'), say(4, 'they')];
    expect(firstUnread(all, 2)).toBe(all[2]);
    expect(firstUnread(all, 0)).toBeUndefined();
    expect(firstUnread(all, 9)).toBeUndefined();
  });
});

describe('delivery marks', () => {
  const marks = (...states: string[]): readonly number[] => {
    const all = states.map((state, index) => say(index, 'we', state));
    const marked = markedMessages(all);
    return all.flatMap(({ id }, index) => (marked.has(id) ? [index] : []));
  };

  it('stand under the last message of a state, and not where a later one got further', () => {
    expect(marks('read', 'read', 'delivered', 'sent', 'sent')).toEqual([1, 2, 4]);
    expect(marks('sent', 'read')).toEqual([1]);
    expect(marks('sent', 'queued', 'queued')).toEqual([0, 2]);
  });

  it('stand under every message that failed or that nobody can confirm', () => {
    expect(marks('failed', 'read', 'unconfirmed', 'failed', 'read')).toEqual([0, 2, 3, 4]);
  });

  it('belong to our own messages only', () => {
    expect(markedMessages([say(0, 'they')]).size).toBe(0);
  });
});
