import { describe, expect, it } from 'vitest';
import { bareAddress, domainOf, fromAccount, normaliseAddress, resourceOf } from './address.ts';
import type { ContactId } from '../../src/domain/index.ts';

describe('an address a person types', () => {
  it.each([
    ['amy@example.org', 'amy@example.org'],
    ['  Amy@Example.ORG ', 'amy@example.org'],
    ['amy@example.org/phone', 'amy@example.org'],
    ['amy@example.org.', 'amy@example.org'],
    ['Δημήτρης@παράδειγμα.ευ', 'δημήτρης@παράδειγμα.ευ'],
    ['bücher@XN--bcher-KVA.example', 'bücher@bücher.example'],
    ['ａｍｙ@example.org', 'amy@example.org'],
    ['u\u0308ber@example.org', 'über@example.org'],
    ['amy%msn.com@gateway.example', 'amy%msn.com@gateway.example'],
    ['+49123@sms.example', '+49123@sms.example'],
    ['amy@localhost', 'amy@localhost'],
    ['amy@[::1]', 'amy@[::1]'],
  ])('%s is kept as %s, and stays so', (typed, kept) => {
    expect(normaliseAddress(typed)).toBe(kept);
    expect(normaliseAddress(kept)).toBe(kept);
    expect(bareAddress(`${kept}/anything/at@all`)).toBe(kept);
  });

  it.each([
    ['', 'An address is missing'],
    ['amy', 'The “@” and the server are missing'],
    ['example.org', 'The “@” and the server are missing'],
    ['@example.org', 'The name before the “@” is missing'],
    ['amy@', 'The server after the “@” is missing'],
    ['amy@a@b.org', 'There is more than one “@”'],
    ['amy smith@example.org', 'The name before the “@” may not contain a space'],
    ['am"y@example.org', 'The name before the “@” may not contain “"”'],
    ['a\u200by@example.org', 'The name before the “@” may not contain an invisible character'],
    ['amyﬁ@example.org', 'The name before the “@” contains a letter that is not allowed'],
    ['amy@exam ple.org', 'The server after the “@” may not contain a space'],
    ['amy@example..org', 'The server after the “@” has a dot too many'],
    ['amy@-example.org', 'The server after the “@” is not the name of one'],
    ['amy@exa_mple.org', 'The server after the “@” may not contain “_”'],
    ['xmpp:amy@example.org', 'Leave out “xmpp:”'],
    [`${'a'.repeat(1024)}@example.org`, 'The name before the “@” is too long'],
    [`amy@${'a.'.repeat(200)}org`, 'The server after the “@” is too long'],
    ['amy@xn--', 'The server after the “@” is not the name of one'],
    ['a'.repeat(100_000), 'This address is too long'],
  ])('is refused as %s, with what is wrong and what is right', (typed, why) => {
    expect(() => normaliseAddress(typed)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: `${why}. An address looks like amy@example.org.`,
      }),
    );
  });
});

describe('an address a server says', () => {
  it.each([
    ['Amy@Example.org/Phone', 'amy@example.org'],
    ['gateway.example', 'gateway.example'],
    ['amy\\20smith@example.org', 'amy\\20smith@example.org'],
    ['', undefined],
    [undefined, undefined],
    ['/nobody', undefined],
  ])('%s is %s', (said, bare) => expect(bareAddress(said)).toBe(bare));

  it('has a device behind its first slash, and a server behind its first @', () => {
    expect(resourceOf('a@b/c/d@e')).toBe('c/d@e');
    expect(resourceOf('a@b')).toBe('');
    expect(domainOf('a@b/c@d')).toBe('b');
    expect(domainOf('b')).toBe('b');
  });

  it('is our own account only without a device', () => {
    const self = 'me@home.example' as ContactId;
    expect(fromAccount(undefined, self)).toBe(true);
    expect(fromAccount('Me@home.example', self)).toBe(true);
    expect(fromAccount('me@home.example/phone', self)).toBe(false);
    expect(fromAccount('home.example', self)).toBe(false);
    expect(fromAccount('mallory@evil.example', self)).toBe(false);
  });
});
