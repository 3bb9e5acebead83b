import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import type { Plugin, Stage } from '../contracts/index.ts';
import { type AccountId, type ContactId, conversationId, type Message } from '../domain/index.ts';
import { type CoreRig, coreRig, incoming, listed } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const amy = { kind: 'contact', contact: 'amy@home' as ContactId } as const;
const withAmy = (account: AccountId) => conversationId(account, amy);

async function history(account: AccountId): Promise<readonly string[]> {
  const page = await rig.house.ask('history.page', { conversation: withAmy(account), limit: 100 });
  return page.messages.map(({ body }) => body);
}

/** A plugin made of stages. */
function staged(...stages: readonly Stage[]): Plugin {
  return {
    manifest: { id: 'staged', contract: 1, displayName: 'Staged', enabledByDefault: true, needs: ['message-pipeline'] },
    async activate(kith) {
      const undos = stages.map((stage) => kith.pipeline.add(stage));
      return {
        async [Symbol.asyncDispose]() {
          for (const undo of undos) undo[Symbol.dispose]();
        },
      };
    },
  };
}

describe('a message that arrives', () => {
  it('is on disk before anyone is told, and acknowledged only then', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const order: string[] = [];
    const keep = rig.store.keep.bind(rig.store);
    rig.store.keep = (messages) => {
      order.push('stored');
      return keep(messages);
    };
    const listening = rig.house.onDidChange(({ events }) => {
      if (events.some(({ type }) => type === 'messages-changed')) order.push('told');
    });
    connection.stored = (revision) => void order.push(`acknowledged ${revision}`);
    const revision = connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'hello')] });
    await rig.settle();
    expect(order[0]).toBe('stored');
    expect(order.toSorted()).toEqual([`acknowledged ${revision}`, 'stored', 'told']);
    listening[Symbol.dispose]();
  });

  it('twice is shown once', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const once = incoming(id, 'amy@home', 'hello', { archive: 'a1' });
    connection.says({ type: 'messages-received', messages: [once] });
    connection.says({ type: 'messages-received', messages: [{ ...once, id: 'other' as never, caughtUp: true }] });
    await rig.settle();
    expect(await history(id)).toEqual(['hello']);
    expect(rig.events('messages-changed').flatMap(({ changed }) => changed)).toHaveLength(1);
    expect(connection.storedUpTo.at(-1)).toBe(connection.living.revision);
  });

  it('is told as a message once, not a second time inside the connection', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'chat-state-changed', target: amy, from: amy.contact, state: 'composing' });
    await rig.settle();
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'only once')] });
    await rig.settle();
    expect(JSON.stringify(rig.changes).split('only once')).toHaveLength(3); // in messages-changed, and as the conversation's last
    expect(rig.events('connection-changed').at(-1)?.event).toEqual({
      type: 'chat-state-changed',
      target: amy,
      from: 'amy@home',
      state: 'active',
    });
  });

  describe('out of an archive that knows whole seconds', () => {
    const second = Date.UTC(2026, 0, 1, 12);
    const live = (id: AccountId, body: string, at: number) => incoming(id, 'amy@home', body, { at });
    const archived = (id: AccountId, body: string, at: number, more: Partial<Message> = {}) =>
      incoming(id, 'amy@home', body, { at, archive: `archived ${body}`, caughtUp: true, ...more });

    it('stands below what they said before, unless it is known to have come earlier', async () => {
      rig = await coreRig();
      const { id, connection } = await rig.account();
      connection.says({ type: 'messages-received', messages: [live(id, 'two', second + 700)] });
      connection.says({ type: 'messages-received', messages: [archived(id, 'three', second)] });
      connection.says({ type: 'messages-received', messages: [archived(id, 'one', second - 1_000)], earlier: true });
      expect(await history(id)).toEqual(['one', 'two', 'three']);
    });

    it('stands above what we have said meanwhile, and below that of ours which it follows', async () => {
      rig = await coreRig();
      const { id, connection } = await rig.account();
      const say = (body: string) => rig.house.ask('message.send', { account: id, target: amy, body });
      await rig.clock.advance(700);
      const ours = await say('question');
      const spoken = Math.floor(ours.at / 1_000) * 1_000;
      await rig.clock.advance(4_000);
      await say('said while connecting');
      const asked = archived(id, 'question', spoken, { id: ours.id, origin: ours.id, direction: 'outgoing' });
      connection.says({ type: 'messages-received', messages: [archived(id, 'hello', spoken - 1_000), asked] });
      connection.says({ type: 'messages-received', messages: [archived(id, 'answer', spoken)] });
      expect(await history(id)).toEqual(['hello', 'question', 'answer', 'said while connecting']);
    });
  });

  it('from someone nobody knows makes them a person', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: [listed('stranger@far', { listed: false })], removed: [] });
    expect(rig.house.snapshot().people).toEqual([]);
    connection.says({ type: 'messages-received', messages: [incoming(id, 'stranger@far', 'psst')] });
    expect(rig.house.snapshot().people).toMatchObject([{ name: 'stranger@far' }]);
  });
});

