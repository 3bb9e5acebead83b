import { describe, expect, it } from 'vitest';
import { defaultSettings, type HouseSnapshot } from '../../src/contracts/index.ts';
import { type AccountId, type ContactId, fold, newConnection, newContact, snapshot } from '../../src/domain/index.ts';
import { beginHouse, foldHouse, keyText } from './house.ts';

const account = 'a' as AccountId;
const romeo = 'romeo@montague.example' as ContactId;
const presence = (availability: 'available' | 'offline') =>
  ({
    type: 'presences-changed',
    presences: [[romeo, { availability, status: '', message: '' }]],
  }) as const;

function begin(): ReturnType<typeof beginHouse> {
  const living = newConnection(account, [newContact(romeo, { listed: true })]);
  const from: HouseSnapshot = {
    revision: 7,
    version: '0',
    runsOn: [],
    demo: false,
    secrets: 'ask',
    protocols: [],
    health: [],
    accounts: [],
    retries: [{ account, at: 5 }],
    connections: [snapshot(living)],
    people: [],
    conversations: [],
    drafts: [],
    questions: [],
    setAside: [],
    settings: defaultSettings,
  };
  return beginHouse(from);
}

describe('the mirror of the house', () => {
  it('folds a connection’s facts as everyone does', () => {
    const house = begin();
    const other = newConnection(account, [newContact(romeo, { listed: true })]);
    const facts = [
      { type: 'status-changed', status: 'online' },
      presence('available'),
      { type: 'chat-state-changed', target: { kind: 'contact', contact: romeo }, from: romeo, state: 'composing' },
    ] as const;
    for (const event of facts) {
      foldHouse(house, { type: 'connection-changed', account, event }, 100);
      fold(other, event);
    }
    expect(snapshot(house.connections.get(account)!)).toEqual(snapshot(other));
  });

  it('remembers when someone it saw went offline, and claims nothing about those it never saw', () => {
    const house = begin();
    foldHouse(house, { type: 'connection-changed', account, event: presence('offline') }, 100);
    expect(house.seen.size).toBe(0);
    foldHouse(house, { type: 'connection-changed', account, event: presence('available') }, 200);
    foldHouse(house, { type: 'connection-changed', account, event: presence('offline') }, 300);
    expect(house.seen.get(keyText({ account, contact: romeo }))).toBe(300);
  });

  it('knows whose a contact is, after it went to somebody else too', () => {
    const house = begin();
    const person = (id: string, ...contacts: string[]) =>
      ({
        id,
        name: id,
        avatar: '',
        contacts: contacts.map((contact) => ({ account, contact })),
        presence: { message: '' },
      }) as never;
    const change = (changed: never[], removed: string[] = []) =>
      foldHouse(house, { type: 'people-changed', changed, removed: removed as never[] }, 0);
    const owners = () => [...house.owners].map(([key, id]) => `${key}: ${id}`).toSorted();
    change([person('one', 'x', 'y'), person('two', 'z')]);
    expect(owners()).toEqual(['a x: one', 'a y: one', 'a z: two']);
    change([person('two', 'z', 'y'), person('one', 'x')]);
    expect(owners()).toEqual(['a x: one', 'a y: two', 'a z: two']);
    change([person('three', 'y')], ['two']);
    expect(owners()).toEqual(['a x: one', 'a y: three']);
  });

  it('forgets an account with all that hangs on it, and a retry that is no longer planned', () => {
    const house = begin();
    foldHouse(house, { type: 'retry-planned', retry: { account } }, 0);
    expect(house.retries.size).toBe(0);
    foldHouse(house, { type: 'accounts-changed', changed: [], removed: [account] }, 0);
    expect(house.connections.size).toBe(0);
  });

  it('says which part changed, and nothing for what is not kept here', () => {
    const house = begin();
    expect(foldHouse(house, { type: 'people-changed', changed: [], removed: [] }, 0)).toBe('people');
    expect(foldHouse(house, { type: 'messages-changed', changed: [], removed: [] }, 0)).toBeUndefined();
  });
});
