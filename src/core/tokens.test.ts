import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import { type CoreRig, coreRig, FakeSecrets } from '../../test/harness/core-rig.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';

let rig: CoreRig;
afterEach(() => rig.close());

describe('a token a server gave in exchange for the password', () => {
  it('is kept where the password is, and found there by the next start', async () => {
    const store = new MemoryStore();
    const secrets = new FakeSecrets('sealed');
    const before = await coreRig({}, { store, secrets });
    const { id } = await before.account();
    const { duties } = before.host();
    await expect(duties.readToken(id)).resolves.toBeUndefined();
    duties.keepToken(id, 'token-1');
    duties.keepToken(id, 'token-2');
    await expect(duties.readToken(id)).resolves.toBe('token-2');
    expect([...secrets.kept]).toEqual([
      [id, 'hunter2-kept'],
      [`${id}/token`, 'token-2'],
    ]);
    await before.close();
    rig = await coreRig({}, { store, secrets });
    await expect(rig.host().duties.readToken(id)).resolves.toBe('token-2');
    rig.host().duties.keepToken(id, undefined);
    await expect(rig.host().duties.readToken(id)).resolves.toBeUndefined();
  });

  it('is never logged, told, or in the memory of the account', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    rig.host().duties.keepToken(id, 'token-1');
    await rig.settle();
    const everything = [rig.lines, rig.changes, rig.house.snapshot(), rig.store.accounts(), rig.store.memory(id)];
    expect(JSON.stringify(everything)).not.toContain('token-1');
  });

  it('moves with the passwords', async () => {
    const elsewhere = new FakeSecrets('plain');
    rig = await coreRig({ chooseSecrets: async () => elsewhere });
    const { id } = await rig.account();
    rig.host().duties.keepToken(id, 'token-1');
    await rig.settle();
    await rig.house.ask('secrets.choose', { mode: 'plain' });
    expect(elsewhere.kept.get(`${id}/token`)).toBe('token-1');
    expect(rig.secrets.kept.size).toBe(0);
  });

  it('is forgotten with the password it was given for, and with the account, whatever that still says', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    const { duties } = rig.host();
    duties.keepToken(id, 'token-1');
    await rig.house.ask('account.set', { account: id, password: 'better' });
    expect([...rig.secrets.kept]).toEqual([[id, 'better']]);
    duties.keepToken(id, 'token-2');
    await rig.house.ask('account.remove', { account: id });
    duties.keepToken(id, 'token-3');
    await rig.settle();
    expect(rig.secrets.kept.size).toBe(0);
  });

  it('that cannot be kept is a line in the log', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    rig.secrets.failing = new KithError('disk', 'full');
    rig.host().duties.keepToken(id, 'token-1');
    await rig.settle();
    expect(rig.lines.map(({ text }) => text)).toContain('A token could not be kept');
    await expect(rig.host().duties.readToken(id)).resolves.toBeUndefined();
  });
});
