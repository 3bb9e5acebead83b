/** What it takes in memory to be online with a thousand contacts and no window. */
import { memory, settled } from '../processes.ts';
import { startServer, type Server } from '../server.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import { findTelepathy, haze, missionControl, startTelepathy } from '../subjects/telepathy.ts';
import type { Subject } from '../subjects/subject.ts';
import { median, spread } from '../figures.ts';
import { inTurn, type Round, type Trial } from '../trial.ts';

const contacts = 1_000;

export const residentMemory: Trial = {
  name: 'memory',
  says: 'resident memory at 1,000 contacts, Kith without a window against Mission Control with telepathy-haze',
  async run(rounds, say) {
    for (const program of [missionControl, haze]) findTelepathy(program);
    const server = await startServer([contacts]);
    const profile = await makeProfile(server.person(contacts));
    const shared: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
    const measure = async (subject: Subject & { contacts(): Promise<number> }, address: string, pss: number[]) => {
      try {
        await server.others.sees(address);
        await settled(subject.pids, 3_000);
        const found = memory(subject.pids());
        pss.push(found.pss);
        const listed = await subject.contacts();
        if (listed !== contacts) throw new Error(`${listed} of ${contacts} contacts were there`);
        return found.rss;
      } finally {
        await subject.end();
        await calmAndForget(server);
      }
    };
    const measured: Round[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        say(`memory, round ${round + 1} of ${rounds}`);
        const own = server.person(contacts);
        const open = server.person(contacts, { open: true });
        measured.push(
          await inTurn(
            round,
            async () => measure(await startKith(profile.profile), own.address, shared.ours),
            async () => measure(await startTelepathy(open), open.address, shared.peer),
          ),
        );
      }
    } finally {
      await profile.leave();
      await server.stop();
    }
    return [
      {
        name: 'Resident memory, online with 1,000 contacts, no window',
        unit: 'MiB RSS',
        ours: 'Kith, no window',
        peer: 'mission-control-5 + telepathy-haze + dbus-daemon',
        rounds: measured,
        most: 1.5,
        notes: [
          `Shared pages divided (PSS): Kith ${spread(shared.ours)}, peer ${spread(shared.peer)} MiB; ratio of medians ${((median(shared.ours) ?? 0) / (median(shared.peer) ?? 1)).toFixed(2)}.`,
          'The peer signs in without TLS, because haze accepts no certificate that nobody is there to accept; Kith signs in with TLS.',
        ],
      },
    ];
  },
};

async function calmAndForget(server: Server): Promise<void> {
  await server.calm();
  server.others.forget();
}
