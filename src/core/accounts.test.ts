import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import { type AccountDraft, withPassword } from '../contracts/index.ts';
import type { ProtocolId } from '../domain/index.ts';
import { type CoreRig, coreRig, FakeSecrets, incoming, listed } from '../../test/harness/core-rig.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const draft = (address: string, more: Partial<AccountDraft> = {}): AccountDraft => ({
  protocol: 'fake' as ProtocolId,
  address,
  ...more,
});

describe('adding an account', () => {
  it('stores it as its protocol spells it, keeps the password elsewhere, and connects', async () => {
    rig = await coreRig();
    const id = await rig.house.ask(
      'account.add',
      draft('Me@Home', { name: 'Me', parameters: { port: 5222 }, password: 'hunter2-kept' }),
    );
    expect(rig.store.accounts()).toMatchObject([
      { id, address: 'me@home', name: 'Me', parameters: { port: 5222 }, enabled: true },
    ]);
    expect(JSON.stringify(rig.store.accounts())).not.toContain('hunter2-kept');
    expect(rig.secrets.kept.get(id)).toBe('hunter2-kept');
    expect(rig.house.snapshot().connections).toMatchObject([{ account: id, status: 'online' }]);
    await rig.settle();
    expect(rig.events('accounts-changed')).toMatchObject([{ changed: [{ id }], removed: [] }]);
  });

  it('starts a protocol with its first account, and only that one', async () => {
    rig = await coreRig();
    expect(rig.hosts.size).toBe(0);
    await rig.account('a@home');
    await rig.account('b@home');
    expect([...rig.hosts.keys()]).toEqual(['fake']);
    expect(rig.house.snapshot().health).toEqual([['fake', 'well']]);
  });

  it('resolves also when there is no network: what came of it is the connection’s affair', async () => {
    rig = await coreRig({}, {}, (host) => {
      host.refusesToOpen = new KithError('network', 'No network');
    });
    await expect(rig.house.ask('account.add', draft('me@home'))).resolves.toBeDefined();
  });

  it.each([
    ['a second time', draft('ME@home'), 'already-exists'],
    ['with an impossible address', draft('nowhere'), 'invalid-argument'],
    ['of an unknown protocol', { ...draft('me@home'), protocol: 'telex' as ProtocolId }, 'not-supported'],
    [
      'with a setting its protocol does not know',
      draft('you@home', { parameters: { colour: 'red' } }),
      'invalid-argument',
    ],
    ['with a setting of the wrong kind', draft('you@home', { parameters: { port: 'many' } }), 'invalid-argument'],
    ['with a secret among its settings', draft('you@home', { parameters: { password: 'x' } }), 'invalid-argument'],
  ])('is refused %s', async (_, second, code) => {
    rig = await coreRig();
    await rig.account('me@home');
    await expect(rig.house.ask('account.add', second)).rejects.toMatchObject({ code });
    expect(rig.store.accounts()).toHaveLength(1);
  });

  it('of the same address on another protocol is another account', async () => {
    rig = await coreRig();
    await rig.account('me@home');
    await rig.house.ask('account.add', { ...draft('me@home'), protocol: 'other' as ProtocolId });
    expect(rig.store.accounts()).toHaveLength(2);
  });

  it('leaves nothing behind when its password cannot be kept', async () => {
    rig = await coreRig();
    rig.secrets.failing = new KithError('permission-denied', 'The keyring is locked');
    await expect(rig.house.ask('account.add', draft('me@home', { password: 'secret' }))).rejects.toMatchObject({
      code: 'permission-denied',
    });
    expect(rig.store.accounts()).toEqual([]);
    expect(rig.house.snapshot().accounts).toEqual([]);
  });
});

