import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import { type AccountId, type ContactId, conversationId } from '../domain/index.ts';
import { type CoreRig, coreRig } from '../../test/harness/core-rig.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const amy = { kind: 'contact', contact: 'amy@home' as ContactId } as const;
const withAmy = (account: AccountId) => conversationId(account, amy);
const write = (account: AccountId, draft: string) =>
  rig.house.ask('conversation.setDraft', { account, target: amy, draft });
const drafts = () => rig.house.snapshot().drafts;

describe('what is written and not sent', () => {
  it('is kept, told once for each change, and gone when it is empty', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    await write(id, 'Dear');
    await write(id, 'Dear');
    await write(id, 'Dear Amy');
    expect(drafts()).toEqual([[withAmy(id), 'Dear Amy']]);
    await write(id, '');
    expect(drafts()).toEqual([]);
    expect(rig.events('draft-changed').map(({ draft }) => draft)).toEqual(['Dear', 'Dear Amy', '']);
    expect(rig.store.drafts()).toEqual([]);
  });

  it('is there after a restart, and whom it was written to is someone though nothing was sent', async () => {
    const before = await coreRig();
    const { id } = await before.account();
    await before.house.ask('conversation.setDraft', { account: id, target: amy, draft: 'Dear Amy' });
    await before.close();
    rig = await coreRig({}, { store: before.store, secrets: before.secrets });
    expect(drafts()).toEqual([[withAmy(id), 'Dear Amy']]);
    expect(rig.house.snapshot()).toMatchObject({
      conversations: [{ id: withAmy(id), unread: 0 }],
      people: [{ name: 'amy@home' }],
    });
  });

  it('stays as long as Kith runs when the disk refuses it, and is written when the disk is back', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    rig.store.failing = new KithError('disk', 'The disk is full');
    await write(id, 'Dear Amy');
    connection.says({ type: 'contacts-changed', changed: [], removed: [amy.contact] });
    await rig.settle();
    expect(drafts()).toEqual([[withAmy(id), 'Dear Amy']]);
    expect(rig.events('trouble')).toHaveLength(1);
    rig.store.failing = undefined;
    await rig.clock.advance(30_000);
    expect(rig.store.drafts()).toMatchObject([{ text: 'Dear Amy' }]);
  });

  it('goes with its account, and is of none that is not there', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    await write(id, 'Dear Amy');
    await rig.house.ask('account.remove', { account: id });
    expect(drafts()).toEqual([]);
    await expect(write(id, 'Anyone?')).rejects.toMatchObject({ code: 'not-found' });
  });
});
