/** Kith at a screen, with the real Chromium: a window of its own, and one Kith however often it is started. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Run, type Exit } from '../harness/processes.ts';
import { Screen } from '../harness/screen.ts';
import { bounded, until } from '../harness/waiting.ts';

const command = fileURLToPath(new URL('../../bin/kith', import.meta.url));

describe('Kith at a screen', () => {
  let screen: Screen;
  let folder: string;
  let runs: Run[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kith-screen-'));
    screen = await Screen.open();
  });
  afterEach(async () => {
    await Promise.all(runs.map((run) => run.end()));
    runs = [];
    await screen[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const start = (profile = 'profile'): Run => {
    const run = new Run(process.execPath, [command, '--profile', join(folder, profile), '--secrets', 'memory'], {
      env: { DISPLAY: screen.name, ELECTRON_OVERRIDE_DIST_PATH: folder },
    });
    runs.push(run);
    return run;
  };
  const windows = (): Promise<readonly string[]> => screen.windows('Kith');
  const shown = (count = 1): Promise<true> =>
    until('the windows', async () => ((await windows()).length === count ? true : undefined));
  const endOf = (run: Run): Promise<Exit> => bounded('a second start to end', run.ended);
  /** Starts it again: it says so once there is a window to bring up. */
  const isOpen = async (profile?: string): Promise<true | undefined> => {
    const again = start(profile);
    expect(await endOf(again)).toEqual({ code: 0, signal: null });
    return again.output.includes('is open') ? true : undefined;
  };

  it('has a window of its own, which goes with it', async () => {
    const run = start();
    await shown();
    expect((await run.end()).code).toBe(0);
    expect(await windows()).toEqual([]);
  });

  it('is brought up before the others by a second start, which opens none of its own', async () => {
    start();
    await shown();
    const [first] = await windows();
    start('other');
    await shown(2);
    expect((await windows()).at(-1)).toBe(first);
    // A Chromium that is still opening takes the focus once more by itself, and would be above what came up before that.
    await until('the other to be at rest', () => isOpen('other'));
    expect(await isOpen()).toBe(true);
    await until('it to come up', async () => ((await windows())[0] === first ? true : undefined));
    expect(await windows()).toHaveLength(2);
  });

  it('is one Kith when two are started at once, and the other hands over and ends', async () => {
    const both = [start(), start()];
    const first = await bounded('one of them to hand over', Promise.race(both.map(({ ended }) => ended)));
    expect(first).toEqual({ code: 0, signal: null });
    await shown();
    const again = start();
    expect(await endOf(again)).toEqual({ code: 0, signal: null });
    expect(await windows()).toHaveLength(1);
    expect(both.filter(({ exit }) => exit === undefined)).toHaveLength(1);
  });
});
