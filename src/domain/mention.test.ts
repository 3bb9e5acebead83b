import { describe, expect, it } from 'vitest';
import { mentions, namePlaces } from './mention.ts';

describe('somebody is meant', () => {
  it.each([
    ['Juliet: can you take the lamp cue?', 'juliet'],
    ['where is JULIET?', 'Juliet'],
    ['@juliet look', 'juliet'],
    ['ask juliet_ then', 'juliet_'],
    ['照明は美月さん', '美月'],
    ['سأسأل ليلى غدا', 'ليلى'],
    ['juliets juliet', 'juliet'],
    ['[bot] is down', '[bot]'],
  ])('%s', (text, name) => expect(mentions(text, name)).toBe(true));

  it.each([
    ['juliets nurse', 'juliet'],
    ['xjuliet', 'juliet'],
    ['juliet_ is somebody else', 'juliet'],
    ['nothing', ''],
    [': - )', ':'],
    ['', 'juliet'],
  ])('not in %s', (text, name) => expect(mentions(text, name)).toBe(false));

  it('at every place, wherever that is', () => {
    expect(namePlaces('Amy, amy and Amyntas; amy', 'amy')).toEqual([
      { start: 0, end: 3 },
      { start: 5, end: 8 },
      { start: 22, end: 25 },
    ]);
  });
});
