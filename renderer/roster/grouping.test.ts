import { describe, expect, it } from 'vitest';
import {
  type AccountId,
  type Availability,
  type ContactId,
  newConnection,
  newContact,
  type Person,
  type PersonId,
} from '../../src/domain/index.ts';
import { findPeople, looksLikeAddress, plain } from './find.ts';
import { groupPeople, nameRanks } from './grouping.ts';
import { groupedItems } from './items.ts';

const account = 'a' as AccountId;

function town(who: readonly [name: string, availability: Availability, groups: readonly string[], listed?: boolean][]) {
  const living = newConnection(account);
  const people = new Map<PersonId, Person>();
  for (const [name, availability, groups, listed = true] of who) {
    const contact = `${name.toLowerCase()}@verona.example` as ContactId;
    living.contacts.set(contact, newContact(contact, { groups, listed }));
    const presence = { availability, status: '', message: '' };
    people.set(name as PersonId, {
      id: name as PersonId,
      name,
      avatar: '',
      contacts: [{ account, contact }],
      presence,
    });
  }
  const ranks = nameRanks();
  const rank = ranks([...people.values()].map(({ name }) => name));
  return { people, groups: groupPeople(people.values(), new Map([[account, living]]), rank) };
}

const open = { closedGroups: new Set<string>(), openPeople: new Set<string>() };

describe('people in groups', () => {
  it('come by group, by reach, by name; without a group last; in two groups twice', () => {
    const { groups } = town([
      ['Zoe', 'available', ['Verona']],
      ['amy', 'available', ['Verona']],
      ['Bea', 'away', ['Verona', 'Close']],
      ['Cid', 'unknown', []],
      ['Dee', 'offline', ['Verona']],
      ['Stranger', 'available', ['Verona'], false],
    ]);
    expect(groups).toEqual([
      { name: 'Close', people: ['Bea'] },
      { name: 'Verona', people: ['amy', 'Zoe', 'Bea', 'Dee'] },
      { name: '', people: ['Cid'] },
    ]);
  });

  it('have no heads while nobody has a group', () => {
    const { groups, people } = town([
      ['Amy', 'available', []],
      ['Bea', 'available', []],
    ]);
    expect(groupedItems(groups, people, open).map(({ kind, level }) => [kind, level])).toEqual([
      ['person', 1],
      ['person', 1],
    ]);
  });

  it('show nobody of a closed group, and each contact of someone opened out', () => {
    const { groups, people } = town([['Amy', 'available', ['Close']]]);
    const amy = people.get('Amy' as PersonId)!;
    people.set(amy.id, { ...amy, contacts: [...amy.contacts, { account, contact: 'amy@home.example' as ContactId }] });
    const closed = groupedItems(groups, people, { ...open, closedGroups: new Set(['group Close']) });
    expect(closed.map(({ kind }) => kind)).toEqual(['group']);
    const out = groupedItems(groups, people, { ...open, openPeople: new Set(['person group Close Amy']) });
    expect(out.map(({ kind, level, position, size }) => [kind, level, position, size])).toEqual([
      ['group', 1, 1, 1],
      ['person', 2, 1, 1],
      ['contact', 3, 1, 2],
      ['contact', 3, 2, 2],
    ]);
  });
});

describe('finding people', () => {
  const { people } = town([
    ['Élodie Laurent', 'available', []],
    ['Laurence', 'available', []],
    ['Friar Laurence', 'available', []],
    ['Nurse', 'available', []],
  ]);

  it('looks at beginnings of names, then of words, then of addresses, then anywhere', () => {
    expect(findPeople('laur', people.values(), 9).map(({ name }) => name)).toEqual([
      'Laurence',
      'Élodie Laurent',
      'Friar Laurence',
    ]);
    expect(findPeople('verona.ex', people.values(), 2)).toHaveLength(2);
    expect(findPeople('  ', people.values(), 9)).toEqual([]);
  });

  it('does not mind case, accents or width', () => {
    expect(plain('ÉLODIE')).toBe('elodie');
    expect(findPeople('elodie', people.values(), 9).map(({ name }) => name)).toEqual(['Élodie Laurent']);
  });

  it('knows an address when it sees one', () => {
    expect(looksLikeAddress('amy@example.org')).toBe(true);
    expect(looksLikeAddress('amy')).toBe(false);
    expect(looksLikeAddress('amy@@x')).toBe(false);
  });
});
