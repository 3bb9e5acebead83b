import { describe, expect, it } from 'vitest';
import type { ContactId, Room, RoomId } from '../../src/domain/index.ts';
import { standingIn } from './standing.ts';

const room = (more: Partial<Room> = {}): Room => ({
  id: 'play@rooms' as RoomId,
  name: '',
  topic: '',
  nick: 'me',
  status: 'left',
  wanted: true,
  ...more,
});

describe('how one stands with a room', () => {
  it.each([
    ['in', room({ status: 'joined' }), { kind: 'in' }],
    ['on the way', room({ status: 'joining' }), { kind: 'coming' }],
    ['before the first try of a session', room(), { kind: 'coming' }],
    ['left by choice', room({ wanted: false }), { kind: 'left' }],
    [
      'asked to come',
      room({ wanted: false, invitation: { from: 'amy@home' as ContactId, text: 'Come' } }),
      { kind: 'invited', text: 'Come' },
    ],
  ])('%s', (_what, given, standing) => expect(standingIn(given)).toEqual(standing));

  it.each([
    ['password-needed', 'password'],
    ['already-exists', 'nick'],
    ['permission-denied', 'ask'],
    ['cancelled', 'none'],
    ['network', 'wait'],
    ['timeout', 'wait'],
  ] as const)('put out with %s it is for %s', (code, remedy) => {
    const reason = { code, text: 'Why' };
    expect(standingIn(room({ reason }))).toEqual({ kind: 'out', why: 'Why', remedy });
  });

  it('does not promise to try again where nobody wants to be', () => {
    const reason = { code: 'network', text: 'Why' } as const;
    expect(standingIn(room({ reason, wanted: false }))).toMatchObject({ remedy: 'ask' });
  });
});
