import { afterEach, describe, expect, it } from 'vitest';
import {
  type AccountId,
  type ContactId,
  conversationId,
  type ConversationTarget,
  type Message,
} from '../domain/index.ts';
import type { Plugin } from '../contracts/index.ts';
import { type CoreRig, coreRig, FakeSecrets, incoming, listed } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const amy: ConversationTarget = { kind: 'contact', contact: 'amy@home' as ContactId };
const withAmy = (account: AccountId) => conversationId(account, amy);
const unread = (account: AccountId) =>
  rig.house.snapshot().conversations.find(({ id }) => id === withAmy(account))?.unread;
const receives = (connection: FakeConnection, ...messages: readonly Message[]) =>
  connection.says({ type: 'messages-received', messages });

describe('what is unread', () => {
  it('counts what others said since we last looked', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const [one, two, three] = ['one', 'two', 'three'].map((body) => incoming(id, 'amy@home', body));
    receives(connection, one!, two!, three!);
    expect(unread(id)).toBe(3);
    await rig.house.ask('conversation.acknowledge', { conversation: withAmy(id), upTo: two!.id });
    expect(unread(id)).toBe(1);
  });

  it('counts what the archive brought from while we were away', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const read = incoming(id, 'amy@home', 'read');
    receives(connection, read);
    await rig.house.ask('conversation.acknowledge', { conversation: withAmy(id), upTo: read.id });
    receives(
      connection,
      incoming(id, 'amy@home', 'long ago', { at: read.at - 10, caughtUp: true }),
      incoming(id, 'amy@home', 'meanwhile', { at: read.at + 10, caughtUp: true }),
    );
    expect(unread(id)).toBe(1);
  });

  it('ends with what we say ourselves, here or on another device', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    receives(connection, incoming(account, 'amy@home', 'question'));
    await rig.house.ask('message.send', { account, target: amy, body: 'answer' });
    expect(unread(account)).toBe(0);
    const asked = incoming(account, 'amy@home', 'and?');
    receives(connection, asked);
    expect(unread(account)).toBe(1);
    receives(connection, {
      ...incoming(account, 'me@home', 'said on the phone', { at: asked.at + 1, caughtUp: true }),
      direction: 'outgoing',
      target: amy,
    });
    expect(unread(account)).toBe(0);
  });

  it('ends up to what another of our devices showed, and nobody is told a second time', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const [one, two] = ['one', 'two'].map((body) => incoming(id, 'amy@home', body, { wantsReadMarker: true }));
    receives(connection, one!, two!);
    expect(unread(id)).toBe(2);
    const revision = connection.says({ type: 'read-elsewhere', target: amy, origin: one!.origin! });
    expect(unread(id)).toBe(1);
    connection.says({ type: 'read-elsewhere', target: amy, origin: 'never-heard-of' });
    const other = { kind: 'contact', contact: 'bob@home' as ContactId } as const;
    connection.says({ type: 'read-elsewhere', target: other, origin: two!.origin! });
    expect(unread(id)).toBe(1);
    await rig.settle();
    expect(rig.events('conversations-changed').at(-1)?.changed).toMatchObject([{ unread: 1 }]);
    expect(connection.all('markRead')).toEqual([]);
    expect(connection.storedUpTo.at(-1)).toBeGreaterThanOrEqual(revision);
  });

  it('ends up to what an archive says another device showed, at once or when that comes', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const [one, two] = ['one', 'two'].map((body) => incoming(id, 'amy@home', body, { archive: `kept ${body}` }));
    connection.says({ type: 'read-elsewhere', target: amy, archive: 'kept one' });
    receives(connection, one!);
    expect(unread(id)).toBe(0);
    receives(connection, two!);
    expect(unread(id)).toBe(1);
    connection.says({ type: 'read-elsewhere', target: amy, archive: 'kept one' });
    expect(unread(id)).toBe(1);
    connection.says({ type: 'read-elsewhere', target: amy, archive: 'kept two' });
    expect(unread(id)).toBe(0);
    expect(connection.all('reached')).toEqual([]);
  });

  it('is told to our other devices by the archive’s id, once, also when others are told nothing, and afterwards when offline', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('settings.set', { readMarkers: false });
    const [one, two] = ['one', 'two'].map((body) => incoming(id, 'amy@home', body, { archive: `kept ${body}` }));
    receives(connection, one!);
    const read = (message: Message) =>
      rig.house.ask('conversation.acknowledge', { conversation: conversationId(id, amy), upTo: message.id });
    await read(one!);
    await read(one!);
    expect(connection.all('reached')).toEqual([[amy, 'kept one']]);
    receives(connection, two!);
    connection.goesOffline('network');
    await read(two!);
    expect(connection.all('reached')).toHaveLength(1);
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('reached')).toEqual([
      [amy, 'kept one'],
      [amy, 'kept two'],
    ]);
    expect(connection.all('markRead')).toEqual([]);
  });

  it('ends there also when the message is still on its way through a plugin', async () => {
    let pass!: () => void;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    const slow: Plugin = {
      manifest: { id: 'slow', contract: 1, displayName: 'Slow', enabledByDefault: true, needs: ['message-pipeline'] },
      async activate(kith) {
        const undo = kith.pipeline.add({ id: 'slow', at: 'transform', run: (message) => passed.then(() => message) });
        return { [Symbol.asyncDispose]: async () => undo[Symbol.dispose]() };
      },
    };
    rig = await coreRig({ plugins: [slow] });
    const { id, connection } = await rig.account();
    const one = incoming(id, 'amy@home', 'one');
    receives(connection, one);
    connection.says({ type: 'read-elsewhere', target: amy, origin: one.origin! });
    pass();
    await rig.settle();
    expect(rig.house.snapshot().conversations).toMatchObject([{ unread: 0, last: { body: 'one' } }]);
  });

  it('is told once a turn, however much was said', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.settle();
    let reads = 0;
    const read = rig.store.conversation.bind(rig.store);
    rig.store.conversation = (asked) => {
      reads += 1;
      return read(asked);
    };
    const before = rig.changes.length;
    for (let said = 0; said < 100; said += 1) receives(connection, incoming(id, 'amy@home', `${said}`));
    await rig.settle();
    expect(rig.changes.length - before).toBe(1);
    expect(rig.events('conversations-changed')).toMatchObject([{ changed: [{ unread: 100 }] }]);
    expect(rig.events('messages-changed')[0]?.changed).toHaveLength(100);
    expect(reads).toBe(1);
  });
});

