import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchAsk, Store } from '../contracts/index.ts';
import { type ContactId, conversationId, type ConversationId, type MessageId } from '../domain/index.ts';
import { account, home, message, own, storeAt, temporaryFolder } from './samples.ts';

const place = temporaryFolder();
let store: Store;
beforeAll(() => {
  store = storeAt(place.folder);
  store.saveAccount(account());
  store.keep(
    [
      'The train leaves at nine',
      'Which train? The café car is full',
      'ANOTHER train, another day',
      '明日の電車は九時に出ます',
      'it costs 100% of "everything" \u{1F682}',
    ].map((body, index) => message(`m${index}`, index === 0 ? 99 : index, { body })),
  );
});
afterAll(() => {
  store.close();
  place.remove();
});
const found = (words: string, limit = 10) => store.search({ words, limit }).messages.map((one) => one.id);

describe('a search', () => {
  it('finds every word, in any order and case, also begun, newest first', () => {
    expect(found('train')).toEqual(['m0', 'm2', 'm1']);
    expect(found('train', 2)).toEqual(['m0', 'm2']);
    expect(found('day TRAIN')).toEqual(['m2']);
    expect(found('trai leav')).toEqual(['m0']);
    expect(found('train bicycle')).toEqual([]);
  });

  it('is narrowed to a conversation, to who said it, to a time, and to files, pictures and links', () => {
    const bob = { kind: 'contact', contact: 'bob@example.org' as ContactId } as const;
    const from = 'bob@example.org' as ContactId;
    const picture = { width: 2, height: 2 };
    const url = 'https://files.example/a';
    store.keep([
      message('b1', 100, { target: bob, from, body: 'The lantern is out' }),
      message('b2', 200, {
        target: bob,
        from,
        body: 'lantern.png',
        file: { url, name: 'lantern.png', size: 1, picture },
      }),
      message('b3', 300, { target: bob, from, body: `A lantern at ${url}` }),
      own('b4', 400, { target: bob, body: 'Whose lantern?' }),
      message('b5', 500, { body: 'Bob has the lantern' }),
      message('b6', 600, { target: bob, from, body: 'list.txt', file: { url, name: 'list.txt', size: 1 } }),
    ]);
    const ids = (ask: Partial<SearchAsk>): readonly string[] =>
      store.search({ words: 'lantern', limit: 10, ...ask }).messages.map(({ id }) => id);
    const conversation = conversationId(home, bob);
    expect(ids({})).toEqual(['b5', 'b4', 'b3', 'b2', 'b1']);
    expect(ids({ conversation })).toEqual(['b4', 'b3', 'b2', 'b1']);
    expect(ids({ conversation, from: 'me' })).toEqual(['b4']);
    expect(ids({ from: ['Bob@Example.ORG' as ContactId, 'nobody@example.org' as ContactId] })).toEqual([
      'b3',
      'b2',
      'b1',
    ]);
    expect(ids({ from: [] })).toEqual([]);
    expect(ids({ since: 200, until: 400 })).toEqual(['b3', 'b2']);
    expect(ids({ has: 'picture' })).toEqual(['b2']);
    expect(ids({ has: 'link' })).toEqual(['b3']);
    expect(ids({ words: '', has: 'file' })).toEqual(['b6', 'b2']);
    expect(ids({ words: '', conversation, from: 'me' })).toEqual(['b4']);
    expect(ids({ words: '' })).toEqual([]);
    expect(ids({ conversation: 'home/contact/nobody' as ConversationId })).toEqual([]);
    // What is about a message is no word of it.
    expect(ids({ words: 'f1' })).toEqual([]);
  });

  it('is read page by page', () => {
    const first = store.search({ words: 'train', limit: 2 });
    expect(first).toMatchObject({ more: true, messages: [{ id: 'm0' }, { id: 'm2' }] });
    const second = store.search({ words: 'train', limit: 2, behind: 'm2' as MessageId });
    expect(second).toMatchObject({ more: false, messages: [{ id: 'm1' }] });
  });

  it('does not mind accents', () => {
    expect(found('cafe')).toEqual(['m1']);
    expect(found('cafe\u0301')).toEqual(['m1']);
  });

  it('finds within writing that has no spaces, and signs that are no words', () => {
    expect(found('電車')).toEqual(['m3']);
    expect(found('\u{1F682}')).toEqual(['m4']);
    expect(found('100%')).toEqual(['m4']);
  });

  it('takes whatever is typed as words', () => {
    const hostile = [
      '',
      ' ',
      '"',
      '""',
      `'`,
      '*',
      '-',
      'train NOT leaves',
      'body:train',
      'train OR',
      'NEAR(train leaves)',
      '^train',
      '(((',
      '{body}: x',
      'a"b',
      '\0',
      'tra\0in',
      '\uD800',
      '%',
      '_',
      `'; DROP TABLE message; --`,
      '"train" AND "',
      'x'.repeat(1_000_000),
      'word '.repeat(10_000),
      '\u0301',
      '＂',
      'AND',
      'or not near',
    ];
    for (const words of hostile)
      expect(() => store.search({ words, limit: 10 }).messages, JSON.stringify(words.slice(0, 40))).not.toThrow();
    expect(found('body:train')).toEqual([]);
    expect(found('train"')).toEqual(['m0', 'm2', 'm1']);
    expect(found('')).toEqual([]);
    expect(found('train', 0)).toEqual([]);
    expect(found('train', -1)).toEqual([]);
  });
});
