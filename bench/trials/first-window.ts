/** How long until there is a window. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../temporary.ts';
import { findProgram, type Program } from '../../test/harness/processes.ts';
import { spread } from '../figures.ts';
import { openDisplay, type Display } from '../display.ts';
import { settled } from '../processes.ts';
import { startServer } from '../server.ts';
import { chromiumOf, startEmptyChromium } from '../subjects/chromium.ts';
import { makeProfile, startKith } from '../subjects/kith.ts';
import { inTurn, type Round, type Trial } from '../trial.ts';

const chromium: Program = { name: 'chromium', debianPackage: 'chromium' };
const contacts = 1_000;

export const firstWindow: Trial = {
  name: 'first-window',
  says: 'start until the window is there, Kith in the browser shell against an empty Chromium',
  async run(rounds, say) {
    findProgram(chromium);
    if (!existsSync(join(process.cwd(), 'dist', 'renderer', 'index.html')))
      throw new Error('The window is not built; npm run build makes it');
    const display = await openDisplay();
    const server = await startServer([contacts]);
    const data = temporary('chromium');
    try {
      const profile = await makeProfile(server.person(contacts));
      try {
        say('first window, once to warm up');
        const kith = () => kithWindow(profile.profile, display);
        const { words } = await kith();
        const empty = async (by: 'itself' | 'Node' = 'itself') => {
          const subject = await startEmptyChromium(words, data.path, display, by);
          await settled(subject.pids);
          await subject.end();
          return subject.window;
        };
        await empty();
        const measured: Round[] = [];
        const byNode: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          say(`first window, round ${round + 1} of ${rounds}`);
          measured.push(await inTurn(round, async () => (await kith()).milliseconds, empty));
          byNode.push(await empty('Node'));
        }
        return [
          {
            name: 'Start until the first window',
            unit: 'ms',
            ours: 'Kith, browser shell, an account of 1,000 contacts',
            peer: 'chromium --app=about:blank',
            rounds: measured,
            most: 1.2,
            notes: [
              'Until the window is mapped on the X server. Both find the Chromium folder of the run before, call Debian’s command for it and give it the same switches.',
              `The same empty Chromium, called by a Node program that does nothing else, takes ${spread(byNode)} ms: a Kith on Node cannot be faster.`,
            ],
          },
        ];
      } finally {
        await profile.leave();
      }
    } finally {
      await server.stop();
      await display.end();
      data.remove();
    }
  },
};

async function kithWindow(
  profile: string,
  display: Display,
): Promise<{ readonly milliseconds: number; readonly words: readonly string[] }> {
  const shown = display.nextWindow();
  const kith = await startKith(profile, { headless: false, again: true, env: { DISPLAY: display.name } });
  try {
    const milliseconds = (await shown) - kith.began;
    const words = chromiumOf(kith.pids());
    if (words === undefined) throw new Error('Kith opened its window without Chromium');
    await settled(kith.pids);
    return { milliseconds, words };
  } finally {
    await kith.end();
  }
}
