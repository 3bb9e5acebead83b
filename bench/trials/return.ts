/** How soon somebody is signed in again who was cut off. */
import { pause, systemClock } from '../../src/base/index.ts';
import { findProgram } from '../../test/harness/processes.ts';
import { startServer, type Server } from '../server.ts';
import { finchProgram, startFinch } from '../subjects/finch.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import type { Moments, Subject } from '../subjects/subject.ts';
import type { Result, Round, Trial } from '../trial.ts';

/** Whoever is cut off takes its own time to be back: so many rounds say enough. */
const most = 3;
/** Milliseconds the server is away. */
const away = 10_000;
/** Milliseconds a program sleeps, in which the server ends every connection. */
const asleep = 30_000;
/** Different people, who lose the same server at the same moment. */
const [ours, peers, peersAgain] = [10, 11, 12] as const;

type Connected = Subject & { readonly signIns: Moments };

export const back: Trial = {
  name: 'return',
  says: 'time until signed in again after the server was away, and after a sleep, Kith without a window against finch',
  async run(rounds, say) {
    findProgram(finchProgram);
    const server = await startServer([ours, peers, peersAgain]);
    const profile = await makeProfile(server.person(ours));
    const [restarts, sleeps]: [Round[], Round[]] = [[], []];
    try {
      for (let round = 0; round < Math.min(rounds, most); round += 1) {
        say(`return, round ${round + 1} of ${Math.min(rounds, most)}`);
        const subjects = await Promise.all([
          startKith(profile.profile, { watched: true }),
          startFinch(server.person(peers)),
          startFinch(server.person(peersAgain)),
        ]);
        try {
          await Promise.all(subjects.map(({ ready }) => ready));
          restarts.push(await afterRestart(server, subjects));
          sleeps.push(await afterSleep(server, subjects));
        } finally {
          await Promise.all(subjects.map((subject) => subject.end()));
        }
      }
    } finally {
      await profile.leave();
      await server.stop();
    }
    const sides = { unit: 'ms', ours: 'Kith, no window', peer: 'finch', limit: 5_000 };
    return [
      {
        ...sides,
        name: 'Signed in again after the server was away for ten seconds',
        rounds: restarts,
        notes: [
          `From the moment the server takes connections again; all lose it at the same moment. ${Math.min(rounds, most)} rounds.`,
        ],
      },
      {
        ...sides,
        name: 'Signed in again after half a minute of sleep',
        rounds: sleeps,
        notes: [
          'The programs are stopped (SIGSTOP) and continued, and the server was killed and is back meanwhile. From the moment they are continued.',
        ],
      },
    ] satisfies Result[];
  },
};

/** What each side took, from `since` on. */
function took([kith, finch, again]: readonly number[], since: number): Round {
  return { ours: kith! - since, peer: finch! - since, peerAgain: again! - since };
}

const nextSignIns = (subjects: readonly Connected[]): Promise<number[]> =>
  Promise.all(subjects.map(({ signIns }) => signIns.next('everybody to be signed in again')));

async function afterRestart(server: Server, subjects: readonly Connected[]): Promise<Round> {
  const signedIn = nextSignIns(subjects);
  const there = await server.vanish(away);
  return took(await signedIn, there);
}

async function afterSleep(server: Server, subjects: readonly Connected[]): Promise<Round> {
  const signal = (name: NodeJS.Signals): void => {
    for (const { pids } of subjects) for (const pid of pids()) process.kill(pid, name);
  };
  signal('SIGSTOP');
  await server.vanish(0);
  await pause(systemClock, asleep);
  const signedIn = nextSignIns(subjects);
  const awake = performance.now();
  signal('SIGCONT');
  return took(await signedIn, awake);
}
