import { describe, expect, it } from 'vitest';
import type { Message, MessageId } from '../../../src/domain/index.ts';
import { availablePresence, type ContactId, everythingTold, greatestPresence } from '../../../src/domain/index.ts';
import { newId } from '../../../src/base/index.ts';
import type { ProtocolConnection } from '../../../src/contracts/index.ts';
import { TestSeat, type TestSeatSettings } from '../../../test/harness/test-seat.ts';
import { VirtualClock } from '../../../test/harness/virtual-clock.ts';
import { testbed } from '../index.ts';

const minute = 60_000;
const romeo = 'romeo@montague.testbed' as ContactId;

interface Visit {
  readonly clock: VirtualClock;
  readonly seat: TestSeat;
  readonly connection: ProtocolConnection;
  /** What was said live, oldest first. */
  said(): readonly Message[];
  say(to: string, body: string): Promise<void>;
}

async function visit(address = 'juliet@capulet.testbed', settings: TestSeatSettings = {}): Promise<Visit> {
  const clock = new VirtualClock();
  const seat = new TestSeat(address, { ...settings, parameters: { town: true } });
  const connection = testbed({ clock, seed: 7 }).open(seat);
  await connection.connect(availablePresence, new AbortController().signal);
  await clock.settle();
  return {
    clock,
    seat,
    connection,
    said: () =>
      seat.heard
        .all('messages-received')
        .flatMap(({ messages }) => messages)
        .filter(({ caughtUp }) => caughtUp !== true),
    async say(to, body) {
      const target = { kind: 'contact', contact: to as ContactId } as const;
      const letter = { id: newId<MessageId>(), target, body, at: clock.now(), disclosure: everythingTold };
      await connection.facets.messages!.send(letter);
    },
  };
}

