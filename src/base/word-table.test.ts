import { describe, expect, it } from 'vitest';
import { wordTable } from './index.ts';

describe('a table of words', () => {
  const table = wordTable({ away: 1 });

  it('knows what stands in it', () => {
    expect(table('away')).toBe(1);
  });

  it.each(['', 'Away', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])('and nothing else: %j', (word) => {
    expect(table(word)).toBeUndefined();
  });
});