describe('a fact that needs no disk', () => {
  it('is acknowledged too, once a turn however many there were', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    await rig.settle();
    const before = connection.storedUpTo.length;
    for (let fact = 0; fact < 50; fact += 1) connection.says({ type: 'roster-received' });
    await rig.settle();
    expect(connection.storedUpTo.slice(before)).toEqual([connection.living.revision]);
  });
});

describe('a disk that is full', () => {
  const full = new KithError('disk', 'The disk is full');

  it('does not keep a message from being shown, but from being acknowledged', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.settle();
    const safe = connection.living.revision;
    rig.store.failing = full;
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'hello')] });
    connection.says({ type: 'roster-received' });
    await rig.settle();
    expect(rig.events('messages-changed').at(-1)?.changed).toMatchObject([{ body: 'hello' }]);
    expect(rig.house.snapshot().conversations).toMatchObject([{ unread: 1, last: { body: 'hello' } }]);
    expect(connection.storedUpTo.at(-1)).toBe(safe);
  });

  it('is said once, and once more when it is full again', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const says = (body: string) =>
      connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', body)] });
    rig.store.failing = full;
    for (const body of ['one', 'two', 'three']) says(body);
    await rig.settle();
    expect(rig.events('trouble')).toEqual([
      { type: 'trouble', trouble: { code: 'disk', message: 'The disk is full' } },
    ]);
    expect(rig.house.snapshot().trouble).toEqual({ code: 'disk', message: 'The disk is full' });
    rig.store.failing = undefined;
    says('four');
    expect(rig.house.snapshot()).not.toHaveProperty('trouble');
    rig.store.failing = full;
    says('five');
    await rig.settle();
    expect(rig.events('trouble')).toHaveLength(2);
  });

  it('is tried again, by the next fact or after half a minute; then all is kept and acknowledged', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    rig.store.failing = full;
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'one')] });
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home')], removed: [] });
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'two')] });
    await rig.clock.advance(29_999);
    rig.store.failing = undefined;
    expect(await history(id)).toEqual([]);
    await rig.clock.advance(1);
    expect(await history(id)).toEqual(['one', 'two']);
    expect(rig.store.contacts(id)).toHaveLength(1);
    expect(connection.storedUpTo.at(-1)).toBe(connection.living.revision);
    expect(rig.house.snapshot().conversations).toMatchObject([{ unread: 2, last: { body: 'two' } }]);
  });

  it('that takes what we say also takes what it refused before', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    rig.store.failing = full;
    connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', 'question')] });
    rig.store.failing = undefined;
    await rig.house.ask('message.send', { account, target: amy, body: 'answer' });
    await rig.settle();
    expect(await history(account)).toEqual(['question', 'answer']);
    expect(rig.house.snapshot().conversations).toMatchObject([{ unread: 0, last: { body: 'answer' } }]);
    expect(connection.storedUpTo.at(-1)).toBe(connection.living.revision);
  });

  it('does not make what is shown forget what is not yet kept', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    const keep = rig.store.keep.bind(rig.store);
    rig.store.keep = (messages) => {
      if (messages.some(({ direction }) => direction === 'incoming')) throw full;
      return keep(messages);
    };
    connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', 'question')] });
    await rig.house.ask('message.send', { account, target: amy, body: 'answer' });
    expect(rig.house.snapshot().conversations).toMatchObject([{ unread: 1 }]);
  });

  it('keeps what a protocol wanted remembered from being forgotten by what comes later', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.settle();
    const safe = connection.living.revision;
    rig.store.failing = full;
    rig.host().duties.remember(id, 'seen', '1');
    rig.store.failing = undefined;
    connection.says({ type: 'roster-received' });
    await rig.settle();
    expect(connection.storedUpTo.at(-1)).toBe(safe);
    await rig.clock.advance(30_000);
    expect(rig.store.memory(id)).toEqual([['seen', '1']]);
    expect(connection.storedUpTo.at(-1)).toBe(connection.living.revision);
  });

  it('does not keep the house from opening, nor a connection from being tried again', async () => {
    const before = await coreRig();
    const { id } = await before.account();
    await before.house.ask('message.send', { account: id, target: amy, body: 'hello' });
    await before.settle();
    before.store.failing = full;
    rig = await coreRig({}, { store: before.store, secrets: before.secrets });
    expect(rig.house.snapshot().connections).toMatchObject([{ status: 'online' }]);
    rig.connection(id).goesOffline('authentication-failed');
    rig.connection(id).goesOffline('network');
    expect(rig.house.snapshot().retries).toHaveLength(1);
    rig.store.failing = undefined;
    await rig.clock.advance(30_000);
    expect(rig.store.outgoing(id, 'unconfirmed')).toHaveLength(1);
    await before.close();
  });

  it('refuses what we say, so that nothing is sent that is not kept', async () => {
    rig = await coreRig();
    const { id: account, connection } = await rig.account();
    rig.store.failing = full;
    await expect(rig.house.ask('message.send', { account, target: amy, body: 'hello' })).rejects.toMatchObject({
      code: 'disk',
    });
    expect(connection.all('send')).toEqual([]);
  });
});