describe('that we have read something', () => {
  const wanting = (account: AccountId, body: string) => incoming(account, 'amy@home', body, { wantsReadMarker: true });

  it('is told to whoever wants to hear it, once for all that was read', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    receives(connection, wanting(id, 'one'));
    const last = wanting(id, 'two');
    receives(connection, last, incoming(id, 'amy@home', 'three'));
    const three = rig.house.snapshot().conversations[0]!.last!;
    await rig.house.ask('conversation.acknowledge', { conversation: withAmy(id), upTo: three.id });
    await rig.house.ask('conversation.acknowledge', { conversation: withAmy(id), upTo: three.id });
    expect(connection.all('markRead')).toEqual([[amy, last.origin]]);
  });

  it('is told by answering, too', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    const asked = wanting(account, 'question');
    receives(connection, asked);
    await rig.house.ask('message.send', { account, target: amy, body: 'answer' });
    expect(connection.all('markRead')).toEqual([[amy, asked.origin]]);
  });

  it('is told later when we were offline', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const asked = wanting(id, 'question');
    receives(connection, asked);
    connection.goesOffline('network');
    await rig.house.ask('conversation.acknowledge', { conversation: withAmy(id), upTo: asked.id });
    expect(connection.all('markRead')).toEqual([]);
    connection.comesOnline();
    expect(connection.all('markRead')).toEqual([[amy, asked.origin]]);
    connection.goesOffline('network');
    connection.comesOnline();
    expect(connection.all('markRead')).toHaveLength(1);
  });

  it('is nobody’s business when the person says so', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('settings.set', { readMarkers: false });
    const asked = wanting(id, 'question');
    receives(connection, asked);
    await rig.house.ask('conversation.acknowledge', { conversation: withAmy(id), upTo: asked.id });
    expect(connection.all('markRead')).toEqual([]);
    expect(unread(id)).toBe(0);
  });
});

describe('what goes with a message', () => {
  it('is what the person lets others know when it leaves, not when it was written', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    const say = (body: string) => rig.house.ask('message.send', { account, target: amy, body });
    await say('open');
    connection.goesOffline('network');
    await say('waits');
    await rig.house.ask('settings.set', { readMarkers: false, typingNotices: false });
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('send')).toMatchObject([
      [{ body: 'open', disclosure: { readMarkers: true, typingNotices: true } }],
      [{ body: 'waits', disclosure: { readMarkers: false, typingNotices: false } }],
    ]);
  });
});

describe('that we are writing', () => {
  it('is told to the other side while online, unless the person says no', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const { id: conversation } = await rig.house.ask('conversation.open', { account: id, address: 'amy@home' });
    const writing = () => rig.house.ask('conversation.setChatState', { conversation, state: 'composing' });
    await writing();
    expect(connection.all('chatState')).toEqual([[amy, 'composing']]);
    await rig.house.ask('settings.set', { typingNotices: false });
    await writing();
    await rig.house.ask('settings.set', { typingNotices: true });
    connection.goesOffline('network');
    await writing();
    expect(connection.all('chatState')).toHaveLength(1);
  });
});

