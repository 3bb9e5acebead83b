import { describe, expect, it } from 'vitest';
import { expand } from './expand.ts';

describe('a shortcut', () => {
  it.each([
    ['alone becomes its picture', '/shrug', '¯\\_(ツ)_/¯'],
    ['with words stands behind them', '/shrug who knows', 'who knows ¯\\_(ツ)_/¯'],
    ['keeps the lines of what follows', '/tableflip one\ntwo ', 'one\ntwo (╯°□°)╯︵ ┻━┻'],
    ['with nothing but spaces behind it stands alone', '/unflip   ', '┬─┬ノ( º _ ºノ)'],
  ])('%s', (_, body, expected) => expect(expand(body)).toBe(expected));

  it.each([
    ['in the middle', 'well, /shrug'],
    ['nobody knows', '/me waves'],
    ['glued to other letters', '/shrugs'],
    ['with an accent on it', '/shrúg'],
    ['that is only a slash', '/'],
    ['named like something every object has', '/constructor'],
    ['behind a space', ' /shrug'],
  ])('%s is left as it was written', (_, body) => expect(expand(body)).toBe(body));
});
