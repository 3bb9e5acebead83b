/** Two of us meet in a room of a real server, told by the command line; the room is there again at the next start. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationId } from '../../src/domain/index.ts';
import { type KithRun, kith, newProfile, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';

describe('two Kiths in one room', () => {
  let server: Prosody;
  let profile: string;
  let alice: KithRun;
  let bob: KithRun;
  let room: string;

  beforeAll(async () => {
    [server, profile] = await Promise.all([startProsody(), newProfile()]);
    await server.register('alice');
    await server.register('bob');
    room = server.room('orchard');
    [alice, bob] = await Promise.all([startKith({ profile }), startKith()]);
    await alice.signIn(server, 'alice');
    await bob.signIn(server, 'bob');
  });
  afterAll(async () => {
    await alice?.stop();
    await bob?.stop();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  const roomsOf = async (who: KithRun): Promise<unknown> => JSON.parse((await who.say('rooms', '--json')).output);

  it('go in by the command line, under the names they choose', async () => {
    expect(await alice.say('join', room, '--nick', 'Alice')).toMatchObject({
      code: 0,
      output: `You are in ${room}.\n`,
    });
    expect(await bob.say('join', room)).toMatchObject({ code: 0 });
    expect(await roomsOf(alice)).toMatchObject([{ address: room, state: 'joined', nick: 'Alice', unread: 0 }]);
    expect(await roomsOf(bob)).toMatchObject([{ address: room, state: 'joined', nick: 'bob' }]);
  });

  it('hear one another, and what names them is told as a mention', async () => {
    expect(await bob.say('send', room, 'Alice: the gate is open')).toMatchObject({ code: 0 });
    const heard = await alice.message('what Bob says', ({ body }) => body === 'Alice: the gate is open');
    expect(heard).toMatchObject({ nick: 'bob', mention: true, direction: 'incoming' });
    expect(await roomsOf(alice)).toMatchObject([{ unread: 1, mentions: 1 }]);
    expect((await alice.say('history', room)).output).toMatch(/ bob: Alice: the gate is open\n$/);
    expect(await alice.say('send', room, 'I come')).toMatchObject({ code: 0 });
    await bob.message('the answer', ({ body, nick }) => body === 'I come' && nick === 'Alice');
    await alice.stored(
      'its place in the archive',
      room,
      ({ body, archive }) => body === 'I come' && archive !== undefined,
    );
  });

  it('are in it again by themselves after a new start, with what was said meanwhile', async () => {
    await alice.stop();
    expect(await bob.say('send', room, 'Where did you go?')).toMatchObject({ code: 0 });
    alice = await startKith({ profile });
    await alice.connection(
      'being in the room',
      (event) =>
        event.type === 'rooms-changed' && event.changed.some(({ id, status }) => id === room && status === 'joined'),
    );
    await alice.stored('what Bob said', room, ({ body }) => body === 'Where did you go?');
    const { messages } = await alice.ask('history.page', {
      conversation: conversationId((await alice.join()).accounts[0]!.id, { kind: 'room', room: room as never }),
      limit: 50,
    });
    expect(messages.map(({ body }) => body)).toEqual(['Alice: the gate is open', 'I come', 'Where did you go?']);
  });

  it('are not in a room they were not told to join: nothing is sent there, and a link to it only opens it', async () => {
    const other = server.room('elsewhere');
    const sent = await alice.say('send', other, 'Anybody?');
    expect(sent.code).not.toBe(0);
    const opened = await alice.say('open', `xmpp:${other}?join`);
    expect(opened).toMatchObject({ code: 0 });
    expect(await roomsOf(alice)).toMatchObject([{ address: room }]);
  });

  it('without a Kith that runs, joining says what to do', async () => {
    const empty = await newProfile();
    const refused = await kith(['join', room, '--profile', empty]);
    expect(refused.code).not.toBe(0);
    expect(refused.errors).toContain('Start it with kith');
    await rm(empty, { recursive: true, force: true });
  });
});
