/** Endings: at any moment, more than once, and then silence. */
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import { availablePresence, everythingTold, type MessageId } from '../../src/domain/index.ts';
import { bounded } from '../harness/waiting.ts';
import type { Ground } from './ground.ts';
import { acquaint } from './guest.ts';
import { inHousehold } from './household.ts';

export function ending(ground: () => Ground): void {
  describe('ending', () => {
    it(
      'may be told to leave twice, and without ever having come',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        await juliet.leave();
        await juliet.leave();
        await juliet.arrive();
        await Promise.all([juliet.leave(), juliet.leave()]);
        await juliet.leave();
        const offline = juliet.heard.all('status-changed').filter(({ status }) => status === 'offline');
        expect(offline.length).toBeLessThanOrEqual(1);
        expect(juliet.connection.living.status).toBe('offline');
      }),
    );

    it(
      'closes in the middle of connecting',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        await juliet.connection.connect(availablePresence);
        await bounded('closing', juliet.connection[Symbol.asyncDispose](), 15_000);
        expect(house.host.health).toBe('asleep');
      }),
    );

    it(
      'closes while a question is open',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        const { asked, withdrawn } = house.leaveUnanswered();
        await juliet.connection.connect(availablePresence);
        await bounded('the question', asked);
        await bounded('closing', juliet.connection[Symbol.asyncDispose](), 15_000);
        expect(withdrawn()).toBe(true);
      }),
    );

    it(
      'says nothing after it was closed, whatever the others do',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = [await house.newcomer('juliet'), await house.newcomer('romeo')];
        await juliet.arrive();
        await romeo.arrive();
        await acquaint(juliet, romeo);
        await juliet.connection[Symbol.asyncDispose]();
        await juliet.connection[Symbol.asyncDispose]();
        const before = juliet.heard.events.length;
        await romeo.untilSees(juliet, ({ presence }) => presence.availability === 'offline');
        const send = {
          id: newId<MessageId>(),
          target: juliet.target,
          body: 'Still there?',
          at: Date.now(),
          disclosure: everythingTold,
        };
        await romeo.connection.facet('messages')!.send(send);
        await romeo.heard.until('delivery-changed', ({ message }) => message === send.id);
        expect(juliet.heard.events.length).toBe(before);
        await expect(juliet.connection.connect(availablePresence)).rejects.toMatchObject({ code: 'cancelled' });
        expect(house.host.health).toBe('well');
      }),
    );

    it(
      'rests when its last account is closed, and wakes for the next',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        await juliet[Symbol.asyncDispose]();
        expect(house.host.health).toBe('asleep');
        const romeo = await house.newcomer('romeo');
        await romeo.arrive();
        expect(house.host.health).toBe('well');
      }),
    );
  });
}
