/** An empty Chromium: the same program with the same words as Kith's window, showing nothing. */
import { Run } from '../../test/harness/processes.ts';
import type { Display } from '../display.ts';
import { makePlace } from '../place.ts';
import { family, wordsOf } from '../processes.ts';
import type { Subject } from './subject.ts';

export interface EmptyChromium extends Subject {
  /** Milliseconds until its window was there. */
  readonly window: number;
}

/** Chromium's command and its switches as a running Kith called it, from /proc; the shell that stands between the two is left out. */
export function chromiumOf(pids: readonly number[]): readonly string[] | undefined {
  for (const pid of pids) {
    const words = wordsOf(pid);
    const first = words.findIndex((word) => word.startsWith('--'));
    if (words[1] === '-c' && words.some((word) => word.startsWith('--app='))) return words.slice(first - 1);
  }
  return undefined;
}

/** Ends with what it called. */
const calls = `const called = require('node:child_process').spawn(process.argv[1], process.argv.slice(2), { stdio: 'ignore' });
process.on('SIGTERM', () => called.kill()); called.on('exit', () => process.exit());`;

/** `words` as `chromiumOf` gives them; `data` is its user-data folder, kept between runs as Kith keeps its own. By Node: by a program that does nothing else. */
export async function startEmptyChromium(
  words: readonly string[],
  data: string,
  display: Display,
  by: 'itself' | 'Node' = 'itself',
): Promise<EmptyChromium> {
  const place = await makePlace({ bus: true });
  const [program = '', ...given] = words;
  // Nobody holds the other end of a pipe to it.
  const without = given.filter((word) => word !== '--remote-debugging-pipe');
  const own = without.map((word) => {
    if (word.startsWith('--app=')) return '--app=about:blank';
    return word.startsWith('--user-data-dir=') ? `--user-data-dir=${data}` : word;
  });
  const shown = display.nextWindow();
  const begin = performance.now();
  const [runs, ...args] = by === 'itself' ? [program, ...own] : [process.execPath, '-e', calls, program, ...own];
  const run = new Run(runs, args, { env: { ...place.env, DISPLAY: display.name }, cwd: place.home });
  const window = (await shown) - begin;
  return {
    window,
    pids: () => family(run.pid),
    async end() {
      await run.end();
      await place.leave();
    },
  };
}
