import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../contracts/index.ts';
import { account, message, storeAt, temporaryFolder } from './samples.ts';

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
const found = (words: string, limit = 10) => store.search(words, limit).map((one) => one.id);

describe('a search', () => {
  it('finds every word, in any order and case, also begun, newest first', () => {
    expect(found('train')).toEqual(['m0', 'm2', 'm1']);
    expect(found('train', 2)).toEqual(['m0', 'm2']);
    expect(found('day TRAIN')).toEqual(['m2']);
    expect(found('trai leav')).toEqual(['m0']);
    expect(found('train bicycle')).toEqual([]);
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
      expect(() => store.search(words, 10), JSON.stringify(words.slice(0, 40))).not.toThrow();
    expect(found('body:train')).toEqual([]);
    expect(found('train"')).toEqual(['m0', 'm2', 'm1']);
    expect(found('')).toEqual([]);
    expect(found('train', 0)).toEqual([]);
    expect(found('train', -1)).toEqual([]);
  });
});