describe('changing an account', () => {
  it('renames it without touching its connection', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('account.set', { account: id, name: 'Home' });
    expect(rig.store.accounts()).toMatchObject([{ name: 'Home' }]);
    expect(connection.asked.map(({ verb }) => verb)).toEqual(['connect']);
  });

  it('switched off, it leaves its protocol; switched on, it connects', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home')], removed: [] });
    await rig.house.ask('account.set', { account: id, enabled: false });
    expect(connection.closed).toBe(true);
    expect(rig.house.snapshot().connections).toMatchObject([
      { status: 'offline', reason: { code: 'requested' }, contacts: [{ id: 'amy@home' }] },
    ]);
    await expect(rig.house.ask('account.connect', { account: id })).rejects.toMatchObject({ code: 'invalid-argument' });
    await rig.house.ask('account.set', { account: id, enabled: true });
    expect(rig.house.snapshot().connections).toMatchObject([{ status: 'online' }]);
    expect(rig.connection(id)).not.toBe(connection);
  });

  it('given a new password, it is opened anew and connects at once, online or not', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('authentication-failed');
    await rig.house.ask('account.set', { account: id, password: 'better' });
    expect(rig.secrets.kept.get(id)).toBe('better');
    expect(connection.closed).toBe(true);
    const second = rig.connection(id);
    expect(second.living.status).toBe('online');
    await rig.house.ask('account.set', { account: id, password: 'best' });
    expect(second.asked.map(({ verb }) => verb)).toEqual(['connect', 'disconnect']);
    expect(rig.house.snapshot().connections).toMatchObject([{ status: 'online' }]);
  });

  it('given a new password, its protocol remembers nothing that was learnt with the old one', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    const { duties } = rig.host();
    duties.remember(id, `${withPassword}mechanism`, 'strong');
    duties.remember(id, 'roster-version', '7');
    await rig.house.ask('account.set', { account: id, name: 'Home' });
    expect(duties.opening(id).memory).toHaveLength(2);
    await rig.house.ask('account.set', { account: id, password: 'better' });
    expect(rig.connection(id).opening.memory).toEqual([['roster-version', '7']]);
  });

  it('given other settings, it is opened anew with them', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('account.set', { account: id, parameters: { port: 5223 } });
    expect(connection.closed).toBe(true);
    expect(rig.connection(id).opening.parameters).toEqual({ port: 5223 });
    expect(rig.house.snapshot().connections).toMatchObject([{ status: 'online' }]);
    await rig.house.ask('account.set', { account: id, parameters: { port: '' } });
    expect(rig.connection(id).opening.parameters).toEqual({});
    await expect(rig.house.ask('account.set', { account: id, parameters: { colour: '' } })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  it('has the settings that were given last, and of those before only what is among them', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    for (const nothing of [{}, { port: '' }]) {
      await rig.house.ask('account.set', { account: id, parameters: { port: 5223 } });
      await rig.house.ask('account.set', { account: id, parameters: nothing });
      expect(rig.connection(id).opening.parameters).toEqual({});
      expect(rig.house.snapshot().accounts.map(({ parameters }) => parameters)).toEqual([{}]);
    }
  });

  it('opened anew, it is again told how far all is on disk', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    for (let fact = 0; fact < 20; fact += 1) connection.says({ type: 'roster-received' });
    await rig.house.ask('account.set', { account: id, parameters: { port: 5223 } });
    await rig.settle();
    expect(rig.connection(id).storedUpTo.at(-1)).toBe(rig.connection(id).living.revision);
  });
});

describe('removing an account', () => {
  it('takes its password, its history and its people along', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home')], removed: [] });
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'hello')] });
    await rig.settle();
    await rig.house.ask('account.remove', { account: id });
    await rig.settle();
    expect(rig.secrets.kept.size).toBe(0);
    expect(connection.closed).toBe(true);
    expect(rig.house.snapshot()).toMatchObject({ accounts: [], connections: [], people: [], conversations: [] });
    expect(rig.store.conversations()).toEqual([]);
    expect(rig.events('accounts-changed').at(-1)).toEqual({ type: 'accounts-changed', changed: [], removed: [id] });
    expect(rig.events('conversations-changed').at(-1)?.removed).toHaveLength(1);
    expect(rig.events('people-changed').at(-1)?.removed).toHaveLength(1);
  });

  it('that is not there is an error', async () => {
    rig = await coreRig();
    await expect(rig.house.ask('account.remove', { account: 'gone' as never })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('an account at its server', () => {
  const no = new KithError('not-supported', 'The server does not do that');

  it('gets a new password there first, which is then kept and signed in with', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('account.changePassword', { account: id, password: 'a better one' });
    expect(connection.asked).toContainEqual({ verb: 'changePassword', args: ['a better one'] });
    expect(rig.secrets.kept.get(id)).toBe('a better one');
    expect(rig.connection(id)).not.toBe(connection);
    expect(rig.house.snapshot().connections).toMatchObject([{ status: 'online' }]);
  });

  it('keeps its password, and stays, where the server refuses', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.changing = () => Promise.reject(no);
    const password = 'a better one';
    await expect(rig.house.ask('account.changePassword', { account: id, password })).rejects.toMatchObject(no);
    await expect(rig.house.ask('account.remove', { account: id, atServer: true })).rejects.toMatchObject(no);
    expect(rig.secrets.kept.get(id)).toBe('hunter2-kept');
    expect(rig.house.snapshot().accounts).toHaveLength(1);
  });

  it('is deleted there before it is forgotten here', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('account.remove', { account: id, atServer: true });
    expect(connection.asked).toContainEqual({ verb: 'end', args: [] });
    expect(rig.house.snapshot().accounts).toEqual([]);
  });
});

