import { describe, expect, it } from 'vitest';
import { linesHit, planted } from './planted.ts';
import { sizes, sizesOfAll } from './sizes.ts';

const lines = (count: number) => 'x\n'.repeat(count);

describe('the size law', () => {
  it('stops at four hundred lines', () => {
    expect(linesHit(sizes, 'src/core/house.ts', lines(400))).toEqual([]);
    expect(linesHit(sizes, 'src/core/house.ts', lines(401))).toEqual([400]);
    expect(linesHit(sizes, 'renderer/roster/roster.css', lines(401))).toEqual([400]);
  });
  it('lets tables, fixtures and tests be as long as their subject', () => {
    for (const path of [
      'src/core/house.test.ts',
      'protocols/xmpp/fixtures/a.ts',
      'src/telepathy/tables/a.ts',
      'test/contract/a.ts',
    ])
      expect(linesHit(sizes, path, lines(1000)), path).toEqual([]);
  });
  it('knows the middle file', () => {
    const files = [10, 20, 30, 40, 1000].map((count, index) => planted(`src/core/${index}.ts`, lines(count)));
    expect(sizesOfAll(files)).toEqual({ median: 30, most: 40 });
  });
});
