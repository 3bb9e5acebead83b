/** From the start of the program to its contact list, with ten, a thousand and ten thousand contacts, the first time and every day. */
import { temporary } from '../temporary.ts';
import { findProgram } from '../../test/harness/processes.ts';
import { spread } from '../figures.ts';
import { floor } from '../subjects/floor.ts';
import { cpuSeconds, settled } from '../processes.ts';
import { startServer, type Server } from '../server.ts';
import { finchProgram, startFinch, type Finch } from '../subjects/finch.ts';
import { makeProfile, startKith, type Kith } from '../subjects/kith.ts';
import type { Person } from '../subjects/subject.ts';
import { inTurn, pick, type Result, type Trial, type Turn } from '../trial.ts';

const sizes = [10, 1_000, 10_000];
const largest = Math.max(...sizes);
const bar = 0.5;

export const coldStart: Trial = {
  name: 'cold-start',
  says: 'start until the contact list is there, Kith without a window against finch',
  async run(rounds, say) {
    findProgram(finchProgram);
    const server = await startServer(sizes);
    try {
      const results: Result[] = [];
      for (const size of sizes) {
        const person = server.person(size);
        results.push(...(await both(server, person, rounds, (words) => say(`cold start, ${size} contacts, ${words}`))));
      }
      return results;
    } finally {
      await server.stop();
    }
  },
};

/** What it took until the list was there. */
interface Start {
  readonly milliseconds: number;
  readonly cpu: number;
}

/** The first sign-in, where the whole list comes from the server; then the start of somebody who was there yesterday. */
async function both(server: Server, person: Person, rounds: number, say: (words: string) => void): Promise<Result[]> {
  const profile = await makeProfile(person);
  const purple = temporary('purple');
  const series = async (words: string, before: string | undefined): Promise<Turn<Start>[]> => {
    const measured: Turn<Start>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      say(`${words}, round ${round + 1} of ${rounds}`);
      const kith = () => timed(server, person, () => startKith(profile.profile, { watched: true }));
      measured.push(await inTurn(round, kith, () => timed(server, person, () => startFinch(person, { before }))));
    }
    return measured;
  };
  try {
    const first = await series('first time', undefined);
    await timed(server, person, () => startKith(profile.profile, { watched: true, again: true }));
    await timed(
      server,
      person,
      () => startFinch(person),
      (finch) => finch.keepHome(purple.path),
    );
    const daily = await series('every day', purple.path);
    const floors: number[] = [];
    // The first one warms up.
    for (let round = -1; round < rounds; round += 1) {
      const milliseconds = await floor(person);
      if (round >= 0) floors.push(milliseconds);
      await server.calm();
    }
    return [
      result(
        person,
        'First',
        first,
        `Nothing is kept yet, so both get the whole list from the server. Signing in and reading it, with no program around that, takes ${spread(floors)} ms: nobody can be faster.`,
      ),
      result(
        person,
        'Everyday',
        daily,
        'Both find what their last run kept. Kith then asks only what changed (RFC 6121 §2.6); libpurple does not know that question.',
      ),
    ];
  } finally {
    await profile.leave();
    purple.remove();
  }
}

function result({ contacts }: Person, kind: string, turns: readonly Turn<Start>[], meaning: string): Result {
  const cpu = turns.map((turn) => pick(turn, (start) => start.cpu));
  const ours = spread(cpu.map((round) => round.ours));
  const peer = spread(cpu.map((round) => round.peer));
  return {
    name: `${kind} start until the list of ${contacts.toLocaleString('en')} is there`,
    unit: 'ms',
    ours: 'Kith, no window',
    peer: 'finch',
    rounds: turns.map((turn) => pick(turn, (start) => start.milliseconds)),
    ...(contacts === largest ? { most: bar } : {}),
    notes: [
      ...(contacts === largest ? [meaning] : []),
      `Processor time until then, without the server's: Kith ${ours} s, finch ${peer} s.`,
    ],
  };
}

/** A list that is not whole is no list; a figure for it would be a lie. */
async function timed<T extends Kith | Finch>(
  server: Server,
  person: Person,
  start: () => Promise<T>,
  then: (subject: T) => Promise<void> = async () => undefined,
): Promise<Start> {
  const subject = await start();
  try {
    const milliseconds = await subject.ready;
    const cpu = cpuSeconds(subject.pids());
    const found = await subject.contacts();
    if (found !== person.contacts) throw new Error(`${found} of ${person.contacts} contacts were there`);
    await settled(subject.pids);
    await then(subject);
    return { milliseconds, cpu };
  } finally {
    await subject.end();
    await server.calm();
  }
}
