import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/index.ts';
import type { AccountId, Contact, ContactId, Message, MessageId } from '../../../src/domain/index.ts';
import { newContact } from '../../../src/domain/index.ts';
import { fuzzing } from './fuzzing.ts';
import { mutations } from './mutations.ts';
import { Onlooker } from './onlooker.ts';
import { Recording } from './recording.ts';
import { read, write } from './traffic.ts';

describe('the words of a server, changed', () => {
  const seed = 7;

  it(`do no harm, a few hundred of them (seed ${seed}; ten thousand in interop, more by npm run fuzz)`, async () => {
    const { cases, complaints } = await fuzzing({ seed, cases: 500 });
    expect({ cases, complaints }).toEqual({ cases: 500, complaints: [] });
  });

  it.each(Object.keys(mutations))('%s: always the same by the same chance, and nearly always a change', (kind) => {
    const { events } = new Recording('sasl1', new Random(1));
    const story = () => {
      const random = new Random(seed);
      let marks = 0;
      const chance = { random, others: events, mark: () => `mark-${(marks += 1)}` };
      return events.map((words) => Buffer.from(mutations[kind]!(words, chance)).toString('latin1'));
    };
    expect(story()).toEqual(story());
    const same = story().filter((words, nth) => words === Buffer.from(events[nth] ?? '').toString('latin1'));
    expect(same.length).toBeLessThan(events.length / 4);
  });

  it('are captured ones, which are read as they are written', () => {
    const said = [
      { by: 'client', text: "<iq id='1'>\n</iq>" },
      { by: 'server', text: '<a/>' },
    ] as const;
    expect(read(write(said))).toEqual(said);
    const recording = new Recording('sasl2', new Random(1));
    expect(recording.events.length).toBeGreaterThan(40);
    expect(recording.entering).toHaveLength(3);
    expect(recording.sent.length).toBeGreaterThan(2);
  });
});

describe('the onlooker', () => {
  const now = Date.UTC(2026, 0, 5);
  const ben = 'ben@kith.test' as ContactId;
  const saying = (more: Partial<Contact>) => ({
    type: 'contacts-changed' as const,
    changed: [newContact(ben, more)],
    removed: [],
  });

  it.each([
    ['lets somebody say what they call themselves', 'ben@kith.test/desk', 'nickname', 0],
    ['complains when somebody else says it', 'cleo@kith.test/desk', 'nickname', 1],
    ['complains when somebody says what we call them', 'ben@kith.test/desk', 'alias', 1],
  ] as const)('%s', (_what, from, field, complaints) => {
    const onlooker = new Onlooker(() => now);
    onlooker.watch(saying({ [field]: onlooker.mark(from) }));
    expect(onlooker.complaints).toHaveLength(complaints);
  });

  const letter = (more: Partial<Message>): Message => ({
    id: 'm1' as MessageId,
    account: 'amy' as AccountId,
    target: { kind: 'contact', contact: ben },
    direction: 'incoming',
    from: ben,
    body: '',
    at: now,
    ...more,
  });

  const cleo = 'cleo@kith.test' as ContactId;
  const withCleo: Partial<Message> = { target: { kind: 'contact', contact: cleo }, from: cleo };

  it.each<[string, string, Partial<Message>, number]>([
    ['lets somebody’s own words stand in a page of theirs', 'ben@kith.test/desk', {}, 0],
    ['complains of somebody else’s words in it', 'cleo@kith.test', {}, 1],
    ['complains of a message out of another conversation', 'cleo@kith.test', withCleo, 1],
    ['complains of a message of tomorrow', 'ben@kith.test', { at: now + 1 }, 1],
  ])('%s', (_what, from, more, complaints) => {
    const onlooker = new Onlooker(() => now);
    onlooker.watchAnswer({ messages: [letter({ body: onlooker.mark(from), ...more })] }, 'ben@kith.test');
    expect(onlooker.complaints).toHaveLength(complaints);
  });
});
