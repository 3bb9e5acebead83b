import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../base/index.ts';
import type { PeopleView, Plugin } from '../contracts/index.ts';
import {
  availabilities,
  type AccountId,
  type Availability,
  type Contact,
  type ContactId,
  type ContactKey,
  greatestPresence,
  newContact,
  type PersonId,
  type Presence,
} from '../domain/index.ts';
import { type CoreRig, coreRig, listed } from '../../test/harness/core-rig.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';
import { People } from './people.ts';

const presence = (availability: Availability, message = ''): Presence => ({ availability, status: '', message });
const home = 'home' as AccountId;
const key = (contact: string, account = home): ContactKey => ({ account, contact: contact as ContactId });

/** People over contacts that a test sets; `looks` counts how often a contact was looked at. */
function crowd(
  links: readonly { person: PersonId; contacts: readonly ContactKey[] }[] = [],
  talked: readonly string[] = [],
) {
  const contacts = new Map<string, Contact>();
  const wake = { count: 0 };
  const looks = { count: 0 };
  const people = new People(
    links,
    {
      contact: ({ account, contact }) => {
        looks.count += 1;
        return contacts.get(`${account} ${contact}`);
      },
      talkedWith: ({ contact }) => talked.includes(contact),
      wake: () => (wake.count += 1),
    },
    silentLog,
  );
  return {
    people,
    looks,
    wake,
    set(id: string, known: Partial<Contact>, account = home) {
      contacts.set(`${account} ${id}`, newContact(id as ContactId, { listed: true, ...known }));
      people.touch(account, id as ContactId);
    },
    lose(id: string, account = home) {
      contacts.delete(`${account} ${id}`);
      people.touch(account, id as ContactId);
    },
  };
}

describe('a person', () => {
  it('is named as our list names them, else by their address', () => {
    const { people, set } = crowd();
    set('amy@home', { alias: 'Amy' });
    set('bea@home', {});
    expect(people.all().map(({ name }) => name)).toEqual(['Amy', 'bea@home']);
  });

  it('is only who stands in our list or talked with us', () => {
    const { people, set } = crowd([], ['cleo@home']);
    set('amy@home', {});
    set('bea@home', { listed: false });
    set('cleo@home', { listed: false });
    expect(people.all().map(({ name }) => name)).toEqual(['amy@home', 'cleo@home']);
  });

  it('keeps their id from one start to the next', () => {
    const ids = [crowd(), crowd()].map(({ people, set }) => {
      set('amy@home', {});
      return people.byContact(key('amy@home'))?.id;
    });
    expect(ids[0]).toBeDefined();
    expect(ids[0]).toBe(ids[1]);
  });

  it('goes when their last contact goes', () => {
    const { people, set, lose } = crowd();
    set('amy@home', {});
    const { id } = people.all()[0]!;
    people.collect();
    lose('amy@home');
    expect(people.collect()).toEqual([{ type: 'people-changed', changed: [], removed: [id] }]);
    expect(people.byContact(key('amy@home'))).toBeUndefined();
    expect(people.presenceOf(id).availability).toBe('unknown');
  });

  it('of whom nothing has changed is not told of', () => {
    const { people, set } = crowd();
    set('amy@home', { presence: presence('away') });
    people.collect();
    set('amy@home', { presence: presence('away'), groups: ['Friends'] });
    expect(people.collect()).toEqual([]);
  });

  it('with an address-book entry nobody gave is nobody: absence is an answer', () => {
    const { people, set } = crowd();
    set('amy@home', {});
    expect(people.byAddressBookUid('amy' as never)).toBeUndefined();
  });
});

describe('a person with two contacts', () => {
  const amy = 'amy' as PersonId;
  const work = 'work' as AccountId;
  const linked = () => crowd([{ person: amy, contacts: [key('amy@home'), key('amy@work', work)] }]);

  it('is as available as the more available of them', () => {
    const { people, set } = linked();
    const heard: Presence[] = [];
    const listening = people.onDidChangePresence(({ presence: now }) => heard.push(now));
    set('amy@home', { presence: presence('away') });
    set('amy@work', { presence: presence('available', 'At my desk') }, work);
    people.collect();
    set('amy@home', { presence: presence('offline') });
    people.collect();
    set('amy@work', { presence: presence('offline') }, work);
    people.collect();
    expect(heard.map(({ availability }) => availability)).toEqual(['available', 'offline']);
    expect(people.all()).toHaveLength(1);
    listening[Symbol.dispose]();
  });

  it('is one person by either contact, named by the first that has a name', () => {
    const { people, set } = linked();
    set('amy@home', {});
    set('amy@work', { alias: 'Amelia' }, work);
    expect(people.byContact(key('amy@home'))).toBe(people.byContact(key('amy@work', work)));
    expect(people.byContact(key('amy@home'))).toMatchObject({ id: amy, name: 'Amelia' });
  });

  it('stays while one of them stays', () => {
    const { people, set, lose } = linked();
    set('amy@home', {});
    set('amy@work', {}, work);
    people.collect();
    lose('amy@home');
    expect(people.collect()).toMatchObject([
      { changed: [{ id: amy, contacts: [key('amy@work', work)] }], removed: [] },
    ]);
  });

  it('is as the greatest, whatever happens in whatever order', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const { people, set } = linked();
    const now = [presence('unknown'), presence('unknown')] as [Presence, Presence];
    set('amy@home', { presence: now[0] });
    set('amy@work', { presence: now[1] }, work);
    for (let step = 0; step < 2_000; step += 1) {
      const which = random(2) as 0 | 1;
      now[which] = presence(availabilities[random(availabilities.length)]!);
      if (which === 0) set('amy@home', { presence: now[0] });
      else set('amy@work', { presence: now[1] }, work);
      if (random(3) === 0) people.collect();
      expect(people.presenceOf(amy)).toEqual(greatestPresence(now));
    }
  });
});

