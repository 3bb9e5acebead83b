/** From the start of the program to its contact list, with ten, a thousand and ten thousand contacts. */
import { findProgram } from '../../test/harness/processes.ts';
import { startServer } from '../server.ts';
import { finchProgram, startFinch } from '../subjects/finch.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import type { Person } from '../subjects/subject.ts';
import { inTurn, type Result, type Round, type Trial } from '../trial.ts';

const sizes = [10, 1_000, 10_000];

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
        const measured: Round[] = [];
        const profile = await makeProfile(person);
        try {
          for (let round = 0; round < rounds; round += 1) {
            say(`cold start, ${size} contacts, round ${round + 1} of ${rounds}`);
            measured.push(
              await inTurn(
                round,
                () => kithStart(profile.profile, person, server.calm),
                () => finchStart(person, server.calm),
              ),
            );
          }
        } finally {
          await profile.leave();
        }
        results.push({
          name: `Start until the list of ${size.toLocaleString('en')} is there`,
          unit: 'ms',
          ours: 'Kith, no window',
          peer: 'finch',
          rounds: measured,
          ...(size === 10_000 ? { most: 0.5 } : {}),
          notes: [],
        });
      }
      return results;
    } finally {
      await server.stop();
    }
  },
};

async function kithStart(profile: string, person: Person, calm: () => Promise<void>): Promise<number> {
  const kith = await startKith(profile, { watched: true });
  try {
    const milliseconds = await kith.ready;
    await holdsAll(person, await kith.contacts());
    return milliseconds;
  } finally {
    await kith.end();
    await calm();
  }
}

async function finchStart(person: Person, calm: () => Promise<void>): Promise<number> {
  const finch = await startFinch(person);
  try {
    const milliseconds = await finch.ready;
    await holdsAll(person, await finch.contacts());
    return milliseconds;
  } finally {
    await finch.end();
    await calm();
  }
}

/** A list that is not whole is no list; a figure for it would be a lie. */
async function holdsAll(person: Person, found: number): Promise<void> {
  if (found !== person.contacts) throw new Error(`${found} of ${person.contacts} contacts were there`);
}
