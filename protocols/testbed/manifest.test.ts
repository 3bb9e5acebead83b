import { describe, expect, it } from 'vitest';
import { face } from './manifest.ts';

describe('an address on the testbed', () => {
  it.each([
    ['juliet@testbed', 'juliet@testbed'],
    ['  Juliet@TestBed ', 'juliet@testbed'],
    ['ju\u0308rg@verona.testbed', 'jürg@verona.testbed'],
  ])('%s is %s', (given, normalised) => {
    expect(face.normalise(given)).toBe(normalised);
    expect(face.normalise(face.normalise(given))).toBe(normalised);
  });

  it.each(['', 'juliet', '@testbed', 'juliet@', 'a@b@c', 'ju liet@testbed', '<x>@testbed', 'a/b@testbed'])(
    '%j is none',
    (given) => {
      expect(() => face.normalise(given)).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
    },
  );
});

describe('a link to the testbed', () => {
  it('opens a conversation with a draft, or asks to see someone', () => {
    expect(face.parseLink('testbed:Romeo@testbed?body=Good%20evening')).toEqual({
      contact: 'romeo@testbed',
      action: 'message',
      body: 'Good evening',
    });
    expect(face.parseLink('testbed:romeo%40testbed?subscribe')).toEqual({
      contact: 'romeo@testbed',
      action: 'subscribe',
    });
  });

  it('is nobody’s business when it is of another kind, and an error when it is broken', () => {
    expect(face.parseLink('testbed:rehearsal@rooms.testbed?join')).toEqual({
      room: 'rehearsal@rooms.testbed',
      action: 'join',
    });
    expect(face.parseLink('xmpp:romeo@testbed')).toBeUndefined();
    expect(() => face.parseLink('testbed:romeo')).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => face.parseLink('testbed:%E0%A4%A')).toThrowError(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});