describe('a conversation asked for by address', () => {
  it('is begun, once, whatever the spelling', async () => {
    rig = await coreRig();
    const { id: account } = await rig.account();
    const first = await rig.house.ask('conversation.open', { account, address: 'Amy@HOME' });
    expect(first).toEqual({ id: withAmy(account), account, target: amy, unread: 0 });
    expect(await rig.house.ask('conversation.open', { account, address: 'amy@home' })).toEqual(first);
    expect(rig.house.snapshot().conversations).toEqual([first]);
    expect(rig.house.snapshot().people).toMatchObject([{ name: 'amy@home' }]);
  });

  it('is had from the account that has them in its list, else from the first that is switched on', async () => {
    rig = await coreRig();
    const first = await rig.account('first@home');
    const second = await rig.account('second@home');
    second.connection.says({ type: 'contacts-changed', changed: [listed('bea@home')], removed: [] });
    const accountFor = async (address: string) => (await rig.house.ask('conversation.open', { address })).account;
    expect(await accountFor('bea@home')).toBe(second.id);
    expect(await accountFor('cleo@home')).toBe(first.id);
    await rig.house.ask('account.set', { account: first.id, enabled: false });
    expect(await accountFor('dora@home')).toBe(second.id);
  });

  it('needs an account, and an address one of them knows', async () => {
    rig = await coreRig();
    await expect(rig.house.ask('conversation.open', { address: 'amy@home' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await rig.account();
    await expect(rig.house.ask('conversation.open', { address: 'amy' })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: 'amy is no address',
    });
  });

  it('that does not exist cannot be read or acknowledged', async () => {
    rig = await coreRig();
    const conversation = 'nowhere' as never;
    for (const asking of [
      rig.house.ask('history.page', { conversation, limit: 10 }),
      rig.house.ask('conversation.acknowledge', { conversation, upTo: 'x' as never }),
      rig.house.ask('conversation.setChatState', { conversation, state: 'active' }),
    ]) {
      await expect(asking).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('a link', () => {
  it('opens its conversation in front of the person, with a draft that is not sent', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.settle();
    const before = rig.changes.length;
    const link = await rig.house.ask('link.open', { uri: 'fake:Amy@Home?body=hello%20there' });
    expect(link).toEqual({ contact: 'amy@home', action: 'message', body: 'hello there' });
    await rig.settle();
    expect(
      rig.changes
        .slice(before)
        .flatMap(({ events }) => events)
        .map(({ type }) => type),
    ).toEqual(['conversations-changed', 'conversation-wanted', 'people-changed']);
    expect(rig.events('conversation-wanted')).toEqual([
      { type: 'conversation-wanted', conversation: withAmy(id), draft: 'hello there' },
    ]);
    expect(connection.all('send')).toEqual([]);
  });

  it('that wants to subscribe asks nobody by itself', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    await rig.house.ask('link.open', { uri: 'fake:amy@home?subscribe' });
    await rig.settle();
    expect(connection.all('request')).toEqual([]);
    expect(rig.events('conversation-wanted')[0]).not.toHaveProperty('draft');
  });

  it('may say which account it wants to be used', async () => {
    rig = await coreRig();
    await rig.account('first@home');
    const { id } = await rig.account('second@home');
    await rig.house.ask('link.open', { uri: 'fake:amy@home?via=second@home' });
    await rig.settle();
    expect(rig.events('conversation-wanted')[0]?.conversation).toBe(withAmy(id));
  });

  it.each([
    ['of no protocol here', 'telex:amy', 'not-supported'],
    ['that is broken', 'fake:amy', 'invalid-argument'],
    ['without an account of its protocol', 'other:amy@home', 'not-found'],
  ])('%s is refused', async (_, uri, code) => {
    rig = await coreRig();
    await rig.account();
    await expect(rig.house.ask('link.open', { uri })).rejects.toMatchObject({ code });
  });
});

describe('the settings of the house', () => {
  it('begin with the defaults, are kept, and told', async () => {
    const store = new MemoryStore();
    const before = await coreRig({}, { store });
    expect(before.house.snapshot().settings).toMatchObject({ theme: 'system', typingNotices: true });
    await before.house.ask('settings.set', { theme: 'dark' });
    await before.settle();
    expect(before.events('settings-changed')).toMatchObject([{ settings: { theme: 'dark', typingNotices: true } }]);
    await before.close();
    rig = await coreRig({}, { store });
    expect(rig.house.snapshot().settings).toMatchObject({ theme: 'dark', typingNotices: true });
  });

  it('that cannot be read do not keep the house from opening', async () => {
    const store = new MemoryStore();
    store.saveSetting('house', '{broken');
    rig = await coreRig({}, { store });
    expect(rig.house.snapshot().settings.theme).toBe('system');
  });
});

describe('conversations after a restart', () => {
  it('are as they were, and their people with them', async () => {
    const store = new MemoryStore();
    const secrets = new FakeSecrets();
    const before = await coreRig({}, { store, secrets });
    const { id, connection } = await before.account();
    connection.says({ type: 'messages-received', messages: [incoming(id, 'stranger@far', 'psst')] });
    await before.close();
    rig = await coreRig({}, { store, secrets });
    expect(rig.house.snapshot().conversations).toMatchObject([{ unread: 1, last: { body: 'psst' } }]);
    expect(rig.house.snapshot().people).toMatchObject([{ name: 'stranger@far' }]);
  });
});
