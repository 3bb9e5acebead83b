/** Whether the window stays at hand while very many people come online at once. */
import { chromium } from 'playwright-core';
import { pause, systemClock } from '../../src/base/index.ts';
import { findProgram } from '../../test/harness/processes.ts';
import { settled } from '../processes.ts';
import { type Server, startServer } from '../server.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import type { Person } from '../subjects/subject.ts';
import { pick, type Trial, type Turn } from '../trial.ts';

const contacts = 10_000;
const comers = 3_000;
/** They come in so many portions, over so many milliseconds. */
const portions = 40;
const within = 2_000;
/** Milliseconds of frames that are looked at: what came late still has to be shown. */
const watched = 5_000;

export const crowd: Trial = {
  name: 'crowd',
  says: 'longest frame of the window while 3,000 of 10,000 contacts come online within two seconds',
  async run(rounds, say) {
    const executablePath = findProgram({ name: 'chromium', debianPackage: 'chromium' });
    const server = await startServer([contacts]);
    const person = server.person(contacts);
    const profile = await makeProfile(person);
    const turns: Turn<Frames>[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        say(`crowd, round ${round + 1} of ${rounds}`);
        turns.push(await watch(executablePath, profile.profile, server, person));
      }
    } finally {
      await profile.leave();
      await server.stop();
    }
    const sides = { unit: 'ms', ours: 'Kith while they come', peer: 'the same window while nobody does' };
    return [
      {
        ...sides,
        name: 'Longest frame, 3,000 of 10,000 contacts come online within two seconds',
        limit: 50,
        rounds: turns.map((turn) => pick(turn, ({ longest }) => longest)),
        notes: [
          `Frames as the page's own requestAnimationFrame tells them, for ${watched / 1000} s from the first who comes; Chromium paints without a graphics card and shares the cores with the server.`,
        ],
      },
      {
        ...sides,
        name: 'Frames over 50 ms in those five seconds, and one',
        unit: 'frames + 1',
        rounds: turns.map((turn) => pick(turn, ({ slow }) => slow + 1)),
        notes: [],
      },
    ];
  },
};

interface Frames {
  readonly longest: number;
  readonly slow: number;
}

/** One window, which is looked at twice while nothing happens and once while they come. */
async function watch(executablePath: string, template: string, server: Server, person: Person): Promise<Turn<Frames>> {
  const kith = await startKith(template, { headless: false });
  const browser = await chromium.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await kith.entrance());
    const to = await server.others.sees(person.address);
    await page.getByRole('treeitem').nth(5).waitFor();
    await settled(() => [...kith.pids()]);
    const frames = async (meanwhile: () => Promise<void>): Promise<Frames> => {
      const counted = page.evaluate(
        (milliseconds) =>
          new Promise<Frames>((resolve) => {
            const begin = performance.now();
            let last = begin;
            let longest = 0;
            let slow = 0;
            const frame = (now: number): void => {
              const took = now - last;
              last = now;
              longest = Math.max(longest, took);
              if (took > 50) slow += 1;
              if (now - begin < milliseconds) requestAnimationFrame(frame);
              else resolve({ longest, slow });
            };
            requestAnimationFrame(frame);
          }),
        watched,
      );
      await meanwhile();
      return counted;
    };
    const nothing = async (): Promise<void> => {};
    const peer = await frames(nothing);
    const peerAgain = await frames(nothing);
    const ours = await frames(async () => {
      for (let portion = 0; portion < portions; portion += 1) {
        const [first, end] = [portion, portion + 1].map((one) => (one * comers) / portions);
        server.others.appear(to, first!, end!);
        await pause(systemClock, within / portions);
      }
    });
    const online = await kith.online();
    if (online !== comers) throw new Error(`Kith knows of ${online} who are online, not ${comers}`);
    return { ours, peer, peerAgain };
  } finally {
    await browser.close();
    await kith.end();
    server.others.forget();
  }
}
