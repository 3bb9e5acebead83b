/** Rooms of a real Prosody: one of us, and somebody on slixmpp. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import {
  everythingTold,
  type Message,
  type MessageId,
  type Occupant,
  type Room,
  type RoomId,
} from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Slixmpp, startSlixmpp } from '../harness/slixmpp.ts';
import { type PersonSettings, XmppPerson } from '../harness/xmpp-person.ts';

describe('a room', () => {
  noLeaks();
  let server: Prosody;
  let bob: Slixmpp;
  let amy: XmppPerson;
  let room: RoomId;
  const everyone: XmppPerson[] = [];

  const person = (name: string, settings?: PersonSettings): XmppPerson => {
    const someone = new XmppPerson(server, name, settings);
    everyone.push(someone);
    return someone;
  };
  const roomOf = (who: XmppPerson): Room | undefined => who.seat.living.rooms.get(room);
  const there = (who: XmppPerson): ReadonlyMap<string, Occupant> => who.seat.living.occupants.get(room) ?? new Map();
  const untilRoom = (who: XmppPerson, fits: (room: Room) => boolean): Promise<unknown> =>
    who.seat.heard.until('rooms-changed', ({ changed }) => changed.some((one) => one.id === room && fits(one)));
  const untilThere = (who: XmppPerson, fits: (all: ReadonlyMap<string, Occupant>) => boolean): Promise<unknown> =>
    fits(there(who)) ? Promise.resolve() : who.seat.heard.until('occupants-changed', () => fits(there(who)));
  const say = async (who: XmppPerson, body: string): Promise<MessageId> => {
    const id = newId<MessageId>();
    const target = { kind: 'room', room } as const;
    await who.facet('messages').send({ id, target, body, at: Date.now(), disclosure: everythingTold });
    return id;
  };
  const hears = async (who: XmppPerson, body: string): Promise<Message> => {
    const fits = (message: Message): boolean => message.body === body;
    return (await who.seat.heard.until('messages-received', ({ messages }) => messages.some(fits))).messages.find(
      fits,
    )!;
  };

  beforeAll(async () => {
    server = await startProsody({ users: ['bob'], resumption: 60 });
    bob = await startSlixmpp(server, 'bob');
  });
  afterAll(async () => {
    await bob?.end();
    await server?.stop();
  });
  beforeEach(async () => {
    const name = `amy-${newId().slice(0, 8)}`;
    await server.register(name);
    room = server.room(`play-${newId().slice(0, 8)}`) as RoomId;
    amy = person(name);
    await amy.arrive();
  });
  afterEach(async () => {
    await Promise.all(everyone.splice(0).map((someone) => someone[Symbol.asyncDispose]()));
  });

  it('is made by who comes first, who sees the others come and go, with what they may', async () => {
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    expect(roomOf(amy)).toMatchObject({ status: 'joined', nick: 'Amy', wanted: true });
    await bob.join(room, 'Bob');
    await untilThere(amy, (all) => all.has('Bob'));
    expect([...there(amy).values()]).toMatchObject([
      { nick: 'Amy', role: 'moderator', affiliation: 'owner', own: true, address: amy.address },
      { nick: 'Bob', role: 'participant', affiliation: 'none', own: false, address: server.address('bob') },
    ]);
    bob.leaveRoom(room, 'Bob');
    await untilThere(amy, (all) => !all.has('Bob'));
  });

  it('hears each once, byte for byte, and gives back what is ours as sent', async () => {
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    await bob.join(room, 'Bob');
    const body = 'Grüße 👋🏽 <b>&amp;</b>\nzweite Zeile';
    await bob.say(room, body);
    expect(await hears(amy, body)).toMatchObject({
      direction: 'incoming',
      nick: 'Bob',
      target: { kind: 'room', room },
    });
    const id = await say(amy, 'And back');
    await amy.untilDelivery(id, 'sent');
    expect(await hears(amy, 'And back')).toMatchObject({ id, direction: 'outgoing', archive: expect.any(String) });
    await bob.events.next(
      'Amy',
      (event) => event.type === 'room-message' && event.body === 'And back' && event.nick === 'Amy',
    );
  });

  it('brings what was said meanwhile, without doubles, and is in the bookmarks for another device', async () => {
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    await bob.join(room, 'Bob');
    await bob.say(room, 'before');
    await hears(amy, 'before');
    await amy.leave();
    await bob.say(room, 'between');
    const again = person(amy.address.split('@')[0]!, { memory: [...amy.seat.kept] });
    await again.arrive();
    await untilRoom(again, ({ wanted, status, nick }) => wanted && status === 'left' && nick === 'Amy');
    await again.facet('rooms').join(room, {});
    expect(await hears(again, 'between')).toMatchObject({ caughtUp: true, nick: 'Bob', direction: 'incoming' });
    await bob.say(room, 'after');
    await hears(again, 'after');
    const bodies = again.seat.heard.all('messages-received').flatMap(({ messages }) => messages.map((one) => one.body));
    expect(bodies).toEqual(['between', 'after']);
  });

  it('pages back in its own archive, and knows ours among what others said', async () => {
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    await bob.join(room, 'Bob');
    for (const index of [1, 2, 3]) {
      await bob.say(room, `bob ${index}`);
      await hears(amy, `bob ${index}`);
      await amy.untilDelivery(await say(amy, `amy ${index}`), 'sent');
    }
    const target = { kind: 'room', room } as const;
    const newest = await amy.facet('archive').page(target, undefined, 4);
    expect(newest.messages.map(({ body, direction }) => [body, direction])).toEqual([
      ['bob 2', 'incoming'],
      ['amy 2', 'outgoing'],
      ['bob 3', 'incoming'],
      ['amy 3', 'outgoing'],
    ]);
    const older = await amy.facet('archive').page(target, newest.messages[0]!.archive, 4);
    expect(older.messages.map(({ body }) => body)).toEqual(['bob 1', 'amy 1']);
    expect(older.complete).toBe(true);
  });

  it('takes a topic and another name, and says when a name is taken', async () => {
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    await bob.join(room, 'Bob');
    await amy.facet('rooms').setTopic(room, 'Act two');
    await bob.events.next('the topic', (event) => event.type === 'topic' && event.topic === 'Act two');
    expect(roomOf(amy)?.topic).toBe('Act two');
    await expect(amy.facet('rooms').setNick(room, 'Bob')).rejects.toMatchObject({ code: 'already-exists' });
    await amy.facet('rooms').setNick(room, 'Juliet');
    expect(roomOf(amy)?.nick).toBe('Juliet');
    expect([...there(amy).keys()].toSorted()).toEqual(['Bob', 'Juliet']);
  });

  it('lets us in under another name when ours is taken', async () => {
    await bob.join(room, 'Amy');
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    expect(roomOf(amy)).toMatchObject({ status: 'joined', nick: 'Amy_' });
  });

  it('says who put us out and why, and that we are banned', async () => {
    await bob.join(room, 'Bob');
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    bob.putOut(room, 'Amy', 'Too loud');
    await untilRoom(amy, ({ status, reason }) => status === 'left' && reason?.code === 'permission-denied');
    expect(roomOf(amy)?.reason?.text).toBe('You were removed from this room: Too loud');
    await amy.facet('rooms').join(room, {});
    bob.ban(room, amy.address);
    await untilRoom(amy, ({ reason }) => reason?.text.startsWith('You are banned') === true);
    await expect(amy.facet('rooms').join(room, {})).rejects.toMatchObject({ code: 'permission-denied' });
  });

  it('is made as asked: named, with a password, and not twice', async () => {
    const settings = { name: 'The play', password: 'orchard', persistent: true, membersOnly: false };
    await amy.facet('rooms').create(room, { nick: 'Amy' }, settings);
    await untilRoom(amy, ({ name }) => name === 'The play');
    const ben = person('bob', { resource: 'other' });
    await ben.arrive();
    await expect(ben.facet('rooms').join(room, {})).rejects.toMatchObject({ message: 'This room needs a password' });
    await expect(ben.facet('rooms').join(room, { password: 'wall' })).rejects.toMatchObject({
      message: 'This is not the room’s password',
    });
    await ben.facet('rooms').join(room, { nick: 'Ben', password: 'orchard' });
    await expect(
      ben.facet('rooms').create(server.room('x-' + newId().slice(0, 6)) as RoomId, {}, {}),
    ).resolves.toBeUndefined();
    await expect(ben.facet('rooms').create(room, {}, {})).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('is found by browsing, its server’s service too', async () => {
    await amy.facet('rooms').create(room, {}, { name: 'Found me', persistent: true });
    const { rooms } = await amy.facet('rooms').list(undefined, undefined);
    expect(rooms).toContainEqual({ id: room, name: 'Found me' });
  });

  it('is where others ask us to come, and where we ask others, both ways', async () => {
    await bob.join(room, 'Bob');
    bob.invite(room, amy.address, 'Come down', 'by the room');
    await untilRoom(amy, ({ invitation }) => invitation !== undefined);
    expect(roomOf(amy)?.invitation).toEqual({ from: `${room}/Bob`, text: 'Come down' });
    await amy.facet('rooms').forget(room);
    expect(roomOf(amy)).toBeUndefined();
    bob.invite(room, amy.address, 'Come all the same', 'straight');
    await untilRoom(amy, ({ invitation }) => invitation?.text === 'Come all the same');
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    expect(roomOf(amy)?.invitation).toBeUndefined();
    await amy.facet('rooms').invite(room, server.address('bob') as never, 'And you');
    await bob.events.next('ours', (event) => event.type === 'invitation' && event.sender === amy.address);
  });

  it('is still ours after a cut that the server did not notice', async () => {
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    await bob.join(room, 'Bob');
    await untilThere(amy, (all) => all.has('Bob'));
    await amy.cut();
    expect(roomOf(amy)?.status).toBe('left');
    await bob.say(room, 'while the cable was out');
    await amy.arrive();
    expect(await hears(amy, 'while the cable was out')).toMatchObject({ nick: 'Bob' });
    expect(roomOf(amy)?.status).toBe('joined');
    expect([...there(amy).keys()].toSorted()).toEqual(['Amy', 'Bob']);
  });
});
