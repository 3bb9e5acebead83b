/** What a thousand incoming messages cost in processor time. */
import { findProgram } from '../../test/harness/processes.ts';
import { cpuSeconds, settled } from '../processes.ts';
import { startServer, type Server } from '../server.ts';
import { finchProgram, startFinch } from '../subjects/finch.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import type { Person, Subject } from '../subjects/subject.ts';
import { inTurn, pick, type Result, type Trial, type Turn } from '../trial.ts';
import { pause, systemClock } from '../../src/base/index.ts';

const contacts = 10;
const count = 1_000;
/** Messages before measuring, so that every conversation is open. */
const before = 100;
const perSecond = 100;

interface Cost {
  readonly burst: number;
  readonly paced: number;
}

export const incomingMessages: Trial = {
  name: 'messages',
  says: 'processor time for 1,000 incoming messages, Kith without a window against finch',
  async run(rounds, say) {
    findProgram(finchProgram);
    const server = await startServer([contacts]);
    const person = server.person(contacts);
    const profile = await makeProfile(person);
    const turns: Turn<Cost>[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        say(`messages, round ${round + 1} of ${rounds}`);
        const kith = async () => {
          const subject = await startKith(profile.profile);
          return measure(server, person, subject, async () => {
            const kept = await subject.stored(`contact1@${server.contactsDomain}`);
            const expected = (before + 2 * count) / contacts;
            if (kept !== expected) throw new Error(`Kith stored ${kept} of ${expected} messages`);
          });
        };
        const finch = async () => measure(server, person, await startFinch(person), async () => undefined);
        turns.push(await inTurn(round, kith, finch));
      }
    } finally {
      await profile.leave();
      await server.stop();
    }
    const sides = { unit: 'CPU s', ours: 'Kith, no window', peer: 'finch' };
    const notes = [
      'Each message has a chat state and asks for a receipt. Kith stores them all in its history and answers the receipts; finch draws them.',
      "Only the programs' own processes count; the bus daemon that carries finch's D-Bus signals does not.",
    ];
    return [
      {
        ...sides,
        name: '1,000 incoming messages in one burst',
        rounds: turns.map((turn) => pick(turn, (cost) => cost.burst)),
        notes,
      },
      {
        ...sides,
        name: `1,000 incoming messages, ${perSecond} a second`,
        rounds: turns.map((turn) => pick(turn, (cost) => cost.paced)),
        notes: [],
      },
    ] satisfies Result[];
  },
};

async function measure(server: Server, person: Person, subject: Subject, check: () => Promise<void>): Promise<Cost> {
  try {
    const to = await server.others.sees(person.address);
    await settled(subject.pids);
    server.others.say(to, contacts, before);
    await server.others.ping(to);
    await settled(subject.pids);
    const cost = async (say: () => Promise<void>): Promise<number> => {
      const start = cpuSeconds(subject.pids());
      await say();
      await server.others.ping(to);
      await settled(subject.pids);
      return cpuSeconds(subject.pids()) - start;
    };
    const burst = await cost(async () => server.others.say(to, contacts, count));
    const paced = await cost(async () => {
      for (let said = 0; said < count; said += perSecond / 10) {
        server.others.say(to, contacts, perSecond / 10);
        await pause(systemClock, 100);
      }
    });
    await check();
    return { burst, paced };
  } finally {
    await subject.end();
    await server.calm();
    server.others.forget();
  }
}
