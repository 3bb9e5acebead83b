import { describe, expect, it } from 'vitest';
import { blocksOf, type Block } from './blocks.ts';
import { type Span, spansOf } from './spans.ts';

/** Spans in brackets, with the letter of what they are; plain text as it is. */
const written = (spans: readonly Span[]): string =>
  spans.map((span) => (span.kind === 'text' ? span.text : `<${span.mark}${written(span.inside)}>`)).join('');
const read = (text: string): string => written(spansOf(text));

describe('spans in a text', () => {
  it.each([
    ['*strong*', '<*strong>'],
    ['plain *strong* plain', 'plain <*strong> plain'],
    ['*strong* plain *strong*', '<*strong> plain <*strong>'],
    ['*strong*plain*', '<*strong>plain*'],
    ['* plain *strong*', '* plain <*strong>'],
    ['_emphasis_ ~strike~ `code`', '<_emphasis> <~strike> <`code>'],
    ['*_both_* and *strong _both_*', '<*<_both>> and <*strong <_both>>'],
    ['*this _is* wrong_', '<*this _is> wrong_'],
    ['`*nothing* _inside_`', '<`*nothing* _inside_>'],
    ['(*no*)', '(*no*)'],
  ])('as the standard reads them: %s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    'not strong*',
    '*not strong',
    '*not \n strong*',
    '**',
    '***',
    '****',
    '* not*',
    '*not *',
    'a*b*c',
    'snake_case_name',
  ])('and what is none stays as it is: %j', (text) => expect(spansOf(text)).toEqual([{ kind: 'text', text }]));

  it('none begins or ends inside an address', () => {
    expect(read('_see https://verona.example/a_b_ now_')).toBe('<_see https://verona.example/a_b_ now>');
  });

  it('lose nothing of what was written', () => {
    const plain = (spans: readonly Span[]): string =>
      spans.map((span) => (span.kind === 'text' ? span.text : span.mark + plain(span.inside) + span.mark)).join('');
    for (const text of ['a *b _c_* d\n~e~ `f`', '* * _ _', '*_~`*_~`', '_*a*_*b', '\u202e*x*'])
      expect(plain(spansOf(text))).toBe(text);
  });

  it('of a long line of nothing but marks are as good as none', () => {
    expect(spansOf('*'.repeat(65_536))).toHaveLength(1);
    expect(spansOf('*a '.repeat(20_000))).toHaveLength(1);
    expect(spansOf('*a* '.repeat(16_000))).toHaveLength(32_000);
  });
});

describe('quotations', () => {
  const shape = (blocks: readonly Block[]): unknown[] =>
    blocks.map((block) => (block.kind === 'quote' ? shape(block.blocks) : `${block.kind}: ${block.text}`));

  it('are lines that begin with the sign, and may hold others, and code', () => {
    const body = '> one\n> > two\n>three\nfour\n> ```\n> code\nfive';
    expect(shape(blocksOf(body))).toEqual([
      ['text: one', ['text: two'], 'text: three'],
      'text: four',
      ['code: code'],
      'text: five',
    ]);
  });

  it('are none in the middle of a line, nor in code', () => {
    expect(shape(blocksOf('a > b'))).toEqual(['text: a > b']);
    expect(shape(blocksOf('```\n> x\n```'))).toEqual(['code: > x']);
  });

  it('end somewhere, however deep they are', () => {
    const deep = blocksOf('>'.repeat(10_000));
    let depth = 0;
    for (let blocks = deep; blocks[0]?.kind === 'quote'; blocks = blocks[0].blocks) depth += 1;
    expect(depth).toBe(6);
  });
});
