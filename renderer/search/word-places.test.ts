import { describe, expect, it } from 'vitest';
import { excerpt, wordPlaces } from './word-places.ts';

const marked = (text: string, sought: string): string =>
  wordPlaces(text, sought)
    .toReversed()
    .reduce((so, { start, end }) => `${so.slice(0, start)}[${so.slice(start, end)}]${so.slice(end)}`, text);

describe('the words one looked for', () => {
  it.each([
    ['Two lanterns, one Lantern', 'lantern', 'Two [lanterns], one [Lantern]'],
    ['the café and a CAFE\u0301', 'cafe', 'the [café] and a [CAFE\u0301]'],
    ['begun, begin, be', 'beg', '[begun], [begin], be'],
    ['a train leaves', 'leav train', 'a [train] [leaves]'],
    ['overtrain', 'train', 'overtrain'],
    ['明日の電車は九時に', '電車', '明日の[電車]は九時に'],
    ['it costs 100% of it', '100%', 'it costs [100]% of it'],
    ['go \u{1F682} now', '\u{1F682}', 'go [\u{1F682}] now'],
    ['nothing', '', 'nothing'],
  ])('stand in %j for %j', (text, sought, expected) => {
    expect(marked(text, sought)).toBe(expected);
  });

  it('are in what is shown of a long text, and what is cut off is said', () => {
    expect(excerpt('short\ntext', 'text')).toBe('short text');
    const long = `${'before '.repeat(50)}the lantern${' after'.repeat(50)}`;
    const shown = excerpt(long, 'lantern');
    expect(shown).toMatch(/^…before/u);
    expect(shown).toContain('the lantern after');
    expect(shown).toMatch(/afte?r?…$/u);
    expect(shown.length).toBeLessThan(200);
  });
});
