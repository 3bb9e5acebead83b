/** The one room of the demo's town: a play that is never quite ready, and three people who talk about it. */
import type { Disposable, Random } from '../../../src/base/index.ts';
import type { ContactId, Room, RoomId } from '../../../src/domain/index.ts';
import type { Network } from '../network/network.ts';
import type { Place, PlaceEar, Utterance } from '../network/place.ts';
import { Timers } from './timers.ts';

const id = 'rehearsal@rooms.testbed' as RoomId;
const minute = 60_000;

const cast: readonly { readonly address: string; readonly nick: string }[] = [
  { address: 'mercutio@verona.testbed', nick: 'Mercutio' },
  { address: 'mizuki@kyoto.testbed', nick: '佐藤美月' },
  { address: 'benvolio@montague.testbed', nick: 'Benvolio' },
];

/** What was said before one came: who, how many minutes ago, what. */
const past: readonly (readonly [number, number, string])[] = [
  [0, 52, 'Who moved the fourth wall?'],
  [2, 50, 'It was in the way of the lights.'],
  [1, 44, '照明は六つで十分です。 Six lamps are enough.'],
  [0, 43, 'Seven. A wedding has seven.'],
  [2, 12, 'Curtain at eight. Bring the ladder that does not lie.'],
];

const answers: readonly string[] = [
  'Noted in the margin, in pencil.',
  'Say that again from the balcony.',
  'はい、それでいきましょう。',
  'I would cut the second half and keep the pause.',
  'The lamp agrees with you.',
];

/** As an account finds it in its list on the first day. */
export const rehearsalFor = (nick: string): Room => ({
  id,
  name: 'Rehearsal',
  topic: '',
  nick,
  status: 'left',
  wanted: true,
});

/** They are there before anybody comes, and answer whoever speaks. Disposing ends their answers. */
export function rehearse(network: Network, random: Random): Disposable {
  const timers = new Timers(network.clock);
  const isNew = network.place(id) === undefined;
  const place = network.place(id) ?? network.found(id, cast[0]!.address as ContactId);
  if (isNew) furnish(network, place);
  const deaf: PlaceEar = { came() {}, gone() {}, said() {}, changed() {}, out() {} };
  const answering: PlaceEar = {
    ...deaf,
    said: ({ from }: Utterance) => {
      if (cast.some(({ address }) => address === from)) return;
      const who = random.pick(cast);
      if (who === undefined) return;
      timers.after(random.between(1_500, 4_000), () => speak(network, place, who, random.pick(answers) ?? ''));
    },
  };
  cast.forEach(({ address, nick }, index) => {
    if (place.seated.some((who) => who.nick === nick)) place.leave(nick);
    place.enter(address as ContactId, nick, '', index === 0 ? answering : deaf);
  });
  return timers;
}

function furnish(network: Network, place: Place): void {
  place.name = 'Rehearsal';
  place.topicBy = 'Mercutio';
  place.topic = 'Act two, orchard. Mind the ladder.';
  place.persistent = true;
  const now = network.clock.now();
  for (const [who, ago, body] of past) {
    const { address, nick } = cast[who]!;
    // Their numbers do not change from one life of this network to the next: whoever knows them knows them again.
    place.said.push({
      archive: `past-${ago}`,
      id: `past-${ago}`,
      from: address as ContactId,
      nick,
      body,
      at: now - ago * minute,
    });
  }
}

function speak(network: Network, place: Place, { address, nick }: (typeof cast)[number], body: string): void {
  place.say(network.utterance({ from: address as ContactId, nick, body, at: network.clock.now() }));
}