describe('the town', () => {
  it('is full of people in groups, in all shapes of presence, one of them a stranger who asks', async () => {
    const { seat, connection, clock } = await visit();
    const contacts = [...seat.living.contacts.values()];
    expect(contacts.length).toBeGreaterThanOrEqual(20);
    expect(new Set(contacts.map(({ presence }) => presence.availability))).toEqual(
      new Set(['available', 'busy', 'away', 'extended-away', 'offline', 'unknown']),
    );
    expect(contacts.filter(({ theySeeUs }) => theySeeUs === 'asked').map(({ request }) => request?.length)).toEqual([
      expect.any(Number),
    ]);
    const groups = new Set(contacts.flatMap((contact) => contact.groups));
    for (const group of ['Close', 'Verona', 'Family', 'Garden club']) expect(groups.has(group)).toBe(true);
    expect(contacts.some(({ alias }) => /\p{Script=Arabic}/u.test(alias))).toBe(true);
    expect(contacts.some(({ alias }) => /\p{Script=Han}/u.test(alias))).toBe(true);
    await connection[Symbol.asyncDispose]();
    expect(clock.pending).toBe(0);
  });

  it('has a past: days of it read already, and a little that waits', async () => {
    const { seat, connection, clock, said } = await visit();
    const old = seat.heard
      .all('messages-received')
      .flatMap(({ messages }) => messages)
      .filter(({ caughtUp }) => caughtUp === true);
    expect(old.length).toBeGreaterThan(40);
    expect(old.map(({ at }) => at)).toEqual(old.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(clock.now() - old[0]!.at).toBeGreaterThan(3 * 24 * 60 * minute);
    expect(said().length).toBeGreaterThan(0);
    expect(said().every(({ at }) => at < clock.now())).toBe(true);
    const page = await connection.facets.archive!.page({ kind: 'contact', contact: romeo }, undefined, 5);
    expect(page.messages).toHaveLength(5);
    expect(page.complete).toBe(false);
    await connection[Symbol.asyncDispose]();
  });

  it('is alive within ten seconds: someone types, then writes', async () => {
    const { clock, seat, said, connection } = await visit();
    const before = said().length;
    await clock.advance(10_000);
    expect(said().length).toBeGreaterThan(before);
    const typed = seat.heard.events.findIndex((event) => event.type === 'chat-state-changed' && event.from === romeo);
    const wrote = seat.heard.events.findLastIndex(({ type }) => type === 'messages-received');
    expect(typed).toBeGreaterThan(0);
    expect(typed).toBeLessThan(wrote);
    await connection[Symbol.asyncDispose]();
  });

  it('answers: delivered, read, typing, and words that are not ours', async () => {
    const { clock, seat, said, say, connection } = await visit();
    await clock.advance(30_000);
    const before = said().length;
    await say(romeo, 'How are you this evening?');
    await clock.advance(20_000);
    const states = seat.heard.all('delivery-changed').map(({ delivery }) => delivery.state);
    expect(states).toEqual(['sent', 'delivered', 'read']);
    const answers = said()
      .slice(before)
      .filter(({ from }) => from === romeo);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers[0]!.body).not.toContain('How are you this evening');
    await connection[Symbol.asyncDispose]();
  });

  it('never gives the same answer twice in a row, however often it is asked', async () => {
    const { clock, said, say, connection } = await visit();
    await clock.advance(30_000);
    for (let count = 0; count < 12; count += 1) {
      await say('mercutio@verona.testbed', 'I am painting a balcony');
      await clock.advance(30_000);
    }
    const bodies = said()
      .filter(({ from }) => from.startsWith('mercutio'))
      .map(({ body }) => body);
    expect(bodies.length).toBeGreaterThanOrEqual(12);
    for (const [index, body] of bodies.entries()) expect(body).not.toBe(bodies[index - 1]);
    expect(new Set(bodies).size).toBeGreaterThan(8);
    await connection[Symbol.asyncDispose]();
  });

  it('is lively for an hour without being a nuisance', async () => {
    const { clock, seat, said, connection } = await visit();
    const waiting = said().length;
    const perMinute: number[] = [];
    for (let minutes = 0; minutes < 60; minutes += 1) {
      const before = said().length;
      await clock.advance(minute);
      perMinute.push(said().length - before);
    }
    expect(Math.max(...perMinute)).toBeLessThanOrEqual(6);
    expect(said().length - waiting).toBeGreaterThan(20);
    expect(seat.heard.all('presences-changed').length).toBeGreaterThan(60);
    // Somebody nobody answers does not go on talking.
    const byRomeo = said().filter(({ from }) => from === romeo);
    expect(byRomeo.length).toBeLessThanOrEqual(3);
    const everyone = [...seat.living.contacts.values()].map(({ presence }) => presence);
    expect(greatestPresence(everyone).availability).toBe('available');
    await connection[Symbol.asyncDispose]();
    expect(clock.pending).toBe(0);
  });

  it('tells the same story with the same seed', async () => {
    const tell = async () => {
      const { clock, said, say, connection } = await visit();
      await clock.advance(5 * minute);
      await say(romeo, 'Where is the ladder?');
      await clock.advance(5 * minute);
      await connection[Symbol.asyncDispose]();
      return said().map(({ from, body, at }) => ({ from, body, at }));
    };
    const story = await tell();
    expect(await tell()).toEqual(story);
  });

  it('lets the stranger in when she is let in, and she writes', async () => {
    const { clock, seat, said, connection } = await visit();
    const stranger = [...seat.living.contacts.values()].find(({ theySeeUs }) => theySeeUs === 'asked')!;
    await connection.facets.roster!.authorise(stranger.id);
    await connection.facets.roster!.request(stranger.id, { alias: 'Rosaline' });
    await clock.advance(20_000);
    expect(said().some(({ from }) => from === stranger.id)).toBe(true);
    expect(seat.living.contacts.get(stranger.id)).toMatchObject({ weSeeThem: 'yes', theySeeUs: 'yes', listed: true });
    expect(seat.living.contacts.get(stranger.id)!.presence.availability).not.toBe('unknown');
    await connection[Symbol.asyncDispose]();
  });

  it('does not tell its past again, nor bring back who was removed', async () => {
    const first = await visit();
    await first.connection.facets.roster!.remove(romeo);
    const remembered = [...first.seat.living.contacts.values()];
    const memory = [...first.seat.kept];
    await first.connection[Symbol.asyncDispose]();

    const second = await visit('juliet@capulet.testbed', { remembered, memory });
    expect(second.seat.heard.all('messages-received')).toEqual([]);
    expect(second.seat.living.contacts.has(romeo)).toBe(false);
    expect(second.seat.living.contacts.size).toBe(remembered.length);
    await second.clock.advance(10_000);
    expect(second.said().length).toBeGreaterThan(0);
    await second.connection[Symbol.asyncDispose]();
  });

  it('has another company for an account at the theatre', async () => {
    const { seat, clock, said, connection } = await visit('juliet@globe.testbed');
    expect([...seat.living.contacts.keys()].every((id) => id.endsWith('@globe.testbed'))).toBe(true);
    await clock.advance(10_000);
    expect(said().some(({ from }) => from.startsWith('ngozi'))).toBe(true);
    await connection[Symbol.asyncDispose]();
  });
});
