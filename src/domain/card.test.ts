import { describe, expect, it } from 'vitest';
import { cleanCard, emptyCard, isEmptyCard } from './card.ts';

const urls = (...all: string[]) => cleanCard({ ...emptyCard, urls: all }).urls;

describe('a card as it may be shown', () => {
  it.each([
    ['https://Amy.example/me?x=1', ['https://amy.example/me?x=1']],
    ['https://bank.example@evil.example/', ['https://evil.example/']],
    ['javascript:alert(1)', []],
    ['data:text/html,x', []],
    ['file:///etc/passwd', []],
    ['https://\u0430pple.example/', []],
    ['https://a.example\\@b.example/', []],
  ])('has of the web address %s only what leads where it says', (text, clean) => {
    expect(urls(text)).toEqual(clean);
  });

  it('has short lines without signs that turn the text around them, and no more than five of a kind', () => {
    const card = cleanCard({
      ...emptyCard,
      name: `Amy\n\u202E${'y'.repeat(500)}`,
      mails: ['amy@example.org', 'no address', 'a@b@c', ...Array.from({ length: 9 }, (_, at) => `a${at}@x.example`)],
      phones: ['+44 20 7946 0000', 'call me'],
      birthday: 'yesterday',
    });
    expect(card.name).toHaveLength(200);
    expect(card.name.startsWith('Amy y')).toBe(true);
    expect(card.mails).toEqual(['amy@example.org', 'a0@x.example', 'a1@x.example', 'a2@x.example', 'a3@x.example']);
    expect(card.phones).toEqual(['+44 20 7946 0000']);
    expect(card.birthday).toBe('');
  });

  it('is empty when nothing of it may be', () => {
    expect(isEmptyCard(cleanCard({ ...emptyCard, urls: ['javascript:1'], birthday: 'x' }))).toBe(true);
  });
});
