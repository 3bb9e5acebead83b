import { describe, expect, it } from 'vitest';
import { parseLink } from './links.ts';

describe('a link', () => {
  it.each([
    ['xmpp:amy@example.org', { contact: 'amy@example.org', action: 'message' }],
    ['XMPP:Amy@example.org?message', { contact: 'amy@example.org', action: 'message' }],
    ['xmpp:amy@example.org/phone?message;subject=x', { contact: 'amy@example.org', action: 'message' }],
    [
      'xmpp:amy@example.org?message;body=Hello%20there%0Aand%20%C3%BCber%3B',
      { contact: 'amy@example.org', action: 'message', body: 'Hello there\nand über;' },
    ],
    ['xmpp:amy@example.org?message;body=a+b', { contact: 'amy@example.org', action: 'message', body: 'a+b' }],
    ['xmpp:amy@example.org?subscribe', { contact: 'amy@example.org', action: 'subscribe' }],
    ['xmpp:amy@example.org?omemo-sid-1=ab', { contact: 'amy@example.org', action: 'message' }],
    ['xmpp:amy@example.org#here', { contact: 'amy@example.org', action: 'message' }],
    ['xmpp://me@a.org/you@b.org?message', { contact: 'you@b.org', action: 'message', via: 'me@a.org' }],
    ['xmpp://you@b.org', { contact: 'you@b.org', action: 'message' }],
    ['xmpp://you@b.org/', { contact: 'you@b.org', action: 'message' }],
    ['xmpp:play@rooms.example.org?join', { room: 'play@rooms.example.org', action: 'join' }],
    ['xmpp://me@a.org/play@b.org?join;password=x', { room: 'play@b.org', action: 'join', via: 'me@a.org' }],
    ['xmpp:%C3%BCmi@example.org', { contact: 'ümi@example.org', action: 'message' }],
  ])('%s is understood', (uri, meant) => expect(parseLink(uri)).toEqual(meant));

  it.each(['https://example.org', 'mailto:amy@example.org', 'amy@example.org', ''])('%s is not ours', (uri) =>
    expect(parseLink(uri)).toBeUndefined(),
  );

  it.each([
    'xmpp:',
    'xmpp:?message',
    'xmpp:amy',
    'xmpp:amy@example.org?message;body=%E0%A4%A',
    'xmpp:%ff@example.org',
    'xmpp:a%20b@example.org',
    'xmpp://me/you@b.org',
    `xmpp:amy@example.org?message;body=${'x'.repeat(9_000)}`,
    `xmpp:${'x'.repeat(1_000_000)}@example.org`,
  ])('%.60s is broken', (uri) =>
    expect(() => parseLink(uri)).toThrow(expect.objectContaining({ code: 'invalid-argument' })),
  );

  it.each(['remove', 'unsubscribe', 'command', '%3Cscript%3E'])('does nothing for ?%s', (action) =>
    expect(() => parseLink(`xmpp:amy@example.org?${action}`)).toThrow(
      expect.objectContaining({ code: 'not-supported' }),
    ),
  );

  it('cannot hide in a draft what turns text around or rings a bell', () => {
    const link = parseLink('xmpp:amy@example.org?message;body=a%E2%80%AEb%07c%0D%0Ad%09e%00');
    expect(link).toMatchObject({ body: 'abc\nd\te' });
  });
});
