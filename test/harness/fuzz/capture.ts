/** A morning of amy's at a real Prosody, overheard: signing in, people, messages, a room, the archive, and a road that breaks. */
import { connect } from 'node:tls';
import { newId } from '../../../src/base/index.ts';
import { emptyCard, everythingTold, type ContactId, type RoomId } from '../../../src/domain/index.ts';
import { startProsody, type Prosody } from '../prosody.ts';
import { startTunnel } from '../tunnel.ts';
import { befriend, towards, XmppPerson } from '../xmpp-person.ts';
import { Cutter, type Said, type Side } from './traffic.ts';

/** One white pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC';

/** Resolves with what was said in each connection of amy's. The road is encrypted only behind the ear that overhears it. */
export async function capture(sasl2: boolean): Promise<readonly (readonly Said[])[]> {
  const connections: Said[][] = [];
  const cutters = new Map<string, Cutter>();
  const overhear = (connection: number, way: 'there' | 'back', bytes: Buffer) => {
    const said = (connections[connection - 1] ??= []);
    const by: Side = way === 'there' ? 'client' : 'server';
    const cutter = cutters.get(`${connection} ${way}`) ?? new Cutter((text) => said.push({ by, text }));
    cutters.set(`${connection} ${way}`, cutter);
    cutter.take(bytes);
  };
  await using server = await startProsody({ domains: ['kith.test'], users: ['amy', 'ben', 'cleo'], sasl2 });
  const { host, ca, directTlsPort: port } = server;
  await using road = await startTunnel(() => connect({ host, port, ca, servername: 'kith.test' }), overhear);
  await morning(server, { ...server, port: road.port });
  return connections;
}

async function morning(server: Prosody, road: Prosody): Promise<void> {
  const person = (at: Prosody, name: string, resource = 'desk') =>
    new XmppPerson(at, name, { resource, parameters: { plainText: true } });
  await using amy = person(road, 'amy');
  await using phone = person(server, 'amy', 'phone');
  await using ben = person(server, 'ben');
  await using cleo = person(server, 'cleo');
  await Promise.all([amy, ben, cleo].map((one) => one.arrive()));
  await befriend(amy, ben);
  await ben.facet('nickname').setOwn('Benno');
  await ben.facet('avatars').setOwn(png);
  await ben.facet('cards').writeOwn({ ...emptyCard, name: 'Ben Example', mails: ['ben@kith.test'] });
  await amy.untilSees(ben, ({ avatar, nickname }) => avatar !== '' && nickname === 'Benno');
  await amy.facet('avatars').fetch(ben.address, amy.sees(ben)?.avatar ?? '');
  await amy.facet('cards').read(ben.address);
  await amy.facet('devices').list(ben.address);

  await ben.facet('chatStates').set(towards(amy), 'composing');
  await ben.say(amy, 'Good morning, are you there? ☕');
  const { origin = '' } = await amy.hears('Good morning, are you there? ☕');
  await amy.facet('readMarkers').markRead(towards(ben), origin);
  await amy.untilDelivery(await amy.say(ben, 'I am <here> & "awake"'), 'delivered');
  await phone.arrive();
  await phone.say(ben, 'On my way');
  await amy.hears('On my way');
  await ben.facet('presence').setOwn({ availability: 'away', status: 'away', message: 'Lunch' });
  await amy.untilSees(ben, ({ presence }) => presence.message === 'Lunch');

  await cleo.say(amy, 'We have not met');
  await amy.hears('We have not met');
  await cleo.facet('roster').request(amy.address, { message: 'It is me' });
  await amy.untilSees(cleo, ({ theySeeUs }) => theySeeUs === 'asked');
  await amy.facet('blocking').block(cleo.address);
  await amy.facet('blocking').unblock(cleo.address);
  const nobody = { kind: 'contact', contact: server.address('nobody') as ContactId } as const;
  const lost = newId<never>();
  await amy.facet('messages').send({ id: lost, target: nobody, body: 'Hello?', at: 0, disclosure: everythingTold });
  await amy.untilDelivery(lost, 'failed');
  await amy.facet('roster').rename(ben.address, 'Big Ben');
  await amy.facet('roster').setGroups(ben.address, ['Work']);

  const room = server.room('kitchen') as RoomId;
  await ben.facet('rooms').create(room, { nick: 'Ben' }, { name: 'The kitchen', persistent: true });
  await ben.facet('rooms').invite(room, amy.address, 'There is cake');
  await amy.seat.heard.until('rooms-changed', ({ changed }) => changed.some(({ invitation }) => invitation));
  await amy.facet('rooms').join(room, { nick: 'Amy' });
  const inRoom = (body: string) => ({ target: { kind: 'room', room } as const, body, disclosure: everythingTold });
  await ben.facet('messages').send({ ...inRoom('Amy: cake!'), id: newId(), at: 0 });
  await amy.hears('Amy: cake!');
  await amy.facet('messages').send({ ...inRoom('/me runs'), id: newId(), at: 0 });
  await ben.hears('/me runs');
  await ben.facet('rooms').setTopic(room, 'Cake');
  await amy.seat.heard.until('rooms-changed', ({ changed }) => changed.some(({ topic }) => topic === 'Cake'));
  await ben.facet('rooms').setNick(room, 'Benno');
  await amy.seat.heard.until('occupants-changed', ({ changed }) => changed.some(({ nick }) => nick === 'Benno'));
  await amy.facet('rooms').list(undefined, undefined);
  await amy.facet('archive').page({ kind: 'room', room }, undefined, 10);
  await amy.facet('archive').page(towards(ben), undefined, 10);

  await amy.cut();
  await ben.say(amy, 'Are you gone?');
  await amy.arrive();
  await amy.hears('Are you gone?');
  await amy.leave();
  await ben.say(amy, 'Call me');
  await amy.arrive();
  await amy.hears('Call me');
  await ben.facet('roster').remove(amy.address);
  await amy.untilSees(ben, ({ weSeeThem }) => weSeeThem !== 'yes');
  await amy.leave();
}
