import { describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import type { Conversation, Message, Room, RoomId } from '../domain/index.ts';
import { conversationId } from '../domain/index.ts';
import { noLeaks } from '../../test/harness/no-leaks.ts';
import { coreRig, type CoreRig, incoming } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';

const play = 'play@rooms' as RoomId;
const room = (more: Partial<Room> = {}): Room => ({
  id: play,
  name: 'The play',
  topic: '',
  nick: 'me',
  status: 'left',
  wanted: true,
  ...more,
});
const says = (connection: FakeConnection, more: Partial<Room> = {}): number =>
  connection.says({ type: 'rooms-changed', changed: [room(more)], removed: [] });
const target = { kind: 'room', room: play } as const;

async function house(): Promise<CoreRig & { connection: FakeConnection; id: string }> {
  const rig = await coreRig();
  const { id, connection } = await rig.account();
  return Object.assign(rig, { connection, id }) as never;
}
const joins = (connection: FakeConnection): number => connection.all('join').length;

describe('a room the person wants to be in', () => {
  noLeaks();

  it('is joined when its account says that it is not', async () => {
    const { connection, close } = await house();
    says(connection);
    expect(connection.all('join')).toEqual([[play, {}]]);
    says(connection, { wanted: false, id: 'other@rooms' as RoomId });
    expect(joins(connection)).toBe(1);
    await close();
  });

  it('is joined again after a loss, later and later, and at once when it held for a minute', async () => {
    const { connection, clock, close } = await house();
    const lost = () => says(connection, { reason: { code: 'network', text: 'gone' } });
    lost();
    await clock.advance(499);
    expect(joins(connection)).toBe(0);
    await clock.advance(1);
    expect(joins(connection)).toBe(1);
    lost();
    await clock.advance(999);
    expect(joins(connection)).toBe(1);
    await clock.advance(1);
    expect(joins(connection)).toBe(2);
    says(connection, { status: 'joined' });
    await clock.advance(60_000);
    lost();
    await clock.advance(500);
    expect(joins(connection)).toBe(3);
    await close();
  });

  it.each(['permission-denied', 'already-exists', 'cancelled'] as const)(
    'is left to the person after %s',
    async (code) => {
      const { connection, clock, close } = await house();
      says(connection, { reason: { code, text: 'no' } });
      await clock.advance(3_600_000);
      expect(joins(connection)).toBe(0);
      await close();
    },
  );

  it('waits no longer once the account is offline, or the room is gone', async () => {
    const { connection, clock, close } = await house();
    says(connection, { reason: { code: 'timeout', text: 'silent' } });
    connection.says({ type: 'rooms-changed', changed: [], removed: [play] });
    await clock.advance(3_600_000);
    expect(joins(connection)).toBe(0);
    await close();
  });

  it('is remembered over a restart, and given to the protocol', async () => {
    const first = await house();
    says(first.connection, { status: 'joined', topic: 'Act two' });
    await first.settle();
    await first.close();
    const second = await coreRig({}, first);
    const [account] = second.house.snapshot().accounts;
    expect(second.connection(account!.id).opening.rooms).toEqual([room({ topic: 'Act two' })]);
    await second.close();
  });
});

describe('a message to a room', () => {
  noLeaks();

  it('waits until we are in it, and holds up nobody else’s', async () => {
    const { house: kith, connection, settle, id, close } = await house();
    says(connection, { status: 'joining' });
    const waiting = (await kith.ask('message.send', { account: id as never, target, body: 'For the room' })) as Message;
    await kith.ask('message.send', {
      account: id as never,
      target: { kind: 'contact', contact: 'amy@home' as never },
      body: 'For Amy',
    });
    await settle();
    expect(connection.all('send').map(([message]) => (message as Message).body)).toEqual(['For Amy']);
    says(connection, { status: 'joined' });
    await settle();
    expect(connection.all('send').map(([message]) => (message as Message).id)).toContain(waiting.id);
    await close();
  });

  it('is sent when the room gives it back, with its place in the archive, and makes nobody a person', async () => {
    const { house: kith, connection, settle, store, id, close } = await house();
    says(connection, { status: 'joined' });
    const sent = (await kith.ask('message.send', { account: id as never, target, body: 'Hello' })) as Message;
    await settle();
    const back: Message = { ...sent, archive: 'play 7', nick: 'me', delivery: { state: 'sent', at: 1 } };
    connection.says({ type: 'messages-received', messages: [back] });
    connection.says({
      type: 'messages-received',
      messages: [incoming(id as never, 'play@rooms/Bob', 'Hi', { target, nick: 'Bob' })],
    });
    await settle();
    expect(store.message(sent.id)).toMatchObject({ archive: 'play 7', delivery: { state: 'sent' } });
    const { people, conversations } = kith.snapshot();
    expect(people).toEqual([]);
    expect(conversations).toMatchObject([
      { id: conversationId(id as never, target), unread: 1, last: { nick: 'Bob' } },
    ]);
    await close();
  });
});

describe('what is said in a room', () => {
  noLeaks();

  it('is told as a mention when it names us by the nick we bear there, and counted until it is read', async () => {
    const { house: kith, connection, settle, store, id, close } = await house();
    says(connection, { status: 'joined', nick: 'Juliet' });
    const from = 'play@rooms/Bob';
    const heard = ['anybody there?', 'JULIET, the lamp cue', 'ask me'].map((body) =>
      incoming(id as never, from, body, { target, nick: 'Bob' }),
    );
    connection.says({ type: 'messages-received', messages: heard });
    await settle();
    const [conversation] = kith.snapshot().conversations;
    expect(conversation).toMatchObject({ unread: 3, mentions: 1 });
    expect(heard.map((message) => store.message(message.id)?.mention)).toEqual([undefined, true, undefined]);
    await kith.ask('conversation.acknowledge', { conversation: conversation!.id, upTo: heard[1]!.id });
    await settle();
    expect(kith.snapshot().conversations[0]).toMatchObject({ unread: 1 });
    expect(kith.snapshot().conversations[0]).not.toHaveProperty('mentions');
    await close();
  });

  it('to somebody of the same name by themselves is no mention', async () => {
    const { connection, settle, store, id, close } = await house();
    says(connection, { status: 'joined', nick: 'me' });
    const said = incoming(id as never, 'bob@home', 'it was me');
    connection.says({ type: 'messages-received', messages: [said] });
    await settle();
    expect(store.message(said.id)).not.toHaveProperty('mention');
    await close();
  });
});

describe('the address of a room', () => {
  noLeaks();

  it('leads to the room where it is one of ours, and to a contact where it is not', async () => {
    const { house: kith, connection, close } = await house();
    const before = await kith.ask('conversation.open', { address: 'play@rooms' });
    expect(before.target).toEqual({ kind: 'contact', contact: 'play@rooms' });
    says(connection, { status: 'joined' });
    const after = await kith.ask('conversation.open', { address: 'play@rooms' });
    expect(after.target).toEqual(target);
    await close();
  });

  it('in a link that wants to join is opened in front of the person, who joins or does not', async () => {
    const { house: kith, connection, events, settle, id, close } = await house();
    const link = await kith.ask('link.open', { uri: 'fake:play@rooms?join' });
    expect(link).toEqual({ room: 'play@rooms', action: 'join' });
    await settle();
    const conversation = conversationId(id as never, target);
    expect(events('conversation-wanted')).toEqual([{ type: 'conversation-wanted', conversation }]);
    expect(joins(connection)).toBe(0);
    await close();
  });
});

describe('asking for a room', () => {
  noLeaks();

  it('gives its conversation when we are in, and the room’s own reason when not', async () => {
    const { house: kith, connection, id, close } = await house();
    const opened: Conversation = await kith.ask('room.join', {
      account: id as never,
      address: 'Play@rooms',
      nick: 'Juliet',
    });
    expect(opened.target).toEqual(target);
    expect(connection.all('join')).toEqual([[play, { nick: 'Juliet' }]]);
    connection.joining = async () => {
      throw new KithError('permission-denied', 'This room is for members only');
    };
    await expect(kith.ask('room.join', { account: id as never, address: 'play@rooms' })).rejects.toMatchObject({
      message: 'This room is for members only',
    });
    await close();
  });

  it('says what is missing: no address, no connection', async () => {
    const { house: kith, connection, id, close } = await house();
    await expect(kith.ask('room.join', { account: id as never, address: 'nowhere' })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    connection.goesOffline('network');
    await expect(kith.ask('room.leave', { account: id as never, room: play })).rejects.toMatchObject({
      code: 'not-online',
    });
    await close();
  });
});
