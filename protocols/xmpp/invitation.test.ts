import { describe, expect, it } from 'vitest';
import { plainInvitation, readInvitation } from './invitation.ts';
import { parseLink } from './links.ts';

describe('an invitation', () => {
  it.each([
    ['xmpp:kith.example?register;preauth=abc', { server: 'kith.example', token: 'abc' }],
    ['XMPP:Kith.Example?REGISTER;preauth=a%2Bb', { server: 'kith.example', token: 'a+b' }],
    ['xmpp:amy@kith.example?roster;preauth=abc;ibr=y', { server: 'kith.example', token: 'abc' }],
    ['xmpp:amy@kith.example?register;name=x;preauth=abc', { server: 'kith.example', token: 'abc' }],
  ])('%s is read', (link, invitation) => expect(readInvitation(link)).toEqual(invitation));

  it.each([
    '',
    'https://kith.example/?register;preauth=abc',
    'xmpp:kith.example?register',
    'xmpp:kith.example?message;preauth=abc',
    'xmpp:amy@kith.example?roster;preauth=abc',
    'xmpp:kith.example?register;preauth=',
    'xmpp:kith.example?register;preauth=a b',
    'xmpp:kith.example?register;preauth=%ff',
    'xmpp:%ff?register;preauth=abc',
    'xmpp:a b?register;preauth=abc',
    `xmpp:kith.example?register;preauth=${'x'.repeat(600)}`,
  ])('%.60s is none', (link) =>
    expect(() => readInvitation(link)).toThrow(expect.objectContaining({ code: 'invalid-argument' })),
  );

  it('of somebody leads to them, with what proves it', () => {
    expect(parseLink('xmpp:amy@kith.example?roster;preauth=abc;ibr=y')).toEqual({
      contact: 'amy@kith.example',
      action: 'subscribe',
      invitation: 'abc',
    });
    expect(parseLink(plainInvitation('ümi?co@kith.example'))).toEqual({
      contact: 'ümi?co@kith.example',
      action: 'subscribe',
    });
  });

  it('to make an account is no link that opens something', () =>
    expect(() => parseLink('xmpp:kith@kith.example?register;preauth=abc')).toThrow(
      expect.objectContaining({ code: 'not-supported' }),
    ));
});
