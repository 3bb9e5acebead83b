import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import type { ContactId } from '../domain/index.ts';
import { type CoreRig, coreRig, listed } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const amy = 'amy@home' as ContactId;
const asks = (connection: FakeConnection, request = 'It is me') =>
  connection.says({
    type: 'contacts-changed',
    changed: [listed(amy, { listed: false, weSeeThem: 'no', theySeeUs: 'asked', request })],
    removed: [],
  });
const aside = () => rig.house.snapshot().setAside;

describe('a request put off', () => {
  it('is told to every reader, and to nobody else', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    asks(connection);
    await rig.house.ask('contact.setAside', { account, contact: amy, aside: true });
    await rig.settle();
    expect(rig.events('set-aside-changed')).toEqual([
      { type: 'set-aside-changed', setAside: [{ account, contact: amy }] },
    ]);
    expect(connection.asked.map(({ verb }) => verb)).toEqual(['connect']);
    await rig.house.ask('contact.setAside', { account, contact: amy, aside: false });
    expect(aside()).toEqual([]);
  });

  it('stays put off over a restart and when the server asks again at every connect', async () => {
    const before = await coreRig();
    const { id: account, connection } = await before.account();
    asks(connection);
    await before.house.ask('contact.setAside', { account, contact: amy, aside: true });
    await before.close();
    rig = await coreRig({}, { store: before.store, secrets: before.secrets });
    expect(aside()).toEqual([{ account, contact: amy }]);
    asks(rig.connection(account), 'It is still me');
    await rig.settle();
    expect(aside()).toEqual([{ account, contact: amy }]);
    const [opened] = rig.house.snapshot().connections;
    expect(opened?.contacts).toMatchObject([{ id: amy, theySeeUs: 'asked', request: 'It is still me' }]);
  });

  it.each([
    ['answered', [listed(amy)], []],
    ['withdrawn', [], [amy]],
  ])('that is %s is over: asked anew, it is another request', async (_, changed, removed) => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    asks(connection);
    await rig.house.ask('contact.setAside', { account, contact: amy, aside: true });
    connection.says({ type: 'contacts-changed', changed, removed });
    asks(connection);
    await rig.settle();
    expect(aside()).toEqual([]);
    expect(rig.store.memory(account).filter(([key]) => key.includes('set-aside'))).toEqual([]);
  });

  it('goes with its account', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    asks(connection);
    await rig.house.ask('contact.setAside', { account, contact: amy, aside: true });
    await rig.house.ask('account.remove', { account });
    expect(aside()).toEqual([]);
  });

  it('is one that was made, and one that the disk took', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    const off = { account, contact: amy, aside: true };
    await expect(rig.house.ask('contact.setAside', off)).rejects.toMatchObject({ code: 'not-found' });
    asks(connection);
    rig.store.failing = new KithError('disk', 'The disk is full');
    await expect(rig.house.ask('contact.setAside', off)).rejects.toMatchObject({ code: 'disk' });
    expect(aside()).toEqual([]);
  });
});
