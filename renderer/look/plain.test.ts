import { expect, it } from 'vitest';
import { pieces } from './plain.ts';

const marked = (text: string, sought: string): string =>
  pieces(text, sought)
    .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
    .join('');

it.each([
  ['Romeo Montague', 'ro', '[Ro]meo Montague'],
  ['Aurora Romano', 'ro', 'Aurora [Ro]mano'],
  ['#verona-rehearsal', 'ro', '#ve[ro]na-rehearsal'],
  ['Zo\u0308e Öz', 'oe', 'Z[o\u0308e] Öz'],
  ['Öz', 'o', '[Ö]z'],
  ['ﬁre', 'fi', '[ﬁ]re'],
  ['ﬁre', 'f', '[ﬁ]re'],
  ['佐藤美月', '美', '佐藤[美]月'],
  ['Nurse', 'x', 'Nurse'],
  ['Nurse', ' ', 'Nurse'],
])('in %j the letters %j are %j', (text, sought, expected) => {
  expect(marked(text, sought)).toBe(expected);
});
