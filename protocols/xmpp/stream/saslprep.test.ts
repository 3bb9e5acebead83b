import { describe, expect, it } from 'vitest';
import { prepared } from './saslprep.ts';

describe('SASLprep', () => {
  it.each([
    // The examples of RFC 4013 section 3.
    ['I\u{AD}X', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u{AA}', 'a'],
    ['\u{2168}', 'IX'],
    // What people type.
    ['a\u{A0}b', 'a b'],
    ['a\u{3000}b', 'a b'],
    ['e\u{301}', 'é'],
    ['p\u{200D}w', 'pw'],
    ['пароль', 'пароль'],
    ['סיסמה', 'סיסמה'],
    ['p€ss😀', 'p€ss😀'],
  ])('spells %j as %j', (text, spelled) => {
    expect(prepared(text)).toBe(spelled);
  });

  it.each([
    ['\u{7}', 'a bell, RFC 4013 section 3'],
    ['\u{627}1', 'a letter from the right that is not last, RFC 4013 section 3'],
    ['a\u{627}', 'both directions'],
    ['\u{627}a\u{627}', 'both directions, well hidden'],
    ['a\u{E000}', 'a character of private use'],
    ['a\u{FFFE}', 'a character that is none'],
    ['a\u{D800}', 'half a character'],
    ['a\u{202E}b', 'a mark that turns the text around'],
    ['a\u{85}', 'a control character'],
    ['a\u{E0041}', 'a tag'],
    ['\u{AD}', 'nothing at all'],
    ['', 'nothing'],
  ])('takes no %j: %s', (text) => {
    expect(() => prepared(text)).toThrow(expect.objectContaining({ code: 'authentication-failed' }));
  });
});
