import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/index.ts';
import {
  type AccountId,
  type Availability,
  type ContactId,
  newConnection,
  newContact,
  type Person,
  type PersonId,
} from '../../src/domain/index.ts';
import { plain } from '../look/plain.ts';
import { findPeople, looksLikeAddress } from './find.ts';
import { peopleGrouper, type PeopleGroup } from './grouping.ts';
import { groupedItems } from './items.ts';

const account = 'a' as AccountId;

type Town = ReturnType<typeof town>;

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
  const connections = new Map([[account, living]]);
  const grouped = peopleGrouper();
  return { living, people, groups: grouped(people, connections), again: () => grouped(people, connections) };
}

const named = (groups: readonly PeopleGroup[]) =>
  groups.map(({ name, people }) => ({ name, people: people.map(({ id }) => id) }));

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
    expect(named(groups)).toEqual([
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

describe('people in groups, again and again', () => {
  const amy = 'Amy' as PersonId;
  const be = (at: Town, id: PersonId, change: Partial<Person>) =>
    at.people.set(id, { ...at.people.get(id)!, ...change });
  const away = { availability: 'away', status: '', message: '' } as const;
  const small = () =>
    town([
      ['Amy', 'available', ['Close']],
      ['Bea', 'available', ['Close', 'Verona']],
      ['Cid', 'available', ['Verona']],
    ]);

  it('are the same groups while nobody moves, whatever else is said about them', () => {
    const verona = small();
    expect(verona.again()).toBe(verona.groups);
    be(verona, amy, { presence: { ...verona.people.get(amy)!.presence, message: 'Reading' } });
    expect(verona.again()).toBe(verona.groups);
  });

  it('move where somebody is less within reach, is called something else, comes, or goes; each keeps their key', () => {
    const verona = small();
    const key = verona.groups[0]!.people[0]!.key;
    be(verona, amy, { presence: away });
    expect(named(verona.again())[0]).toEqual({ name: 'Close', people: ['Bea', 'Amy'] });
    expect(verona.again()[0]!.people[1]!.key).toBe(key);
    be(verona, 'Bea' as PersonId, { name: 'Zoe' });
    expect(named(verona.again())[1]).toEqual({ name: 'Verona', people: ['Cid', 'Bea'] });
    verona.people.delete(amy);
    expect(named(verona.again())[0]).toEqual({ name: 'Close', people: ['Bea'] });
    verona.people.delete('Bea' as PersonId);
    expect(named(verona.again())).toEqual([{ name: 'Verona', people: ['Cid'] }]);
  });

  it('follow the list at the server: another group, and out of the list', () => {
    const verona = small();
    const contact = 'amy@verona.example' as ContactId;
    verona.living.contacts.set(contact, newContact(contact, { groups: ['Verona'], listed: true }));
    expect(named(verona.again())).toEqual([
      { name: 'Close', people: ['Bea'] },
      { name: 'Verona', people: ['Amy', 'Bea', 'Cid'] },
    ]);
    verona.living.contacts.set(contact, newContact(contact, { groups: ['Verona'], listed: false }));
    expect(named(verona.again())[1]).toEqual({ name: 'Verona', people: ['Bea', 'Cid'] });
  });

  it('stand after a thousand changes as if they had been put in order anew', () => {
    const random = new Random(5);
    const one = <T>(of: readonly T[]): T => random.pick(of)!;
    const reach = ['available', 'away', 'offline', 'unknown'] as const;
    const verona = town(
      Array.from({ length: 60 }, (_, index) => [`Person ${index}`, one(reach), one([[], ['A'], ['B'], ['A', 'B']])]),
    );
    const ids = [...verona.people.keys()];
    const gone = new Map<PersonId, Person>();
    for (let change = 0; change < 1000; change += 1) {
      const id = one(ids);
      const person = verona.people.get(id);
      if (person === undefined) verona.people.set(id, gone.get(id)!);
      else if (random.chance(0.1)) {
        gone.set(id, person);
        verona.people.delete(id);
      } else if (random.chance(0.3)) {
        const { contact } = person.contacts[0]!;
        verona.living.contacts.set(
          contact,
          newContact(contact, { groups: one([[], ['A'], ['C', 'B']]), listed: random.chance(0.9) }),
        );
      } else if (random.chance(0.2)) be(verona, id, { name: `Person ${Math.floor(random.between(0, 60))}` });
      else be(verona, id, { presence: { availability: one(reach), status: '', message: '' } });
      if (random.chance(0.4)) continue;
      expect(verona.again()).toEqual(peopleGrouper()(verona.people, new Map([[account, verona.living]])));
    }
  });
});

describe('somebody who went while the list was held', () => {
  it('leaves no place behind, and is not counted', () => {
    const verona = town([
      ['Amy', 'available', ['Close']],
      ['Bea', 'available', ['Close']],
    ]);
    verona.people.delete('Amy' as PersonId);
    const items = groupedItems(verona.groups, verona.people, open);
    expect(items.map(({ kind, position, size }) => [kind, position, size])).toEqual([
      ['group', 1, 1],
      ['person', 1, 1],
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
