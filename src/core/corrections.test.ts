import { afterEach, describe, expect, it } from 'vitest';
import { type AccountId, type ContactId, conversationId, type Message, type MessageId } from '../domain/index.ts';
import { type CoreRig, coreRig, incoming } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const amy = { kind: 'contact', contact: 'amy@home' as ContactId } as const;
const send = (account: AccountId, body: string) => rig.house.ask('message.send', { account, target: amy, body });
const correct = (message: MessageId, body: string) => rig.house.ask('message.correct', { message, body });
const becomes = (connection: FakeConnection, message: MessageId, state: NonNullable<Message['delivery']>['state']) =>
  connection.says({ type: 'delivery-changed', message, delivery: { state, at: rig.clock.now() } });
const shown = (account: AccountId) =>
  rig.house.snapshot().conversations.find(({ id }) => id === conversationId(account, amy));

/** One message of ours that they have, and where it is. */
async function saidOne() {
  rig = await coreRig();
  const { id, connection } = await rig.account();
  const message = await send(id, 'airlock');
  await rig.settle();
  becomes(connection, message.id, 'read');
  await rig.settle();
  return { id, connection, message };
}

describe('a correction of ours', () => {
  it('is queued, written and delivered as any message, and shown in what it corrects', async () => {
    const { id, connection, message } = await saidOne();
    const states: unknown[] = [];
    connection.sending = async () => void states.push(rig.store.outgoing(id, 'sending').map(({ body }) => body));
    const corrected = await correct(message.id, 'window');
    expect(corrected).toMatchObject({ id: message.id, body: 'window', edit: { before: [{ body: 'airlock' }] } });
    await rig.settle();
    expect(states).toEqual([['window']]);
    const [[outgoing, replaces]] = connection.all('correct') as unknown as [[Message, string]];
    expect(replaces).toBe(message.id);
    expect(outgoing).toMatchObject({ id: corrected.edit!.by, body: 'window', target: amy });
    becomes(connection, outgoing.id, 'delivered');
    await rig.settle();
    expect(rig.events('messages-changed').at(-1)).toMatchObject({
      changed: [{ id: message.id, body: 'window', delivery: { state: 'delivered' } }],
      removed: [],
    });
    expect(shown(id)?.last).toMatchObject({ id: message.id, body: 'window' });
  });

  it('of what was corrected before names the first message again', async () => {
    const { connection, message } = await saidOne();
    await correct(message.id, 'widow');
    await rig.settle();
    await correct(message.id, 'window');
    await rig.settle();
    expect(connection.all('correct').map(([, replaces]) => replaces)).toEqual([message.id, message.id]);
    expect(rig.store.message(message.id)?.edit?.before.map(({ body }) => body)).toEqual(['airlock', 'widow']);
  });

  it('of what nobody has yet is no correction: the message itself goes out with other words', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('network');
    const message = await send(id, 'airlock');
    expect(await correct(message.id, 'window')).toMatchObject({ id: message.id, body: 'window' });
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('send').map(([out]) => (out as Message).body)).toEqual(['window']);
    expect(connection.all('correct')).toEqual([]);
    expect(rig.store.message(message.id)?.edit).toBeUndefined();
  });

  it('written while offline waits, may change again meanwhile, and goes once', async () => {
    const { connection, message } = await saidOne();
    connection.goesOffline('network');
    await correct(message.id, 'widow');
    await correct(message.id, 'window');
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('correct').map(([out]) => (out as Message).body)).toEqual(['window']);
  });

  it('that is not confirmed is sent again, or taken away, only by a person', async () => {
    const { connection, message } = await saidOne();
    const { edit } = await correct(message.id, 'window');
    await rig.settle();
    connection.goesOffline('protocol-crashed');
    await rig.settle();
    expect(rig.store.message(message.id)?.delivery?.state).toBe('unconfirmed');
    connection.comesOnline();
    await rig.settle();
    expect(connection.all('correct')).toHaveLength(1);
    await rig.house.ask('message.retry', { message: message.id });
    await rig.settle();
    expect(connection.all('correct').at(-1)).toMatchObject([{ id: edit!.by, body: 'window' }, message.id]);
    becomes(connection, edit!.by, 'failed');
    await rig.house.ask('message.discard', { message: message.id });
    await rig.settle();
    expect(rig.events('messages-changed').at(-1)).toMatchObject({
      changed: [{ id: message.id, body: 'airlock', delivery: { state: 'read' } }],
      removed: [],
    });
  });

  it('may not be empty, too long, of somebody else’s words, or of what is a day old', async () => {
    const { id, connection, message } = await saidOne();
    connection.says({ type: 'messages-received', messages: [incoming(id, amy.contact, 'theirs')] });
    await rig.settle();
    const theirs = shown(id)!.last!.id;
    await expect(correct(message.id, '  ')).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(correct(message.id, 'x'.repeat(64 * 1024 + 1))).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(correct(theirs, 'mine')).rejects.toMatchObject({ code: 'not-found' });
    await rig.clock.advance(24 * 3_600_000);
    await expect(correct(message.id, 'window')).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('is refused where the network has none, and nothing has changed', async () => {
    rig = await coreRig({}, {}, (host) => {
      host.facets = host.facets.filter((name) => name !== 'corrections');
    });
    const { id, connection } = await rig.account();
    const message = await send(id, 'airlock');
    await rig.settle();
    becomes(connection, message.id, 'sent');
    await expect(correct(message.id, 'window')).rejects.toMatchObject({ code: 'not-supported' });
    expect(rig.store.message(message.id)?.body).toBe('airlock');
  });
});

describe('a correction of theirs', () => {
  it('is told as a change of what was said, not as news, and nothing is unread again', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const said = incoming(id, amy.contact, 'airlock', { origin: 'o1' });
    connection.says({ type: 'messages-received', messages: [said] });
    await rig.settle();
    await rig.house.ask('conversation.acknowledge', { conversation: conversationId(id, said.target), upTo: said.id });
    await rig.settle();
    const before = rig.events('messages-changed').length;
    const correction = incoming(id, amy.contact, 'window', { origin: 'o2', replaces: 'o1' });
    connection.says({ type: 'messages-received', messages: [correction] });
    await rig.settle();
    expect(rig.events('messages-changed').slice(before)).toMatchObject([
      { changed: [{ id: said.id, body: 'window' }], removed: [correction.id] },
    ]);
    const conversation = rig.house.snapshot().conversations.find((one) => one.last?.id === said.id);
    expect(conversation).toMatchObject({ unread: 0, last: { body: 'window' } });
  });

  it('whose original comes afterwards leaves its own place', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const correction = incoming(id, amy.contact, 'window', { origin: 'o2', replaces: 'o1' });
    connection.says({ type: 'messages-received', messages: [correction] });
    await rig.settle();
    expect(rig.events('messages-changed').at(-1)?.changed).toMatchObject([{ id: correction.id, body: 'window' }]);
    const said = incoming(id, amy.contact, 'airlock', { origin: 'o1', at: correction.at - 60_000, caughtUp: true });
    connection.says({ type: 'messages-received', messages: [said], earlier: true });
    await rig.settle();
    expect(rig.events('messages-changed').slice(1)).toMatchObject([
      { changed: [{ id: said.id, body: 'window' }], removed: [correction.id] },
    ]);
  });
});