describe('a house that starts again', () => {
  it('remembers the contacts of the last session and knows nobody’s presence', async () => {
    const store = new MemoryStore();
    const before = await coreRig({}, { store });
    const { id, connection } = await before.account();
    connection.says({
      type: 'contacts-changed',
      changed: [listed('amy@home', { alias: 'Amy', presence: { availability: 'away', status: 'away', message: '' } })],
      removed: [],
    });
    before.host().duties.remember(id, 'roster-version', '7');
    await before.close();

    rig = await coreRig({}, { store }, (host) => {
      host.refusesToOpen = new KithError('network', 'No network');
    });
    expect(rig.house.snapshot().people).toMatchObject([{ name: 'Amy', presence: { availability: 'unknown' } }]);
    expect(rig.host().duties.opening(id)).toMatchObject({
      address: 'me@home',
      remembered: [{ id: 'amy@home' }],
      memory: [['roster-version', '7']],
    });
  });

  it('does not start a protocol for accounts that are switched off', async () => {
    const store = new MemoryStore();
    const before = await coreRig({}, { store });
    const { id } = await before.account();
    await before.house.ask('account.set', { account: id, enabled: false });
    await before.close();
    rig = await coreRig({}, { store });
    expect(rig.hosts.size).toBe(0);
    expect(rig.house.snapshot().connections).toMatchObject([{ account: id, status: 'offline' }]);
  });
});

describe('the demo', () => {
  const demo = { accounts: [draft('you@demo', { password: 'demo' })] };

  it('adds its accounts, once', async () => {
    rig = await coreRig({ demo });
    expect(rig.house.snapshot().demo).toBe(false);
    await rig.house.ask('demo.start', {});
    await rig.house.ask('demo.start', {});
    expect(rig.house.snapshot()).toMatchObject({ demo: true, accounts: [{ address: 'you@demo' }] });
  });

  it('is no longer just a demo once it has another account', async () => {
    rig = await coreRig({ demo });
    await rig.house.ask('demo.start', {});
    await rig.account('me@home');
    expect(rig.house.snapshot().demo).toBe(false);
  });

  it('is refused where there is none', async () => {
    rig = await coreRig();
    await expect(rig.house.ask('demo.start', {})).rejects.toMatchObject({ code: 'not-supported' });
  });
});

