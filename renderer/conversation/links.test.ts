import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.ts';
import { plainly, withoutTurning } from '../look/turning.ts';
import { emojiOnly, textParts } from './links.ts';
import { fold } from './message-text.tsx';

const targets = (text: string): string[] =>
  textParts(text).flatMap((part) => (part.kind === 'link' ? [part.target] : []));

describe('links in a text', () => {
  it.each([
    ['see https://verona.example/a?b=1.', ['https://verona.example/a?b=1']],
    ['(http://verona.example/x_(y))', ['http://verona.example/x_(y)']],
    ['mailto:amy@example.org', ['mailto:amy@example.org']],
    ['verona.example and 1.2.3', []],
    ['javascript:alert(1) data:text/html,x file:///etc/passwd', []],
    ['//verona.example ftp://verona.example', []],
    ['http://user:pw@evil.example/x, see', ['http://user:pw@evil.example/x']],
    ['https://good.example:80@evil.example.', ['https://good.example:80@evil.example']],
    ['HTTPS://VERONA.EXAMPLE/', ['HTTPS://VERONA.EXAMPLE/']],
  ])('%s', (text, expected) => expect(targets(text)).toEqual(expected));

  it.each([
    ['https://verona.example/@amy', undefined],
    ['https://verona.example/ä', undefined],
    ['http://user:pw@evil.example/x', 'evil.example'],
    ['https://good.example@evil.example', 'evil.example'],
    ['https://\u0430pple.example/', 'xn--pple-43d.example'],
    ['https://good.example/\u202egro.elpmaxe/x', 'good.example'],
    ['https://VERONA.example:443/', undefined],
    ['https://verona.example:8443/', undefined],
    ['http://3232235777/', '192.168.1.1'],
    ['http://0x7f.1:8080/', '127.0.0.1:8080'],
    ['mailto:amy@verona.example', undefined],
    ['mailto:amy@\u0430pple.example', 'xn--pple-43d.example'],
  ])('say where they lead when their text hides it: %s', (text, host) => {
    const [link] = textParts(text);
    expect(link).toMatchObject({ kind: 'link', text });
    expect(link?.kind === 'link' ? link.host : 'no link').toBe(host);
  });

  it('lose nothing of the text around them', () => {
    const text = 'a https://verona.example/ b\nc';
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});

describe('direction signs', () => {
  it('are taken out and shown', () => {
    expect(withoutTurning('a\u202eb\u2066\u2067c')).toEqual([
      { sign: false, text: 'a' },
      { sign: true, text: '\u202e' },
      { sign: false, text: 'b' },
      { sign: true, text: '\u2066\u2067' },
      { sign: false, text: 'c' },
    ]);
    expect(plainly('Romeo\u202e\u2066 x')).toBe('Romeo⟨⟩ x');
    expect(withoutTurning('شكرا')).toEqual([{ sign: false, text: 'شكرا' }]);
  });
});

describe('emoji alone', () => {
  it.each([
    ['🤫', true],
    ['👩‍🚀 🇮🇹 ❤️', true],
    ['😀😀😀😀', false],
    ['a 😀', false],
    ['12', false],
    ['', false],
  ])('%s: %s', (text, expected) => expect(emojiOnly(text)).toBe(expected));
});

describe('preformatted lines (XEP-0393)', () => {
  it('stand between fences, and reach to the end when they are not closed', () => {
    expect(blocksOf('look:\n```\na\n  b\n```\nthere')).toEqual([
      { kind: 'text', text: 'look:' },
      { kind: 'code', text: 'a\n  b' },
      { kind: 'text', text: 'there' },
    ]);
    expect(blocksOf('```py\na')).toEqual([{ kind: 'code', text: 'a' }]);
    expect(blocksOf('no ``` fence')).toEqual([{ kind: 'text', text: 'no ``` fence' }]);
  });
});

describe('a long text', () => {
  it('folds after 24 lines, or after what 24 lines would hold', () => {
    expect(fold('short')).toBeUndefined();
    expect(fold('line\n'.repeat(25))).toBeUndefined();
    expect(fold('line\n'.repeat(100))!.split('\n')).toHaveLength(24);
    expect(fold('x'.repeat(64_000))!.length).toBeLessThan(4100);
  });
});
