import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import { type AccountId, type ContactId, conversationId, type Message } from '../domain/index.ts';
import { type CoreRig, coreRig, FakeSecrets, incoming } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const withAmy = (account: AccountId) => conversationId(account, { kind: 'contact', contact: 'amy@home' as ContactId });

/** An archive of numbered messages, one a minute, the newest just before now. */
function archived(account: AccountId, count: number): readonly Message[] {
  return Array.from({ length: count }, (_, at) =>
    incoming(account, 'amy@home', `${at}`, {
      at: rig.clock.now() - (count - at) * 60_000,
      archive: `a${at}`,
      origin: `o${at}`,
      caughtUp: true,
    }),
  );
}

function serve(connection: FakeConnection, messages: readonly Message[]): void {
  connection.archive = async (before, limit) => {
    const end = before === undefined ? messages.length : messages.findIndex(({ archive }) => archive === before);
    const begin = Math.max(0, end - limit);
    return { messages: messages.slice(begin, end), complete: begin === 0 };
  };
}

async function page(account: AccountId, limit: number, before?: Message) {
  const { messages, complete } = await rig.house.ask('history.page', {
    conversation: withAmy(account),
    limit,
    ...(before === undefined ? {} : { place: { before: before.id } }),
  });
  return { messages, bodies: messages.map(({ body }) => body), complete };
}

/** The same as it was when it arrived at once. */
function live(message: Message): Message {
  const { id, account, target, direction, from, body, at, origin } = message;
  return { id, account, target, direction, from, body, at, ...(origin === undefined ? {} : { origin }) };
}

async function talking(rigged: CoreRig) {
  rig = rigged;
  const { id, connection } = await rig.account();
  await rig.house.ask('conversation.open', { account: id, address: 'amy@home' });
  return { id, connection };
}

