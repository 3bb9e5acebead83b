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

/** Chromium and its switches as a running Kith called it, from /proc; whatever shell stands before it is left out. */
export function chromiumOf(pids: readonly number[]): readonly string[] | undefined {
  for (const pid of pids) {
    const words = wordsOf(pid);
    const first = words.findIndex((word) => word.startsWith('--'));
    const opens = words.some((word) => word.startsWith('--app=')) && !words.some((word) => word.startsWith('--type='));
    if (opens && first > 0) return words.slice(first - 1);
  }
  return undefined;
}

/** `words` as `chromiumOf` gives them; `data` is its user-data folder, kept between runs as Kith keeps its own. */
export async function startEmptyChromium(
  words: readonly string[],
  data: string,
  display: Display,
): Promise<EmptyChromium> {
  const place = await makePlace({ bus: true });
  const [program = '', ...given] = words;
  const own = given.map((word) => {
    if (word.startsWith('--app=')) return '--app=about:blank';
    return word.startsWith('--user-data-dir=') ? `--user-data-dir=${data}` : word;
  });
  const shown = display.nextWindow();
  const begin = performance.now();
  const run = new Run(program, own, { env: { ...place.env, DISPLAY: display.name }, cwd: place.home });
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
