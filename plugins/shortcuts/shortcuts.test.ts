import { afterEach, describe, expect, it } from 'vitest';
import { type ContactId, conversationId } from '../../src/domain/index.ts';
import { type CoreRig, coreRig, incoming } from '../../test/harness/core-rig.ts';
import { plugin } from './index.ts';

const amy = { kind: 'contact', contact: 'amy@home' as ContactId } as const;

describe('the shortcuts in a house', () => {
  let rig: CoreRig;
  afterEach(() => rig.close());

  it('are expanded in what we say, in history and on the wire alike', async () => {
    rig = await coreRig({ plugins: [plugin] });
    const { id: account, connection } = await rig.account();
    const sent = await rig.house.ask('message.send', { account, target: amy, body: '/shrug who knows' });
    await rig.settle();
    expect(sent.body).toBe('who knows ¯\\_(ツ)_/¯');
    expect(connection.all('send')).toMatchObject([[{ body: sent.body }]]);
    expect(rig.store.message(sent.id)?.body).toBe(sent.body);
  });

  it('are left alone in what others say, and in what we said on another device', async () => {
    rig = await coreRig({ plugins: [plugin] });
    const { id: account, connection } = await rig.account();
    const elsewhere = incoming(account, 'me@home', '/shrug', { direction: 'outgoing', target: amy, caughtUp: true });
    connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', '/shrug'), elsewhere] });
    const page = await rig.house.ask('history.page', { conversation: conversationId(account, amy), limit: 10 });
    expect(page.messages.map(({ body }) => body)).toEqual(['/shrug', '/shrug']);
  });

  it('are gone when the house ends', async () => {
    rig = await coreRig({ plugins: [plugin] });
    await rig.close();
    expect(rig.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
