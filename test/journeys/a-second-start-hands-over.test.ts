/** Two copies never hold one profile: the second says what the first can do for it, and is gone. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventQueue } from '../harness/event-queue.ts';
import { kith, newProfile, startHeadless, startKith, type KithRun } from '../harness/kith.ts';
import { startChromium } from '../harness/window.ts';

describe('a second start', () => {
  let profile: string;
  let first: KithRun;

  beforeEach(async () => {
    profile = await newProfile();
    first = await startKith({ profile });
  });
  afterEach(async () => {
    await first?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  it('ends at once and leads to a window of the first', async () => {
    const second = await kith(['--profile', profile]);
    expect(second).toMatchObject({ code: 0 });
    expect(second.output).toContain('already running');
    const chromium = await startChromium();
    try {
      const { page } = await chromium.open(second.output);
      await page.getByRole('main').waitFor();
    } finally {
      await chromium.close();
    }
    expect(first.run.exit).toBeUndefined();
  });

  it('leaves exactly one standing when both start at once', async () => {
    await first.stop();
    const said = new EventQueue<{ readonly by: number; readonly line: string }>();
    const both = [0, 1].map((by) => startHeadless(profile, (line) => said.push({ by, line })));
    try {
      const stands = await said.next('one to stand', ({ line }) => line.includes('without a window'));
      const other = await said.next('the other to say so', ({ line }) => line.includes('already running'));
      expect(other.by).not.toBe(stands.by);
      expect(await both[other.by]?.ended).toEqual({ code: 0, signal: null });
      expect(both[stands.by]?.exit).toBeUndefined();
      expect((await kith(['quit', '--profile', profile])).code).toBe(0);
    } finally {
      for (const run of both) await run.end();
    }
  });

  it('can end the first by the command line, which leaves a profile others cannot read', async () => {
    expect((await stat(join(profile, 'kith.sock'))).mode & 0o777).toBe(0o600);
    expect(await kith(['quit', '--profile', profile])).toMatchObject({ code: 0 });
    expect(await first.run.ended).toEqual({ code: 0, signal: null });
    expect((await stat(join(profile, 'kith.db'))).mode & 0o777).toBe(0o600);
    await expect(stat(join(profile, 'kith.sock'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('is possible again within two seconds of %s', async (signal) => {
    const began = Date.now();
    expect(await first.stop(signal)).toMatchObject({ signal: null });
    expect(Date.now() - began).toBeLessThan(2000);
    first = await startKith({ profile });
  });
});
