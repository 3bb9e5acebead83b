import { afterEach, describe, expect, it } from 'vitest';
import { type CoreRig, coreRig, incoming, listed } from '../../test/harness/core-rig.ts';
import { noLeaks } from '../../test/harness/no-leaks.ts';
import type { ContactId } from '../domain/index.ts';

const amy = { kind: 'contact', contact: 'amy@home' as ContactId } as const;

describe('a house with one account', () => {
  noLeaks();
  let rig: CoreRig;
  afterEach(() => rig.close());

  it('connects, lists contacts, and carries messages both ways', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home', { alias: 'Amy' })], removed: [] });
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'hello')] });
    const sent = await rig.house.ask('message.send', { account: id, target: amy, body: 'hello yourself' });
    await rig.settle();

    const { connections, people, conversations } = rig.house.snapshot();
    expect(connections).toMatchObject([{ account: id, status: 'online', contacts: [{ id: 'amy@home' }] }]);
    expect(people).toMatchObject([{ name: 'Amy' }]);
    expect(conversations).toMatchObject([{ unread: 0, last: { id: sent.id, delivery: { state: 'sending' } } }]);
    const page = await rig.house.ask('history.page', { conversation: conversations[0]!.id, limit: 10 });
    expect(page.messages.map(({ body }) => body)).toEqual(['hello', 'hello yourself']);
    expect(connection.all('send')).toMatchObject([[{ id: sent.id, body: 'hello yourself', target: amy }]]);
  });
});

describe('a question the house does not know', () => {
  let rig: CoreRig;
  afterEach(() => rig.close());

  it.each(['house.burn', 'constructor', '__proto__'])('such as %s is not supported', async (verb) => {
    rig = await coreRig();
    await expect(rig.house.ask(verb as never, {} as never)).rejects.toMatchObject({ code: 'not-supported' });
  });
});

describe('what a question answers', () => {
  let rig: CoreRig;
  afterEach(() => rig.close());

  it('is null where there is nothing to say, so that it survives a wire', async () => {
    rig = await coreRig();
    await expect(rig.house.ask('settings.set', { density: 'compact' })).resolves.toBeNull();
    await expect(rig.house.ask('presence.set', { availability: 'away', message: '' })).resolves.toBeNull();
  });

  it('is an error of ours, also when something broke that nobody foresaw', async () => {
    rig = await coreRig();
    rig.store.search = () => {
      throw new TypeError('broken');
    };
    await expect(rig.house.ask('history.search', { words: 'x', limit: 1 })).rejects.toMatchObject({
      name: 'KithError',
      code: 'internal',
    });
  });
});
