/** The list: asking, being asked, seeing, being seen. */
import { describe, expect, it } from 'vitest';
import { type FacetName, facetVerbs } from '../../src/contracts/index.ts';
import { fold, newConnection, type Presence, snapshot } from '../../src/domain/index.ts';
import type { Ground } from './ground.ts';
import { acquaint } from './guest.ts';
import { inHousehold } from './household.ts';

const away: Presence = { availability: 'away', status: 'away', message: 'Feeding the cat' };

export function knowing(ground: () => Ground): void {
  describe('knowing each other', () => {
    it(
      'lists exactly the facets that work, with every verb',
      inHousehold(ground, async (house) => {
        const juliet = await house.newcomer('juliet');
        expect([...juliet.connection.facets].toSorted()).toEqual([...ground().facets].toSorted());
        for (const name of Object.keys(facetVerbs) as FacetName[]) {
          const facet = juliet.connection.facet(name);
          expect(facet !== undefined).toBe(juliet.connection.facets.has(name));
          expect(Object.keys(facet ?? facetVerbs[name])).toEqual(Object.keys(facetVerbs[name]));
        }
      }),
    );

    it(
      'asks, is asked, grants, and then sees presence come and go',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = [await house.newcomer('juliet'), await house.newcomer('romeo')];
        await juliet.arrive();
        await romeo.arrive();
        await juliet.connection.facet('roster')!.request(romeo.address, { alias: 'Romeo M.', groups: ['Close'] });
        await romeo.untilSees(juliet, ({ theySeeUs }) => theySeeUs === 'asked');
        expect(romeo.sees(juliet).listed).toBe(false);
        await juliet.untilSees(romeo, ({ weSeeThem, listed }) => weSeeThem === 'asked' && listed);
        await romeo.connection.facet('roster')!.authorise(juliet.address);
        await juliet.untilSees(romeo, ({ presence }) => presence.availability === 'available');
        expect(juliet.sees(romeo)).toMatchObject({ weSeeThem: 'yes', alias: 'Romeo M.', groups: ['Close'] });

        await romeo.connection.facet('presence')!.setOwn(away);
        await juliet.untilSees(romeo, ({ presence }) => presence.availability === 'away');
        expect(juliet.sees(romeo).presence.message).toBe('Feeding the cat');

        await romeo.leave();
        await juliet.untilSees(romeo, ({ presence }) => presence.availability === 'offline');
      }),
    );

    it(
      'can refuse whoever asks',
      inHousehold(ground, async (house) => {
        const [juliet, paris] = [await house.newcomer('juliet'), await house.newcomer('paris')];
        await juliet.arrive();
        await paris.arrive();
        await paris.connection.facet('roster')!.request(juliet.address, {});
        await juliet.untilSees(paris, ({ theySeeUs }) => theySeeUs === 'asked');
        await juliet.connection.facet('roster')!.refuse(paris.address);
        await juliet.untilSees(paris, ({ theySeeUs }) => theySeeUs === 'no');
        await paris.untilSees(juliet, ({ weSeeThem }) => weSeeThem === 'no');
        expect(paris.sees(juliet).presence.availability).toBe('unknown');
      }),
    );

    it(
      'renames, regroups and removes',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = [await house.newcomer('juliet'), await house.newcomer('romeo')];
        await juliet.arrive();
        await romeo.arrive();
        await acquaint(juliet, romeo);
        const roster = juliet.connection.facet('roster')!;
        await roster.rename(romeo.address, 'ليلى & <Róm>');
        await juliet.untilSees(romeo, ({ alias }) => alias === 'ليلى & <Róm>');
        await roster.setGroups(romeo.address, ['Verona', '照明']);
        await juliet.untilSees(romeo, ({ groups }) => groups.includes('照明') && groups.includes('Verona'));
        await roster.remove(romeo.address);
        await juliet.heard.until('contacts-changed', ({ removed }) => removed.includes(romeo.address));
        await romeo.untilSees(juliet, ({ weSeeThem, theySeeUs }) => weSeeThem === 'no' && theySeeUs === 'no');
        expect(juliet.connection.living.contacts.has(romeo.address)).toBe(false);
      }),
    );

    it(
      'begins with what it remembers, presence unknown, and forgets presence when offline',
      inHousehold(ground, async (house) => {
        const romeo = await house.newcomer('romeo');
        const newcomer = await ground().newcomer('juliet');
        const juliet = await house.take(newcomer);
        await juliet.arrive();
        await romeo.arrive();
        await acquaint(juliet, romeo);
        await juliet.untilSees(romeo, ({ presence }) => presence.availability === 'available');
        await juliet.leave();
        expect(juliet.sees(romeo).presence.availability).toBe('unknown');
        const { contacts } = juliet.connection.snapshot;
        await juliet[Symbol.asyncDispose]();

        const again = await house.take(newcomer, contacts);
        expect(again.sees(romeo)).toMatchObject({ weSeeThem: 'yes', presence: { availability: 'unknown' } });
        await again.arrive();
        await again.untilSees(romeo, ({ presence }) => presence.availability === 'available');
        expect(again.sees(romeo)).toMatchObject({ weSeeThem: 'yes', theySeeUs: 'yes', listed: true });
      }),
    );

    it(
      'says nothing that is not in its snapshot: folding the events equals it',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = [await house.newcomer('juliet'), await house.newcomer('romeo')];
        const folded = newConnection(juliet.opening.account, juliet.opening.remembered);
        await juliet.arrive();
        await romeo.arrive();
        await acquaint(juliet, romeo);
        await romeo.connection.facet('presence')!.setOwn(away);
        await juliet.untilSees(romeo, ({ presence }) => presence.availability === 'away');
        for (const event of juliet.heard.events) fold(folded, event);
        expect(snapshot(folded)).toEqual(juliet.connection.snapshot);
        expect(juliet.heard.revisions).toEqual(juliet.heard.events.map((_event, index) => index + 1));
      }),
    );
  });
}
