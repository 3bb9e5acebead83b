import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import { toBeMade } from '../contracts/index.ts';
import type { AccountId, ProtocolId } from '../domain/index.ts';
import { type CoreRig, coreRig } from '../../test/harness/core-rig.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const link = 'xmpp:home?register;preauth=orchard-gate';
const never = new AbortController().signal;
const asked = (id: AccountId): Promise<string> =>
  rig.host().duties.ask(id, 'secret', { name: 'invitation', why: 'needed' }, never);
/** An account that is to be made; while its server cannot be reached it is not. */
const begun = async (invitation?: string, reached = false): Promise<AccountId> => {
  rig = await coreRig({}, {}, (host) => {
    if (!reached) host.refusesToOpen = new KithError('network', 'Nobody there');
  });
  return rig.house.ask('account.add', {
    protocol: 'fake' as ProtocolId,
    address: 'me@home',
    password: 'hunter2',
    register: true,
    ...(invitation === undefined ? {} : { invitation }),
  });
};

describe('the invitation an account is to be made by', () => {
  it('is kept where the password is and nowhere else, for its protocol alone', async () => {
    const id = await begun(link);
    expect(rig.secrets.kept.get(`${id}/setting/invitation`)).toBe(link);
    await expect(asked(id)).resolves.toBe(link);
    await rig.settle();
    // Not even in the memory that its protocol opens with.
    const everything = [rig.lines, rig.changes, rig.house.snapshot(), rig.store.accounts(), rig.store.memory(id)];
    expect(JSON.stringify(everything)).not.toContain('orchard-gate');
    expect(rig.store.memory(id)).toContainEqual([toBeMade, 'invited']);
  });

  it('is forgotten when the account is there, and with the account', async () => {
    const id = await begun(link, true);
    await rig.settle();
    expect([...rig.secrets.kept.keys()]).toEqual([id]);
    await rig.close();
    const other = await begun(link);
    await rig.house.ask('account.remove', { account: other });
    expect([...rig.secrets.kept.keys()]).toEqual([]);
  });

  it('is not asked of the person when it is gone: they could not know it', async () => {
    const id = await begun(link);
    rig.secrets.kept.delete(`${id}/setting/invitation`);
    await expect(asked(id)).rejects.toMatchObject({ code: 'permission-denied' });
    expect(rig.house.snapshot().questions).toEqual([]);
  });

  it('is not needed: the protocol is told which it is', async () => {
    const id = await begun();
    expect(rig.store.memory(id)).toContainEqual([toBeMade, 'uninvited']);
    expect([...rig.secrets.kept.keys()]).toEqual([id]);
  });
});