describe('a reader that asks in the middle of a turn', () => {
  it('is answered as things are now, and everyone is still told at the end of it', () => {
    const { people, set } = crowd();
    set('amy@home', { presence: presence('away') });
    const { id } = people.byContact(key('amy@home'))!;
    expect(people.presenceOf(id).availability).toBe('away');
    set('amy@home', { presence: presence('available') });
    expect(people.presenceOf(id).availability).toBe('available');
    expect(people.collect()).toMatchObject([{ changed: [{ id, presence: { availability: 'available' } }] }]);
    expect(people.collect()).toEqual([]);
  });
});

describe('ten thousand contacts', () => {
  let rig: CoreRig;
  afterEach(() => rig.close());
  const many = 10_000;
  const ids = Array.from({ length: many }, (_, at) => `contact-${at}@home` as ContactId);

  it('whose presences storm in are told of once a turn, each as one look at them', async () => {
    const heard: PersonId[] = [];
    rig = await coreRig({ plugins: [listener((person) => heard.push(person))] });
    const { id, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: ids.map((contact) => listed(contact)), removed: [] });
    await rig.settle();
    const before = rig.changes.length;
    let looks = 0;
    const get = connection.living.contacts.get.bind(connection.living.contacts);
    connection.living.contacts.get = (contact) => {
      looks += 1;
      return get(contact);
    };

    for (const contact of ids)
      connection.says({ type: 'presences-changed', presences: [[contact, presence('available')]] });
    await rig.settle();

    const changes = rig.changes.slice(before);
    expect(changes).toHaveLength(1);
    expect(changes[0]!.events.map(({ type }) => type)).toEqual(['connection-changed', 'people-changed']);
    expect(rig.events('people-changed').at(-1)?.changed).toHaveLength(many);
    expect(heard).toHaveLength(many);
    // Once by the fold, once by the people; the rest of the roster is not looked at.
    expect(looks).toBe(2 * many);
    expect(connection.storedUpTo.length).toBeLessThan(10);
    expect(rig.house.snapshot().connections.find(({ account }) => account === id)?.contacts).toHaveLength(many);
  });

  it('of whom one changes cost one look and one person told', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: ids.map((contact) => listed(contact)), removed: [] });
    await rig.settle();
    let looks = 0;
    const get = connection.living.contacts.get.bind(connection.living.contacts);
    connection.living.contacts.get = (contact) => {
      looks += 1;
      return get(contact);
    };
    for (let change = 0; change < 100; change += 1) {
      connection.says({ type: 'presences-changed', presences: [[ids[42]!, presence(change % 2 ? 'away' : 'busy')]] });
    }
    await rig.settle();
    expect(looks).toBe(101);
    expect(rig.events('people-changed').at(-1)?.changed).toHaveLength(1);
  });

  it('become unknown, not offline, when the connection is lost', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    connection.says({
      type: 'contacts-changed',
      changed: ids.map((contact) => listed(contact, { presence: presence('available') })),
      removed: [],
    });
    await rig.settle();
    connection.goesOffline('protocol-crashed');
    const { people } = rig.house.snapshot();
    expect(people).toHaveLength(many);
    expect(new Set(people.map(({ presence: now }) => now.availability))).toEqual(new Set(['unknown']));
  });
});

describe('links between contacts', () => {
  let rig: CoreRig;
  afterEach(() => rig.close());

  it('come from the store', async () => {
    const store = new MemoryStore();
    const before = await coreRig({}, { store });
    const { id, connection } = await before.account();
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home'), listed('amy@work')], removed: [] });
    await before.close();
    store.linked = [{ person: 'amy' as PersonId, contacts: [key('amy@home', id), key('amy@work', id)] }];
    rig = await coreRig({}, { store });
    expect(rig.house.snapshot().people).toMatchObject([{ id: 'amy', contacts: [{}, {}] }]);
  });
});

function listener(hear: (person: PersonId) => void): Plugin {
  return {
    manifest: { id: 'listener', contract: 1, displayName: 'Listener', enabledByDefault: true, needs: ['people'] },
    async activate({ people }: { readonly people: PeopleView }) {
      const listening = people.onDidChangePresence(({ person }) => hear(person));
      return { [Symbol.asyncDispose]: async () => listening[Symbol.dispose]() };
    },
  };
}