describe('the list of contacts', () => {
  it('is told before the disk has taken it, and called stored only after', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const order: string[] = [];
    const save = rig.store.saveContacts.bind(rig.store);
    rig.store.saveContacts = (...contacts) => {
      order.push('written');
      save(...contacts);
    };
    const listening = rig.house.onDidChange(() => order.push('told'));
    connection.stored = () => void order.push('called stored');
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home')], removed: [] });
    connection.says({ type: 'roster-received' });
    await rig.settle();
    expect(order).toEqual(['told', 'written', 'called stored']);
    expect(rig.store.contacts(id)).toHaveLength(1);
    listening[Symbol.dispose]();
  });

  it('is written before whatever is written after it, and before the house ends', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home')], removed: [] });
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'hello')] });
    expect(rig.store.contacts(id)).toHaveLength(1);
    connection.says({ type: 'contacts-changed', changed: [listed('ben@home')], removed: [] });
    await rig.close();
    expect(rig.store.contacts(id)).toHaveLength(2);
    rig = await coreRig();
  });

  it('is the protocol’s to change', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    const contact = await rig.house.ask('contact.request', {
      account,
      address: 'Amy@Home',
      alias: 'Amy',
      groups: ['Friends'],
    });
    expect(contact).toBe('amy@home');
    await rig.house.ask('contact.authorise', { account, contact });
    await rig.house.ask('contact.rename', { account, contact, alias: 'Amelia' });
    await rig.house.ask('contact.setGroups', { account, contact, groups: [] });
    await rig.house.ask('contact.refuse', { account, contact });
    await rig.house.ask('contact.remove', { account, contact });
    expect(connection.asked.slice(1).map(({ verb, args }) => [verb, ...args])).toEqual([
      ['request', 'amy@home', { alias: 'Amy', groups: ['Friends'] }],
      ['authorise', 'amy@home'],
      ['rename', 'amy@home', 'Amelia'],
      ['setGroups', 'amy@home', []],
      ['refuse', 'amy@home'],
      ['remove', 'amy@home'],
    ]);
  });

  it('cannot be changed offline, nor where the network has none, nor by asking oneself', async () => {
    rig = await coreRig({}, {}, (host) => {
      host.facets = ['messages'];
    });
    const { id: account, connection } = await rig.account();
    await expect(rig.house.ask('contact.request', { account, address: 'amy@home' })).rejects.toMatchObject({
      code: 'not-supported',
    });
    await expect(rig.house.ask('contact.request', { account, address: 'me@home' })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    connection.goesOffline('network');
    await expect(rig.house.ask('contact.request', { account, address: 'amy@home' })).rejects.toMatchObject({
      code: 'not-online',
    });
  });
});

describe('where passwords live', () => {
  it('can be chosen, and what is kept moves along', async () => {
    const sealed = new FakeSecrets('sealed');
    rig = await coreRig({
      chooseSecrets: async (mode, passphrase) => (mode === 'sealed' && passphrase === 'open' ? sealed : rig.secrets),
    });
    const { id } = await rig.account();
    await rig.house.ask('secrets.choose', { mode: 'sealed', passphrase: 'open' });
    expect(sealed.kept.get(id)).toBe('hunter2-kept');
    expect(rig.secrets.kept.size).toBe(0);
    expect(rig.house.snapshot().secrets).toBe('sealed');
    await rig.settle();
    expect(rig.events('secrets-changed')).toEqual([{ type: 'secrets-changed', secrets: 'sealed' }]);
  });

  it('stays as it was when something cannot be moved, and leaves nothing in the new place', async () => {
    const full = new FakeSecrets('plain');
    const set = full.set.bind(full);
    full.set = async (account, secret) => {
      if (full.kept.size > 0) throw new KithError('disk', 'The disk is full');
      await set(account, secret);
    };
    rig = await coreRig({ chooseSecrets: async () => full });
    const ids = [(await rig.account('a@home')).id, (await rig.account('b@home')).id];
    await expect(rig.house.ask('secrets.choose', { mode: 'plain' })).rejects.toMatchObject({ code: 'disk' });
    expect([...rig.secrets.kept.keys()]).toEqual(ids);
    expect(full.kept.size).toBe(0);
    expect(rig.house.snapshot().secrets).toBe('ask');
  });

  it('takes along what is changed, added or removed while the move waits for its passphrase', async () => {
    const sealed = new FakeSecrets('sealed');
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const set = sealed.set.bind(sealed);
    sealed.set = async (account, secret) => {
      await opened;
      await set(account, secret);
    };
    rig = await coreRig({ chooseSecrets: async () => sealed });
    const { id: changed } = await rig.account('a@home');
    const { id: removed } = await rig.account('b@home');
    const moving = rig.house.ask('secrets.choose', { mode: 'sealed' });
    await rig.settle();
    await rig.house.ask('account.set', { account: changed, password: 'better' });
    await rig.house.ask('account.remove', { account: removed });
    const { id: added } = await rig.account('c@home');
    await expect(rig.house.ask('secrets.choose', { mode: 'plain' })).rejects.toMatchObject({
      message: expect.stringContaining('being moved already'),
    });
    open();
    await moving;
    expect([...sealed.kept]).toEqual([
      [changed, 'better'],
      [added, 'hunter2-kept'],
    ]);
    expect(rig.secrets.kept.size).toBe(0);
  });

  it('is fixed where the house knows no other', async () => {
    rig = await coreRig();
    await expect(rig.house.ask('secrets.choose', { mode: 'plain' })).rejects.toMatchObject({ code: 'not-supported' });
  });
});
