import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import type { AccountId, ProtocolId } from '../domain/index.ts';
import { type CoreRig, coreRig, FakeSecrets } from '../../test/harness/core-rig.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const never = new AbortController().signal;
const question = () => rig.house.snapshot().questions[0]!;

/** What the account's protocol is answered when it wants to know its setting ‘password’. */
const wanted = (id: AccountId, why: 'needed' | 'refused' = 'needed'): Promise<string> =>
  rig.host().duties.ask(id, 'secret', { name: 'password', why }, never);

const withSecret = (secret: string): Promise<AccountId> =>
  rig.house.ask('account.add', {
    protocol: 'fake' as ProtocolId,
    address: 'me@home',
    password: 'of-the-account',
    secrets: { password: secret },
  });

describe('a setting that is secret', () => {
  it('is kept where the password is, beside it, and nowhere else', async () => {
    rig = await coreRig();
    const id = await withSecret('of-the-proxy');
    expect([...rig.secrets.kept]).toEqual([
      [id, 'of-the-account'],
      [`${id}/setting/password`, 'of-the-proxy'],
    ]);
    await expect(wanted(id)).resolves.toBe('of-the-proxy');
    await rig.settle();
    const everything = [rig.lines, rig.changes, rig.house.snapshot(), rig.store.accounts(), rig.store.memory(id)];
    expect(JSON.stringify(everything)).not.toContain('of-the-proxy');
    expect(JSON.stringify(rig.connection(id).opening)).not.toContain('of-the-proxy');
  });

  it('is asked of the person when it is not kept, or was refused, and then kept', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    for (const why of ['needed', 'refused'] as const) {
      const asked = wanted(id, why);
      await rig.settle();
      expect(question()).toMatchObject({ kind: 'secret', account: id, question: { name: 'password', why } });
      await rig.house.ask('question.answer', { question: question().id, answer: `after ${why}` });
      await expect(asked).resolves.toBe(`after ${why}`);
      expect(rig.secrets.kept.get(`${id}/setting/password`)).toBe(`after ${why}`);
      expect(rig.secrets.kept.get(id)).toBe('hunter2-kept');
    }
  });

  it('is not taken for the password of the account, which somebody gives meanwhile', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    const asked = wanted(id).catch((error: unknown) => error);
    await rig.settle();
    await rig.house.ask('account.set', { account: id, password: 'of-the-account' });
    expect(question()).toMatchObject({ kind: 'secret' });
    await rig.house.ask('account.remove', { account: id });
    await expect(asked).resolves.toMatchObject({ code: 'cancelled' });
  });

  it('that nobody is there to give is named, with what to do', async () => {
    rig = await coreRig({}, { secrets: new FakeSecrets('memory') });
    const { id } = await rig.account();
    await expect(wanted(id)).rejects.toMatchObject({
      code: 'password-needed',
      message: expect.stringContaining('kith account set me@home --set password=-'),
    });
  });

  it('opens the account anew when it is changed, and is forgotten when it is emptied', async () => {
    rig = await coreRig();
    const id = await withSecret('old');
    const before = rig.connection(id);
    await rig.house.ask('account.set', { account: id, secrets: { password: 'new' } });
    expect(rig.connection(id)).not.toBe(before);
    await expect(wanted(id)).resolves.toBe('new');
    await rig.house.ask('account.set', { account: id, secrets: { password: '' } });
    expect([...rig.secrets.kept.keys()]).toEqual([id]);
  });

  it('moves with the passwords, and goes with the account', async () => {
    const elsewhere = new FakeSecrets('plain');
    rig = await coreRig({ chooseSecrets: async () => elsewhere });
    const id = await withSecret('of-the-proxy');
    await rig.house.ask('secrets.choose', { mode: 'plain' });
    expect(elsewhere.kept.get(`${id}/setting/password`)).toBe('of-the-proxy');
    expect(rig.secrets.kept.size).toBe(0);
    await rig.house.ask('account.remove', { account: id });
    expect(elsewhere.kept.size).toBe(0);
  });

  it('that cannot be kept leaves no account behind', async () => {
    rig = await coreRig();
    rig.secrets.failing = new KithError('disk', 'full');
    await expect(withSecret('of-the-proxy')).rejects.toMatchObject({ code: 'disk' });
    expect(rig.house.snapshot().accounts).toEqual([]);
  });

  it.each([
    ['does not know', 'colour'],
    ['does not call secret', 'port'],
  ])('is refused when its protocol %s it', async (_what, name) => {
    rig = await coreRig();
    const { id } = await rig.account();
    await expect(rig.house.ask('account.set', { account: id, secrets: { [name]: 'x' } })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(name),
    });
  });
});
