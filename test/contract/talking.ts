/** Messages: there, marked, kept. */
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import { everythingTold, type Message, type MessageId, type OutgoingMessage } from '../../src/domain/index.ts';
import type { Ground } from './ground.ts';
import { acquaint, type Guest, type Household } from './guest.ts';
import { inHousehold } from './household.ts';

const awkward = 'Zwölf Boxkämpfer 🥊 & <b>"nine o’clock"</b>\nتصبحين على خير\nおやすみ 👩‍👩‍👧';

function letterTo(guest: Guest, body: string): OutgoingMessage {
  return { id: newId<MessageId>(), target: guest.target, body, at: Date.now(), disclosure: everythingTold };
}

/** Everything said so far is on disk. */
function store(guest: Guest): void {
  guest.connection.stored(guest.connection.living.revision);
}

async function acquainted(house: Household): Promise<[Guest, Guest]> {
  const [juliet, romeo] = [await house.newcomer('juliet'), await house.newcomer('romeo')];
  await juliet.arrive();
  await romeo.arrive();
  await acquaint(juliet, romeo);
  return [juliet, romeo];
}

export function talking(ground: () => Ground): void {
  describe('talking', () => {
    it(
      'carries a message unharmed, and its marks back',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        const sent = letterTo(romeo, awkward);
        await juliet.connection.facet('messages')!.send(sent);
        await juliet.heard.until('delivery-changed', ({ message, delivery }) => {
          return message === sent.id && ['sent', 'delivered'].includes(delivery.state);
        });
        const { messages } = await romeo.heard.until('messages-received');
        expect(messages).toHaveLength(1);
        expect(messages[0]).toMatchObject({
          account: romeo.opening.account,
          direction: 'incoming',
          from: juliet.address,
          target: juliet.target,
          body: awkward,
          origin: sent.id,
          wantsReadMarker: true,
        });
        expect(messages[0]!.id).not.toBe(sent.id);
        store(romeo);
        await juliet.heard.until('delivery-changed', ({ message, delivery }) => {
          return message === sent.id && delivery.state === 'delivered';
        });
        await romeo.connection.facet('readMarkers')!.markRead(juliet.target, sent.id);
        await juliet.heard.until('delivery-changed', ({ message, delivery }) => {
          return message === sent.id && delivery.state === 'read';
        });
      }),
    );

    it(
      'carries a correction as a message that names what it corrects, and keeps both',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        const [first, better] = [letterTo(romeo, 'yonder airlock'), letterTo(romeo, 'yonder window')];
        await juliet.connection.facet('messages')!.send(first);
        await juliet.connection.facet('corrections')!.correct(better, first.id);
        await juliet.heard.until('delivery-changed', ({ message, delivery }) => {
          return message === better.id && ['sent', 'delivered'].includes(delivery.state);
        });
        const corrected = ({ body }: Message): boolean => body === better.body;
        const { messages } = await romeo.heard.until('messages-received', (said) => said.messages.some(corrected));
        expect(messages.find(corrected)).toMatchObject({
          direction: 'incoming',
          from: juliet.address,
          origin: better.id,
          replaces: first.id,
        });
        const kept = await romeo.connection.facet('archive')!.page(juliet.target, undefined, 5);
        expect(kept.messages.map(({ origin, replaces }) => [origin, replaces])).toEqual([
          [first.id, undefined],
          [better.id, first.id],
        ]);
      }),
    );

    it(
      'does not ask to hear that something was read for those who do not say so themselves',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        const disclosure = { readMarkers: false, typingNotices: false };
        await juliet.connection.facet('messages')!.send({ ...letterTo(romeo, 'Between us'), disclosure });
        const { messages } = await romeo.heard.until('messages-received');
        expect(messages[0]?.body).toBe('Between us');
        expect(messages[0]?.wantsReadMarker).toBeUndefined();
      }),
    );

    it(
      'keeps the order of what is said in one breath',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        const bodies = Array.from({ length: 30 }, (_, index) => `line ${index}`);
        await Promise.all(bodies.map((body) => juliet.connection.facet('messages')!.send(letterTo(romeo, body))));
        await romeo.heard.until('messages-received', ({ messages }) => messages.some(({ body }) => body === 'line 29'));
        const heard = romeo.heard.all('messages-received').flatMap(({ messages }) => messages);
        expect(heard.map(({ body }) => body)).toEqual(bodies);
      }),
    );

    it(
      'shows who is writing, and that they no longer are once they wrote',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        // Somebody who has not heard from the other side may be spared chat states.
        await romeo.connection.facet('messages')!.send(letterTo(juliet, 'Good evening'));
        await juliet.heard.until('messages-received');
        await juliet.connection.facet('chatStates')!.set(romeo.target, 'composing');
        await romeo.heard.until('chat-state-changed', ({ state }) => state === 'composing');
        expect(romeo.connection.living.chatStates.get(juliet.address)).toBe('composing');
        await juliet.connection.facet('messages')!.send(letterTo(romeo, 'And to you'));
        await romeo.heard.until('messages-received');
        expect(romeo.connection.living.chatStates.has(juliet.address)).toBe(false);
      }),
    );

    it(
      'keeps what is said to someone who is not there until they come',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        await romeo.leave();
        await juliet.untilSees(romeo, ({ presence }) => presence.availability === 'offline');
        const sent = letterTo(romeo, 'The gate is open');
        await juliet.connection.facet('messages')!.send(sent);
        await juliet.heard.until('delivery-changed', ({ message }) => message === sent.id);
        await romeo.arrive();
        const { messages } = await romeo.heard.until('messages-received');
        expect(messages[0]).toMatchObject({ body: 'The gate is open', origin: sent.id, from: juliet.address });
      }),
    );

    it(
      'reads the archive back in pages, oldest first, to its beginning',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        const bodies = Array.from({ length: 7 }, (_, index) => `page line ${index}`);
        for (const [index, body] of bodies.entries()) {
          const [from, to] = index % 2 === 0 ? [juliet, romeo] : [romeo, juliet];
          await from.connection.facet('messages')!.send(letterTo(to, body));
          await to.heard.until('messages-received', ({ messages }) => messages.some((said) => said.body === body));
        }
        const archive = juliet.connection.facet('archive')!;
        const newest = await archive.page(romeo.target, undefined, 4);
        expect(newest.messages.map(({ body }) => body)).toEqual(bodies.slice(3));
        expect(newest.complete).toBe(false);
        expect(newest.messages.map(({ direction }) => direction)).toEqual([
          'incoming',
          'outgoing',
          'incoming',
          'outgoing',
        ]);
        const older = await archive.page(romeo.target, newest.messages[0]!.archive, 4);
        expect(older.messages.map(({ body }) => body)).toEqual(bodies.slice(0, 3));
        expect(older.complete).toBe(true);
      }),
    );

    it(
      'refuses to write while offline, and says so',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        await juliet.leave();
        const send = juliet.connection.facet('messages')!.send(letterTo(romeo, 'Anyone?'));
        await expect(send).rejects.toMatchObject({ name: 'KithError', code: 'not-online' });
      }),
    );

    it(
      'tells again what was never stored, so that nothing is lost with a house that dies',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = [await house.newcomer('juliet'), await ground().newcomer('romeo')];
        const before = await house.take(romeo);
        await juliet.arrive();
        await before.arrive();
        await acquaint(juliet, before);
        store(before);
        const sent = letterTo(before, 'Twice told');
        await juliet.connection.facet('messages')!.send(sent);
        await before.heard.until('messages-received');
        const { contacts } = before.connection.snapshot;
        await before[Symbol.asyncDispose]();

        const after = await house.take(romeo, contacts);
        await after.arrive();
        const { messages } = await after.heard.until('messages-received');
        expect(messages.at(-1)).toMatchObject({ body: 'Twice told', origin: sent.id, from: juliet.address });
      }),
    );

    it(
      'does not repeat what was stored, and takes any number of acknowledgements',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = await acquainted(house);
        await juliet.connection.facet('messages')!.send(letterTo(romeo, 'Once'));
        await romeo.heard.until('messages-received');
        store(romeo);
        store(romeo);
        romeo.connection.stored(0);
        await romeo.leave();
        await romeo.arrive();
        await juliet.connection.facet('messages')!.send(letterTo(romeo, 'Twice'));
        await romeo.heard.until('messages-received', ({ messages }) => messages.some(({ body }) => body === 'Twice'));
        const origins = romeo.heard.all('messages-received').flatMap(({ messages }) => messages);
        expect(origins.filter(({ body, caughtUp }) => body === 'Once' && caughtUp !== true)).toHaveLength(1);
      }),
    );
  });
}