describe('the length of a message', () => {
  it('may be 64 kB of UTF-8 and not a byte more', async () => {
    rig = await coreRig();
    const { id: account } = await rig.account();
    const most = '€'.repeat(21_845);
    await rig.house.ask('message.send', { account, target: amy, body: `${most}a` });
    await expect(rig.house.ask('message.send', { account, target: amy, body: `${most}ab` })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: 'This message is too long: 65 kB of at most 64 kB',
    });
    expect(await history(account)).toEqual([`${most}a`]);
  });
});

describe('the stages of the pipeline', () => {
  const shout = (message: Message): Message => ({ ...message, body: message.body.toUpperCase() });

  it('transform and decorate before the store, in this order, so that what is stored is what is shown and sent', async () => {
    const mark = (word: string, at: Stage['at']): Stage => ({
      id: word,
      at,
      run: (message) => ({ ...message, body: `${message.body} ${word}` }),
    });
    rig = await coreRig({ plugins: [staged(mark('decorated', 'decorate'), mark('transformed', 'transform'))] });
    const { id: account, connection } = await rig.account();
    connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', 'in')] });
    const sent = await rig.house.ask('message.send', { account, target: amy, body: 'out' });
    await rig.settle();
    expect(sent.body).toBe('out transformed decorated');
    expect(connection.all('send')).toMatchObject([[{ body: 'out transformed decorated' }]]);
    expect(await history(account)).toEqual(['in transformed decorated', 'out transformed decorated']);
    expect(rig.events('messages-changed').flatMap(({ changed }) => changed)).toMatchObject([
      { body: 'in transformed decorated' },
      { body: 'out transformed decorated' },
    ]);
  });

  it('may take their time without messages overtaking each other, or being acknowledged early', async () => {
    rig = await coreRig({
      plugins: [
        staged({
          id: 'slow',
          at: 'transform',
          run: (message) =>
            message.body === 'slow'
              ? new Promise((resolve) => rig.clock.after(1_000, () => resolve(shout(message))))
              : message,
        }),
      ],
    });
    const { id, connection } = await rig.account();
    await rig.settle();
    const safe = connection.living.revision;
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'slow')] });
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'quick')] });
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home')], removed: [] });
    await rig.clock.advance(999);
    expect(rig.events('messages-changed')).toEqual([]);
    expect(rig.store.contacts(id)).toHaveLength(1);
    expect(connection.storedUpTo.at(-1)).toBe(safe);
    await rig.clock.advance(1);
    expect(await history(id)).toEqual(['SLOW', 'quick']);
    expect(connection.storedUpTo.at(-1)).toBe(connection.living.revision);
  });

  it('may end a message: an incoming one is acknowledged and gone, an outgoing one is refused', async () => {
    rig = await coreRig({ plugins: [staged({ id: 'end', at: 'transform', run: () => undefined })] });
    const { id: account, connection } = await rig.account();
    connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', 'in')] });
    await expect(rig.house.ask('message.send', { account, target: amy, body: 'out' })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await rig.settle();
    expect(rig.store.conversations()).toEqual([]);
    expect(connection.storedUpTo.at(-1)).toBe(connection.living.revision);
  });

  it('may keep one that is stored from being told as news', async () => {
    rig = await coreRig({ plugins: [staged({ id: 'quiet', at: 'announce', run: () => undefined })] });
    const { id, connection } = await rig.account();
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'in')] });
    await rig.settle();
    expect(await history(id)).toEqual(['in']);
    expect(rig.events('messages-changed')).toEqual([]);
  });

  it('that announce hear of a message once, in either direction, and cannot change what is told', async () => {
    const heard: string[] = [];
    rig = await coreRig({
      plugins: [
        staged({
          id: 'hear',
          at: 'announce',
          run: (message) => {
            heard.push(message.body);
            return shout(message);
          },
        }),
      ],
    });
    const { id: account, connection } = await rig.account();
    const said = incoming(account, 'amy@home', 'in');
    connection.says({ type: 'messages-received', messages: [said] });
    connection.says({ type: 'messages-received', messages: [{ ...said, id: 'again' as never }] });
    await rig.house.ask('message.send', { account, target: amy, body: 'out' });
    await rig.settle();
    expect(heard).toEqual(['in', 'out']);
    expect(rig.events('messages-changed').flatMap(({ changed }) => changed)).toMatchObject([
      { body: 'in' },
      { body: 'out' },
    ]);
  });

  it('cannot make one message into another', async () => {
    const other = 'other@home' as ContactId;
    rig = await coreRig({
      plugins: [
        staged({
          id: 'forge',
          at: 'decorate',
          run: (message) => ({
            ...message,
            from: other,
            origin: 'x',
            id: 'x' as never,
            archive: 'x',
            direction: 'outgoing',
          }),
        }),
      ],
    });
    const { id, connection } = await rig.account();
    const said = incoming(id, 'amy@home', 'hello', { archive: 'a1' });
    connection.says({ type: 'messages-received', messages: [said] });
    expect(rig.store.message(said.id)).toEqual(said);
  });
});

