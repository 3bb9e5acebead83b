import { describe, expect, it } from 'vitest';
import { type ContactId, type Occupant, unknownPresence } from '../../src/domain/index.ts';
import { memberItems } from './members.ts';

const member = (nick: string, more: Partial<Occupant> = {}): Occupant => ({
  nick,
  role: 'participant',
  affiliation: 'none',
  presence: unknownPresence,
  own: false,
  ...more,
});
const said = (there: readonly Occupant[], find = ''): readonly string[] =>
  memberItems(there, find).map((item) => (item.kind === 'head' ? `${item.text} ${item.count}` : item.member.nick));

describe('the members of a room', () => {
  const all = [
    member('Romeo'),
    member('Äbtissin', { address: 'abbess@cloister.example' as ContactId }),
    member('Prince', { role: 'moderator', affiliation: 'owner' }),
    member('Ghost', { role: 'visitor' }),
    member('Benvolio 10'),
    member('Benvolio 9'),
  ];

  it('stand by what they may do, then by name', () =>
    expect(said(all)).toEqual([
      'Moderators 1',
      'Prince',
      'Participants 4',
      'Äbtissin',
      'Benvolio 9',
      'Benvolio 10',
      'Romeo',
      'Listeners 1',
      'Ghost',
    ]));

  it('are found by letters of their name, whatever the accents, or of their address', () => {
    expect(said(all, 'abt')).toEqual(['Participants 1', 'Äbtissin']);
    expect(said(all, 'cloister')).toEqual(['Participants 1', 'Äbtissin']);
    expect(said(all, 'nobody')).toEqual([]);
  });
});
