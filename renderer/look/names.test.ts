import { describe, expect, it } from 'vitest';
import { beginning, nameShown, posesAsAnother } from './names.ts';

describe('a name as it is shown', () => {
  it.each([
    ['Romeo Montague', 'Romeo Montague'],
    [' Romeo\n\tMontague\u0007 ', 'Romeo Montague'],
    ['Romeo\u202e', 'Romeo⟨⟩'],
    ['👩‍🚀', '👩‍🚀'],
    ['', 'else'],
    [' \u00a0\u200b\u3164\u2800', 'else'],
    ['😀'.repeat(200), `${'😀'.repeat(120)}…`],
  ])('%j is %j', (name, shown) => expect(nameShown(name, 'else')).toBe(shown));

  it.each([
    ['romeo@montague.example', true],
    ['Romeo <ROMEO@montague.example>', true],
    ['Mallory (mallory@evil.example)', false],
    ['XMPP:Mallory@evil.example', false],
    ['Mallory @ home', false],
    ['Mallory', false],
  ])('%s poses as somebody other than mallory@evil.example: %s', (name, poses) =>
    expect(posesAsAnother(name, ['mallory@evil.example'])).toBe(poses),
  );
});

it('what is out of sight is not carried along, and no letter is cut in two', () => {
  expect(beginning('short')).toBe('short');
  expect(beginning('😀'.repeat(400))).toBe(`${'😀'.repeat(249)}…`);
});
