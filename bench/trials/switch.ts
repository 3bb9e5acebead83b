/** How soon somebody is signed in again whose network became another. */
import { pause, systemClock } from '../../src/base/index.ts';
import { findProgram } from '../../test/harness/processes.ts';
import { makeNetworks, type Networks } from '../networks.ts';
import { startServer, type Server } from '../server.ts';
import { finchProgram, startFinch } from '../subjects/finch.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import type { Moments, Person, Subject } from '../subjects/subject.ts';
import type { Result, Round, Trial } from '../trial.ts';

/** Whoever is cut off takes its own time to be back: so many rounds say enough. */
const most = 3;
/** Milliseconds without any network. */
const away = 10_000;
/** Whoever is not back after so many milliseconds counts as back then. */
const patience = 60_000;
/** Different people, who lose the same network at the same moment. */
const [ours, peers, peersAgain] = [10, 11, 12] as const;

type Connected = Subject & { readonly signIns: Moments };

export const networkSwitch: Trial = {
  name: 'switch',
  says: 'time until signed in again after the network became another, Kith without a window against finch',
  async run(rounds, say) {
    findProgram(finchProgram);
    const server = await startServer([ours, peers, peersAgain]);
    const [changes, silences]: [Round[], Round[]] = [[], []];
    try {
      for (let round = 0; round < Math.min(rounds, most); round += 1) {
        say(`switch, round ${round + 1} of ${Math.min(rounds, most)}`);
        changes.push(await measure(server, changed));
        silences.push(await measure(server, silenced));
      }
    } finally {
      await server.stop();
    }
    const sides = { unit: 'ms', ours: 'Kith, no window', peer: 'finch', limit: 5_000 };
    const how = `From the moment another network leads to the server. Who is not back after a minute counts as back then. ${Math.min(rounds, most)} rounds.`;
    return [
      {
        ...sides,
        name: 'Signed in again in another network, after ten seconds without any',
        rounds: changes,
        notes: [`The network and its address are gone, and another comes up, with another address. ${how}`],
      },
      {
        ...sides,
        name: 'Signed in again in another network, when the one before fell silent',
        rounds: silences,
        notes: [`The network before keeps its address, and nothing comes back through it. ${how}`],
      },
    ] satisfies Result[];
  },
};

/** Does to the first network what is measured; resolves when the second leads to the server, with performance.now(). */
type Break = (networks: Networks) => Promise<number>;

const changed: Break = async (networks) => {
  await networks.leave('first');
  await pause(systemClock, away);
  return networks.join('second');
};

const silenced: Break = async (networks) => {
  await networks.silence('first');
  return networks.join('second');
};

/** Everybody anew in networks of their own, signed in by the first of them. */
async function measure(server: Server, breaking: Break): Promise<Round> {
  const networks = await makeNetworks(server.person(ours).port);
  const there = (contacts: number): Person => ({ ...server.person(contacts), host: networks.server });
  const through = networks.inside;
  try {
    await networks.join('first');
    const profile = await makeProfile(there(ours));
    const subjects = await Promise.all([
      startKith(profile.profile, { watched: true, through }),
      startFinch(there(peers), { through }),
      startFinch(there(peersAgain), { through }),
    ]);
    try {
      await Promise.all(subjects.map(({ ready }) => ready));
      return await returning(subjects, () => breaking(networks));
    } finally {
      await Promise.all(subjects.map((subject) => subject.end()));
      await profile.leave();
    }
  } finally {
    await networks.remove();
  }
}

async function returning(subjects: readonly Connected[], breaking: () => Promise<number>): Promise<Round> {
  const returns = subjects.map(({ signIns }) =>
    signIns.next('somebody to be signed in again').catch(() => Number.POSITIVE_INFINITY),
  );
  const since = await breaking();
  const bound = pause(systemClock, patience).then(() => Number.POSITIVE_INFINITY);
  const [kith = 0, finch = 0, again = 0] = await Promise.all(returns.map((at) => Promise.race([at, bound])));
  const took = (at: number): number => Math.min(at - since, patience);
  return { ours: took(kith), peer: took(finch), peerAgain: took(again) };
}