describe('a page of history', () => {
  it('comes from the store while that has enough', async () => {
    const { id, connection } = await talking(await coreRig());
    connection.says({ type: 'messages-received', messages: archived(id, 5) });
    const newest = await page(id, 2);
    expect(newest.bodies).toEqual(['3', '4']);
    expect(newest.complete).toBe(false);
    expect((await page(id, 2, newest.messages[0])).bodies).toEqual(['1', '2']);
    expect(connection.all('page')).toEqual([]);
  });

  it('comes from the server’s archive where the store ends, and is kept', async () => {
    const { id, connection } = await talking(await coreRig());
    const all = archived(id, 6);
    serve(connection, all);
    connection.says({ type: 'messages-received', messages: all.slice(4) });
    const newest = await page(id, 2);
    expect(newest).toMatchObject({ bodies: ['4', '5'], complete: false });
    const older = await page(id, 3, newest.messages[0]);
    expect(older).toMatchObject({ bodies: ['1', '2', '3'], complete: false });
    expect(connection.all('page').at(-1)).toMatchObject([{ contact: 'amy@home' }, 'a4', 3]);
    const oldest = await page(id, 3, older.messages[0]);
    expect(oldest).toMatchObject({ bodies: ['0'], complete: true });
    connection.goesOffline('network');
    expect((await page(id, 10)).bodies).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('stands above what it was said before, also when the archive knows only the second', async () => {
    const { id, connection } = await talking(await coreRig());
    const at = rig.clock.now() - 60_000;
    const all = archived(id, 6).map((message) => ({ ...message, at }));
    serve(connection, all);
    connection.says({ type: 'messages-received', messages: all.slice(4) });
    const newest = await page(id, 2);
    const older = await page(id, 2, newest.messages[0]);
    const oldest = await page(id, 2, older.messages[0]);
    expect([...oldest.bodies, ...older.bodies, ...newest.bodies]).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('is filled up from the archive when the store has a part of it', async () => {
    const { id, connection } = await talking(await coreRig());
    const all = archived(id, 6);
    serve(connection, all);
    connection.says({ type: 'messages-received', messages: all.slice(4) });
    expect((await page(id, 5)).bodies).toEqual(['1', '2', '3', '4', '5']);
  });

  it('is not announced as news', async () => {
    const { id, connection } = await talking(await coreRig());
    serve(connection, archived(id, 3));
    await page(id, 10);
    await rig.settle();
    expect(rig.events('messages-changed')).toEqual([]);
    expect(rig.house.snapshot().conversations[0]?.last?.body).toBe('2');
  });

  it('asks no further once the archive has ended, not even after a restart', async () => {
    const store = new MemoryStore();
    const secrets = new FakeSecrets();
    const first = await talking(await coreRig({}, { store, secrets }));
    serve(first.connection, archived(first.id, 3));
    expect((await page(first.id, 10)).complete).toBe(true);
    expect((await page(first.id, 10)).complete).toBe(true);
    expect(first.connection.all('page')).toHaveLength(1);
    await rig.close();
    rig = await coreRig({}, { store, secrets });
    expect(await page(first.id, 10)).toMatchObject({ bodies: ['0', '1', '2'], complete: true });
    expect(rig.connection(first.id).all('page')).toEqual([]);
  });

  it('looks past archive pages that hold only what is here already', async () => {
    const { id, connection } = await talking(await coreRig());
    const all = archived(id, 8);
    serve(connection, all);
    // Received live, so without the archive's ids.
    connection.says({
      type: 'messages-received',
      messages: all.slice(4).map(live),
    });
    expect((await page(id, 6)).bodies).toEqual(['2', '3', '4', '5', '6', '7']);
  });

  it('may not be complete while we are offline: nobody knows what the server has', async () => {
    const { id, connection } = await talking(await coreRig());
    connection.says({ type: 'messages-received', messages: archived(id, 2) });
    connection.goesOffline('network');
    expect(await page(id, 10)).toMatchObject({ bodies: ['0', '1'], complete: false });
  });

  it('is complete where the network has no archive', async () => {
    const { id, connection } = await talking(
      await coreRig({}, {}, (host) => {
        host.facets = ['messages'];
      }),
    );
    connection.says({ type: 'messages-received', messages: archived(id, 2) });
    expect(await page(id, 10)).toMatchObject({ bodies: ['0', '1'], complete: true });
  });

  it('says that the server has no archive, and asks again another day', async () => {
    const { id, connection } = await talking(await coreRig());
    connection.archive = async () => ({ messages: [], complete: true, absent: true });
    connection.says({ type: 'messages-received', messages: archived(id, 2).map(live) });
    const ask = () => rig.house.ask('history.page', { conversation: withAmy(id), limit: 10 });
    expect(await ask()).toMatchObject({ complete: true, noArchive: true, messages: [{ body: '0' }, { body: '1' }] });
    connection.archive = async () => ({ messages: [], complete: true });
    expect(await ask()).not.toHaveProperty('noArchive');
  });

  it('shows what is here when the archive cannot be read; where nothing is here, it says why', async () => {
    const { id, connection } = await talking(await coreRig());
    connection.archive = async () => {
      throw new KithError('timeout', 'The archive did not answer');
    };
    await expect(page(id, 10)).rejects.toMatchObject({ code: 'timeout' });
    connection.says({ type: 'messages-received', messages: archived(id, 2) });
    expect(await page(id, 10)).toMatchObject({ bodies: ['0', '1'], complete: false });
  });

  it('holds at least one message', async () => {
    const { id } = await talking(await coreRig());
    for (const limit of [0, -1, 1.5]) await expect(page(id, limit)).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('is found by words, too', async () => {
    const { id, connection } = await talking(await coreRig());
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'Meet at the mill')] });
    const found = await rig.house.ask('history.search', { words: 'mill', limit: 10 });
    expect(found.messages.map(({ body }) => body)).toEqual(['Meet at the mill']);
  });
});