/** Says of each message what became of it, as a test's connection would. */
function becomes(connection: FakeConnection, message: Message, state: NonNullable<Message['delivery']>['state']): void {
  connection.says({ type: 'delivery-changed', message: message.id, delivery: { state, at: rig.clock.now() } });
}

describe('a message that leaves', () => {
  const stateOf = (message: Message) => rig.store.message(message.id)?.delivery?.state;
  const send = (account: AccountId, body: string) => rig.house.ask('message.send', { account, target: amy, body });

  it('is on disk as queued before it is written, and as sending before it can be on any wire', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const states: unknown[] = [];
    connection.sending = async (message) => void states.push(rig.store.message(message.id)?.delivery?.state);
    const message = await send(id, 'hello');
    expect(message.delivery).toEqual({ state: 'queued', at: rig.clock.now() });
    expect(message.origin).toBe(message.id);
    await rig.settle();
    expect(states).toEqual(['sending']);
  });

  it('moves on as the protocol says, and never back', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const message = await send(id, 'hello');
    await rig.settle();
    for (const state of ['sent', 'delivered', 'sent', 'read'] as const) becomes(connection, message, state);
    expect(stateOf(message)).toBe('read');
    await rig.settle();
    expect(rig.events('messages-changed').at(-1)?.changed).toMatchObject([{ delivery: { state: 'read' } }]);
    expect(rig.house.snapshot().conversations[0]?.last?.delivery?.state).toBe('read');
  });

  it('while offline waits, and goes with the others in order once online', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('network');
    for (const body of ['one', 'two', 'three']) {
      await send(id, body);
      await rig.clock.advance(1);
    }
    expect(connection.all('send')).toEqual([]);
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('send').map(([message]) => (message as Message).body)).toEqual(['one', 'two', 'three']);
  });

  it('is sent after those before it, also when those take time', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    let written = (): void => {};
    connection.sending = ({ body }) =>
      body === 'one' ? new Promise((resolve) => (written = resolve)) : Promise.resolve();
    await send(id, 'one');
    const second = await send(id, 'two');
    await rig.settle();
    expect(connection.all('send')).toHaveLength(1);
    expect(stateOf(second)).toBe('queued');
    written();
    await rig.settle();
    expect(connection.all('send')).toHaveLength(2);
  });

  it('goes back to the queue when not a byte of it was written', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.sending = async () => {
      throw new KithError('not-online', 'Just gone');
    };
    const message = await send(id, 'hello');
    await rig.settle();
    expect(stateOf(message)).toBe('queued');
    connection.sending = async () => {};
    connection.goesOffline('network');
    await rig.clock.advance(1_000);
    expect(stateOf(message)).toBe('sending');
    expect(connection.all('send')).toHaveLength(2);
  });

  it('that is refused has failed, for the reason given; the next still goes', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.sending = async ({ body }) => {
      if (body === 'rude') throw new KithError('permission-denied', 'Not like that');
    };
    const rude = await send(id, 'rude');
    const polite = await send(id, 'polite');
    await rig.settle();
    expect(rig.store.message(rude.id)?.delivery).toMatchObject({
      state: 'failed',
      reason: 'permission-denied',
      text: 'Not like that',
    });
    expect(stateOf(polite)).toBe('sending');
  });

  it.each(['protocol-crashed', 'network', 'timeout'] as const)(
    'is unconfirmed when writing it ended with %s, and never sent again by itself',
    async (code) => {
      rig = await coreRig();
      const { id, connection } = await rig.account();
      connection.sending = async () => {
        throw new KithError(code, 'Nobody knows');
      };
      const message = await send(id, 'hello');
      await rig.settle();
      expect(stateOf(message)).toBe('unconfirmed');
      connection.goesOffline('network');
      await rig.clock.advance(60_000);
      expect(connection.all('send')).toHaveLength(1);
    },
  );

  it('on its way when the protocol crashes is unconfirmed; one still queued goes later', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const onItsWay = await send(id, 'on its way');
    await rig.settle();
    connection.goesOffline('protocol-crashed');
    const queued = await send(id, 'queued');
    await rig.settle();
    expect(rig.store.message(onItsWay.id)?.delivery).toMatchObject({ state: 'unconfirmed', reason: 'not-confirmed' });
    connection.comesOnline();
    await rig.settle();
    expect(stateOf(queued)).toBe('sending');
    expect(connection.all('send')).toHaveLength(2);
  });

  it('on its way when only the network goes is left to the protocol, which may resume', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const message = await send(id, 'hello');
    await rig.settle();
    connection.goesOffline('network');
    expect(stateOf(message)).toBe('sending');
    connection.comesOnline();
    becomes(connection, message, 'sent');
    expect(stateOf(message)).toBe('sent');
  });

  it('on its way when its account is switched off is unconfirmed: nobody is left to say', async () => {
    rig = await coreRig();
    const { id: account } = await rig.account();
    const message = await send(account, 'hello');
    await rig.settle();
    await rig.house.ask('account.set', { account, enabled: false });
    expect(stateOf(message)).toBe('unconfirmed');
  });

  it('on its way when the computer died is unconfirmed at the next start', async () => {
    const before = await coreRig();
    const { id } = await before.account();
    const message = await before.house.ask('message.send', { account: id, target: amy, body: 'hello' });
    await before.settle();
    rig = await coreRig({}, { store: before.store, secrets: before.secrets });
    expect(stateOf(message)).toBe('unconfirmed');
    await rig.settle();
    expect(rig.connection(id).all('send')).toEqual([]);
    await before.close();
  });

  it('that we feared lost is sent after all when the archive has it', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const message = await send(id, 'hello');
    await rig.settle();
    connection.goesOffline('protocol-crashed');
    connection.comesOnline();
    const copy = { ...message, id: 'copy' as never, archive: 'a1', caughtUp: true };
    connection.says({ type: 'messages-received', messages: [copy] });
    await rig.settle();
    expect(stateOf(message)).toBe('sent');
    expect(await history(id)).toEqual(['hello']);
  });

  it('goes once more only when a person says so', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const message = await send(id, 'hello');
    const retry = () => rig.house.ask('message.retry', { message: message.id });
    await rig.settle();
    await expect(retry()).rejects.toMatchObject({ code: 'invalid-argument' });
    connection.goesOffline('protocol-crashed');
    await retry();
    expect(stateOf(message)).toBe('queued');
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('send').map(([sent]) => (sent as Message).id)).toEqual([message.id, message.id]);
  });

  describe('that may have arrived, sent again by a person', () => {
    async function again() {
      rig = await coreRig();
      const { id, connection } = await rig.account();
      const message = await send(id, 'hello');
      await rig.settle();
      connection.goesOffline('protocol-crashed');
      await rig.house.ask('message.retry', { message: message.id });
      let read = { resolve: (): void => {}, reject: (_error: KithError): void => {} };
      const reading = new Promise<void>((resolve, reject) => (read = { resolve, reject }));
      connection.readingThrough = () => reading;
      connection.comesOnline();
      await rig.settle();
      const sent = () => connection.all('send').map(([one]) => (one as Message).body);
      return { id, connection, message, read, sent };
    }

    it('waits until the archive was read, and nothing else waits for it', async () => {
      const { id, connection, message, read, sent } = await again();
      await send(id, 'and more');
      await rig.settle();
      expect(sent()).toEqual(['hello', 'and more']);
      expect(stateOf(message)).toBe('queued');
      read.resolve();
      await rig.settle();
      expect(sent()).toEqual(['hello', 'and more', 'hello']);
      expect(connection.all('readThrough')).toEqual([[amy]]);
    });

    it('is not sent when the archive has it', async () => {
      const { id, connection, message, read, sent } = await again();
      const copy = { ...message, id: 'copy' as never, archive: 'a1', caughtUp: true };
      connection.says({ type: 'messages-received', messages: [copy] });
      read.resolve();
      await rig.settle();
      expect(sent()).toEqual(['hello']);
      expect(stateOf(message)).toBe('sent');
      expect(await history(id)).toEqual(['hello']);
    });

    it('asks anew after the account was switched off and on, whatever became of the first asking', async () => {
      const { id, read, sent } = await again();
      await rig.house.ask('account.set', { account: id, enabled: false });
      await rig.settle();
      await rig.house.ask('account.set', { account: id, enabled: true });
      await rig.settle();
      const next = rig.connection(id);
      expect(sent()).toEqual(['hello']);
      expect(next.all('readThrough')).toEqual([[amy]]);
      expect(next.all('send').map(([one]) => (one as Message).body)).toEqual(['hello']);
      read.resolve();
      await rig.settle();
    });

    it('cannot be put otherwise before it is known whether it arrived', async () => {
      const { message, read, sent } = await again();
      const correct = () => rig.house.ask('message.correct', { message: message.id, body: 'good day' });
      await expect(correct()).rejects.toMatchObject({ code: 'invalid-argument' });
      read.resolve();
      await rig.settle();
      expect(sent()).toEqual(['hello', 'hello']);
      expect(await correct()).toMatchObject({ body: 'good day' });
    });

    it('asks the next connection when this one went before the archive was read', async () => {
      const { connection, read, sent } = await again();
      connection.goesOffline('network');
      read.reject(new KithError('network', 'gone'));
      connection.readingThrough = async () => {};
      await rig.settle();
      expect(sent()).toEqual(['hello']);
      connection.comesOnline();
      await rig.settle();
      expect(sent()).toEqual(['hello', 'hello']);
    });
  });

  it('can be discarded, and is then not sent', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('network');
    const message = await send(id, 'hello');
    expect(rig.house.snapshot().conversations).toMatchObject([{ last: { id: message.id } }]);
    await rig.house.ask('message.discard', { message: message.id });
    expect(rig.house.snapshot().conversations[0]).not.toHaveProperty('last');
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('send')).toEqual([]);
    expect(rig.events('messages-changed').at(-1)?.removed).toEqual([message.id]);
    await expect(rig.house.ask('message.discard', { message: message.id })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('must say something, from an account that exists', async () => {
    rig = await coreRig();
    const { id } = await rig.account();
    await expect(send(id, ' \n')).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(send('gone' as AccountId, 'hello')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('stands below what it answers although the other clock is ahead', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const at = rig.clock.now() + 3_000;
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'question', { at })] });
    await send(id, 'answer');
    expect(await history(id)).toEqual(['question', 'answer']);
  });
});

describe('what is logged', () => {
  it('never holds what was said', async () => {
    rig = await coreRig({
      plugins: [
        staged({
          id: 'clumsy',
          at: 'decorate',
          run: (message) => {
            throw new Error(`cannot parse ${message.body}`);
          },
        }),
      ],
    });
    const { id: account, connection } = await rig.account();
    connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', 'between us')] });
    await rig.house.ask('message.send', { account, target: amy, body: 'between us' });
    rig.store.failing = new KithError('disk', 'The disk is full');
    connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', 'between us')] });
    await rig.settle();
    expect(rig.lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(rig.lines)).not.toContain('between us');
  });
});
