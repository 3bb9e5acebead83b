/** `npm start` on a tree that is installed and built: what it starts, and that it ends as that ends. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kith } from '../harness/kith.ts';
import { Run } from '../harness/processes.ts';
import { bounded, until } from '../harness/waiting.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-npm-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('the start', () => {
  const begin = (line: readonly string[], env: Readonly<Record<string, string | undefined>>): Run =>
    new Run(process.execPath, [join(root, 'scripts/start.mjs'), ...line], {
      env: { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...env },
    });

  it('passes its flags on, stands in its own process and ends cleanly', async () => {
    const profile = join(folder, 'profile');
    const run = begin(['--headless', '--profile', profile], {});
    try {
      await until('Kith to stand', () => (run.output.includes('without a window') ? true : undefined));
      expect(JSON.parse((await kith(['status', '--json', '--profile', profile])).output)).toMatchObject({
        running: true,
      });
    } finally {
      expect(await run.end()).toEqual({ code: 0, signal: null });
    }
  });

  it('says in one line that there is no screen, and how the page is reached', async () => {
    const run = begin(['--profile', join(folder, 'profile')], {});
    try {
      await until('the invitation', () => (run.output.includes('it works once') ? true : undefined));
      expect(run.errors.split('\n').filter((line) => line.includes('There is no screen here'))).toHaveLength(1);
    } finally {
      expect(await run.end()).toEqual({ code: 0, signal: null });
    }
  });

  it('gives the screen to Electron, passes on what it is told and ends as it ends', async () => {
    writeFileSync(
      join(folder, 'electron'),
      `#!/bin/sh\ntrap 'exit 7' TERM\nprintf '%s\\n' "$@" > "${folder}/called.new"\nmv "${folder}/called.new" "${folder}/called"\nwhile :; do sleep 0.05; done\n`,
    );
    chmodSync(join(folder, 'electron'), 0o755);
    const run = begin(['--profile', folder], { DISPLAY: ':none', ELECTRON_OVERRIDE_DIST_PATH: folder });
    try {
      const called = await until('Electron to be called', () =>
        existsSync(join(folder, 'called'))
          ? readFileSync(join(folder, 'called'), 'utf8').trim().split('\n')
          : undefined,
      );
      expect(called.filter((word) => word !== '--no-sandbox')).toEqual([root, '--profile', folder]);
      expect(called.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
      run.signal('SIGTERM');
      expect(await bounded('its end', run.ended)).toEqual({ code: 7, signal: null });
    } finally {
      await run.end('SIGKILL');
    }
  });
});
