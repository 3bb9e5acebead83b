import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactId } from '../domain/index.ts';
import { type CoreRig, coreRig, listed } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('a picture')]);
const nameOfBytes = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
const name = nameOfBytes(png);
let rig: CoreRig;
let connection: FakeConnection;

beforeEach(async () => {
  rig = await coreRig({}, {}, (host) => (host.facets = [...host.facets, 'avatars', 'nickname']));
  ({ connection } = await rig.account());
});
afterEach(() => rig.close());

const bears = (avatar: string, more = {}) => {
  connection.says({ type: 'contacts-changed', changed: [listed('amy', { avatar, ...more })], removed: [] });
  connection.avatar = async () => png.toString('base64');
};
const fetched = () => connection.asked.filter(({ verb }) => verb === 'fetchAvatar');

describe('a picture', () => {
  it('is fetched when somebody wants to see it, once for all who want it, and kept', async () => {
    bears(name);
    expect(fetched()).toEqual([]);
    const [one, other] = await Promise.all([rig.house.picture(name), rig.house.picture(name)]);
    expect(one).toEqual({ type: 'image/png', bytes: png });
    expect(other).toEqual(one);
    expect(await rig.house.picture(name)).toEqual(one);
    expect(fetched()).toEqual([{ verb: 'fetchAvatar', args: ['amy' as ContactId, name] }]);
    expect(rig.store.picture(name)?.type).toBe('image/png');
  });

  it('stands with the person, and a contact’s own name stands where we have none for them', async () => {
    bears(name, { nickname: 'Amy' });
    expect(rig.house.snapshot().people).toMatchObject([{ name: 'Amy', avatar: name }]);
    bears(name, { nickname: 'Amy', alias: 'Aunt' });
    expect(rig.house.snapshot().people).toMatchObject([{ name: 'Aunt' }]);
  });

  it('that nobody bears is not looked for, nor one of a stranger', async () => {
    expect(await rig.house.picture(name)).toBeUndefined();
    bears(name, { listed: false });
    await rig.settle();
    expect(await rig.house.picture(name)).toBeUndefined();
    expect(fetched()).toEqual([]);
  });

  it('that cannot be had is not asked for again until the account is back', async () => {
    bears(name);
    connection.avatar = async () => Promise.reject(new Error('not there'));
    expect(await rig.house.picture(name)).toBeUndefined();
    expect(await rig.house.picture(name)).toBeUndefined();
    expect(fetched()).toHaveLength(1);
    connection.says({ type: 'status-changed', status: 'offline', reason: { code: 'network', text: '' } });
    connection.says({ type: 'status-changed', status: 'online' });
    bears(name);
    expect(await rig.house.picture(name)).toBeDefined();
  });

  it.each([
    ['is another than its name says', name, Buffer.concat([png, Buffer.from('!')])],
    ['is no picture', nameOfBytes(Buffer.from('<svg/>')), Buffer.from('<svg/>')],
  ])('that %s is neither kept nor shown, even from a protocol', async (_what, avatar, bytes) => {
    bears(avatar);
    connection.avatar = async () => bytes.toString('base64');
    expect(await rig.house.picture(avatar)).toBeUndefined();
    expect(rig.store.picture(avatar)).toBeUndefined();
  });
});

describe('how the account is seen', () => {
  it('is set by the protocol', async () => {
    const account = rig.house.snapshot().accounts[0]!.id;
    await rig.house.ask('account.present', { account, nickname: ' Me ', picture: png.toString('base64') });
    expect(connection.asked.slice(-2)).toEqual([
      { verb: 'setAvatar', args: [png.toString('base64')] },
      { verb: 'setNickname', args: ['Me'] },
    ]);
    const wrong = rig.house.ask('account.present', { account, picture: Buffer.from('<svg/>').toString('base64') });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});
