import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.ts';

const text = (words: string) => ({ kind: 'text', text: words });
const code = (words: string) => ({ kind: 'code', text: words });

describe('the blocks of a message', () => {
  it.each([
    ['plain lines', 'one\ntwo', [text('one\ntwo')]],
    ['a fence that is closed', 'so:\n```\nlet a\n```\nthere', [text('so:'), code('let a'), text('there')]],
    ['a fence that is not', '```ts\nlet a\n', [code('let a\n')]],
    [
      'a quotation and its answer',
      '> why?\n>> how?\nso',
      [{ kind: 'quote', blocks: [text('why?'), { kind: 'quote', blocks: [text('how?')] }] }, text('so')],
    ],
    ['a mark in the middle of a line', 'a > b ``` c', [text('a > b ``` c')]],
  ])('are %s', (_, body, blocks) => {
    expect(blocksOf(body)).toEqual(blocks);
  });

  it.each(['```', '```\n```', '```\n```\n```', '>', '> \n>'])('of %j show something', (body) => {
    const shown = (blocks: ReturnType<typeof blocksOf>): string =>
      blocks.map((block) => (block.kind === 'quote' ? `>${shown(block.blocks)}` : block.text)).join('');
    expect(shown(blocksOf(body)).trim()).not.toBe('');
  });
});
