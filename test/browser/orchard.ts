/** The rooms of the browser tests, as the drawings show them: one we are in, one that named us, and those we are not in. */
import {
  type Account,
  type ContactId,
  type Message,
  type MessageId,
  type Occupant,
  type Room,
  type RoomId,
  unknownPresence,
} from '../../src/domain/index.ts';
import type { Stage } from './stage.ts';
import { juliet, now } from './verona.ts';

const minute = 60_000;
export const rehearsal = 'rehearsal@rooms.verona.example' as RoomId;
export const garden = 'garden@rooms.verona.example' as RoomId;
export const vault = 'vault@rooms.verona.example' as RoomId;
export const masks = 'masks@rooms.capulet.example' as RoomId;

export const room = (id: RoomId, more: Partial<Room> = {}): Room => ({
  id,
  name: '',
  topic: '',
  nick: 'juliet',
  status: 'joined',
  wanted: true,
  ...more,
});

export const rooms: readonly Room[] = [
  room(rehearsal, { name: 'Verona rehearsal', topic: 'Act two, orchard. Props list is in the first message.' }),
  room(garden, { name: 'Garden club' }),
  room(vault, {
    name: 'The vault',
    status: 'left',
    reason: { code: 'permission-denied', text: 'You are banned from this room' },
  }),
  room(masks, {
    name: 'Masked ball',
    status: 'left',
    wanted: false,
    invitation: { from: 'benvolio@montague.example' as ContactId, text: 'Bring the good lantern.' },
  }),
];

const member = (nick: string, more: Partial<Occupant> = {}): Occupant => ({
  nick,
  role: 'participant',
  affiliation: 'none',
  presence: { ...unknownPresence, availability: 'available' },
  own: false,
  ...more,
});

export const members: readonly Occupant[] = [
  member('Rosaline', { role: 'moderator', affiliation: 'owner' }),
  member('Mercutio', { role: 'moderator', affiliation: 'admin' }),
  member('juliet', { own: true, address: juliet.address as ContactId }),
  member('ليلى الأندلسي', { affiliation: 'member', presence: { ...unknownPresence, availability: 'extended-away' } }),
  member('佐藤美月', { affiliation: 'member' }),
  member('Benvolio', { address: 'benvolio@montague.example' as ContactId }),
  member('Balthasar'),
  member('Peter', { presence: { ...unknownPresence, availability: 'away' } }),
  member('Tybalt', { presence: { ...unknownPresence, availability: 'away' } }),
  member('County Paris', { role: 'visitor' }),
];

const said: readonly (readonly [ago: number, nick: string, body: string])[] = [
  [40, 'Rosaline', 'Curtain at eight. Whoever has the spare moon, it is now the only moon.'],
  [38, 'Balthasar', 'I have it. It is in the cart, under the horses’ things.'],
  [33, 'Peter', 'Which horses?'],
  [26, 'Mercutio', 'Who moved the fourth wall?'],
  [25, 'Benvolio', 'It was in the way of the lights.'],
  [25, 'Benvolio', 'And of you, twice.'],
  [22, 'ليلى الأندلسي', 'سأحضر الفوانيس بعد المغرب، هل نحتاج إلى ستة أم سبعة؟'],
  [21, '佐藤美月', '照明は六つで十分です。バルコニーの影をもう少し濃くしましょう。'],
  [19, '', 'Six. Seven looks like a wedding.'],
  [
    19,
    '',
    'The cue sheet as it stands, mind the gap in line 3:\n```\n# cue  lamp  level\n  12   east   0.40\n  13   moon   0.85   # slow, count to nine\n  14   door   off\n```',
  ],
  [13, 'Tybalt', '/me sharpens a pencil, loudly'],
  [11, 'Peter', 'Running order: https://verona.example/rehearsal/act-two/running-order'],
  [7, 'Mercutio', 'The moon is stuck again. I hit it with a spanner and now it is a crescent.'],
  [4, 'Rosaline', 'Juliet: can you take the lamp cue? Benvolio has the ladder.'],
];

let made = 0;

/** `nick` empty: our own. */
export function roomMessage(owner: Account, id: RoomId, nick: string, body: string, at: number): Message {
  made += 1;
  const own = nick === '';
  return {
    id: `r${String(made).padStart(6, '0')}` as MessageId,
    account: owner.id,
    target: { kind: 'room', room: id },
    direction: own ? 'outgoing' : 'incoming',
    from: (own ? owner.address : `${id}/${nick}`) as ContactId,
    nick: own ? 'juliet' : nick,
    body,
    at,
    ...(/\bjuliet\b/iu.test(body) ? { mention: true } : {}),
    ...(own ? { delivery: { state: 'sent', at } } : {}),
  };
}

/** Before the page asks for anything. */
export function furnishRooms(stage: Stage): void {
  const living = stage.connections.get(juliet.id)!;
  for (const each of rooms) living.rooms.set(each.id, each);
  living.occupants.set(rehearsal, new Map(members.map((each) => [each.nick, each])));
  living.occupants.set(garden, new Map([['juliet', members[2]!]]));
  const talk = said.map(([ago, nick, body]) => roomMessage(juliet, rehearsal, nick, body, now - ago * minute));
  stage.keepTalk({ kind: 'room', room: rehearsal }, talk, 2, 1);
  const quiet = [roomMessage(juliet, garden, 'Peter', 'the lilacs are early', now - 140 * minute)];
  stage.keepTalk({ kind: 'room', room: garden }, quiet, 24, 0);
}
