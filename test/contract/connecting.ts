/** Connecting: always begun, never thrown, always told. */
import { describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import { availablePresence } from '../../src/domain/index.ts';
import { bounded } from '../harness/waiting.ts';
import type { Ground } from './ground.ts';
import { inHousehold } from './household.ts';

export function connecting(ground: () => Ground): void {
  describe('connecting', () => {
    it(
      'is offline and silent until asked',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        expect(juliet.connection.living.status).toBe('offline');
        expect(juliet.connection.snapshot.rosterKnown).toBe(false);
        expect(house.asked).toEqual([]);
        expect(juliet.heard.events).toEqual([]);
        expect(house.host.health).toBe('well');
      }),
    );

    it(
      'goes through connecting to online, and says who we are and whom we know',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        await juliet.arrive();
        expect(juliet.heard.all('status-changed').map(({ status }) => status)).toEqual(['connecting', 'online']);
        const self = await juliet.heard.until('self-changed');
        expect(self.contact).toBe(juliet.address);
        expect(self.presence.availability).toBe('available');
        expect(juliet.connection.living.rosterKnown).toBe(true);
      }),
    );

    it(
      'says offline, requested, when it was asked to leave, and can come back',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        await juliet.arrive();
        await juliet.leave();
        const said = juliet.heard.all('status-changed').at(-1);
        expect(said).toMatchObject({ status: 'offline', reason: { code: 'requested' } });
        expect(juliet.connection.living.rosterKnown).toBe(false);
        await juliet.arrive();
        expect(juliet.connection.living.status).toBe('online');
      }),
    );

    it(
      'takes a wrong password as an event, asks anew the next time, and does not try again by itself',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        const rightly = house.answer;
        house.answer = async (account, kind, question, signal) =>
          kind === 'password' ? ('wrong' as never) : rightly(account, kind, question, signal);
        await juliet.connection.connect(availablePresence);
        const refused = await juliet.heard.until('status-changed', ({ status }) => status === 'offline');
        expect(refused.reason?.code).toBe('authentication-failed');
        const before = house.asked.filter(({ kind }) => kind === 'password').length;
        expect(before).toBe(1);
        house.answer = rightly;
        await juliet.arrive();
        expect(house.asked.filter(({ kind }) => kind === 'password').length).toBeGreaterThan(before);
      }),
    );

    it(
      'is offline, password needed, when there is nobody to ask',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        house.answer = async () => {
          throw new KithError('password-needed', 'Nobody is here');
        };
        await juliet.connection.connect(availablePresence);
        const refused = await juliet.heard.until('status-changed', ({ status }) => status === 'offline');
        expect(refused.reason?.code).toBe('password-needed');
      }),
    );

    it(
      'does not throw for a network that is not there',
      inHousehold(ground, async (house) => {
        const lost = await ground().unreachable?.('lost');
        if (lost === undefined) return;
        const juliet = await house.take(lost);
        await juliet.connection.connect(availablePresence);
        const told = await juliet.heard.until('status-changed', ({ status }) => status === 'offline');
        expect(['unreachable', 'network', 'timeout', 'server-silent']).toContain(told.reason?.code);
      }),
    );

    it(
      'tolerates a question that is never answered, and withdraws it when asked to leave',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        const { asked, withdrawn } = house.leaveUnanswered();
        await juliet.connection.connect(availablePresence);
        await bounded('the question', asked);
        expect(juliet.connection.living.status).toBe('connecting');
        await bounded('leaving', juliet.leave());
        expect(juliet.connection.living.status).toBe('offline');
        expect(withdrawn()).toBe(true);
      }),
    );

    it(
      'stops when its asker gives up',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        const patience = new AbortController();
        const { asked } = house.leaveUnanswered();
        await juliet.connection.connect(availablePresence, patience.signal);
        await bounded('the question', asked);
        patience.abort();
        await juliet.heard.until('status-changed', ({ status }) => status === 'offline');
        expect(juliet.heard.all('status-changed').map(({ status }) => status)).toEqual(['connecting', 'offline']);
      }),
    );

    it(
      'can be told to leave at any moment of connecting',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        await juliet.connection.connect(availablePresence);
        await bounded('leaving', juliet.leave());
        expect(juliet.connection.living.status).toBe('offline');
        await juliet.arrive();
        expect(juliet.connection.living.status).toBe('online');
      }),
    );
  });
}
