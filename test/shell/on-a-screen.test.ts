/** Kith at a screen, with the real Chromium: a window of its own, and one Kith however often it is started. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Run } from '../harness/processes.ts';
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

  const start = (...words: string[]): Run => {
    const run = new Run(
      process.execPath,
      [command, '--profile', join(folder, 'profile'), '--secrets', 'memory', ...words],
      {
        env: { DISPLAY: screen.name, ELECTRON_OVERRIDE_DIST_PATH: folder },
      },
    );
    runs.push(run);
    return run;
  };
  const windows = async (): Promise<readonly string[]> => (await screen.titles()).filter((title) => title === 'Kith');
  const shown = (): Promise<true> =>
    until('the window', async () => ((await windows()).length === 1 ? true : undefined));

  it('has a window of its own, which goes with it', async () => {
    const run = start();
    await shown();
    expect((await run.end()).code).toBe(0);
    expect(await windows()).toEqual([]);
  });

  it('is one Kith when two are started at once, and the other hands over and ends', async () => {
    const both = [start(), start()];
    const first = await bounded('one of them to hand over', Promise.race(both.map(({ ended }) => ended)));
    expect(first).toEqual({ code: 0, signal: null });
    await shown();
    expect(both.filter(({ exit }) => exit === undefined)).toHaveLength(1);
  });
});
