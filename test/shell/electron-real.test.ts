/** The Electron shell in a real Electron, where its binary is. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notRun } from '../harness/not-run.ts';
import { Screen } from '../harness/screen.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** As Electron's own package tells it, without importing that: importing downloads. */
function program(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const named = join(root, 'node_modules/electron/path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron';
  const path = join(folder ?? join(root, 'node_modules/electron/dist'), name);
  return existsSync(path) ? path : undefined;
}

const executablePath = program();
const why = executablePath === undefined ? 'its binary is not here; README says how to get it' : undefined;

describe.skipIf(notRun('Kith in a real Electron', why))('a real Electron', () => {
  let screen: Screen;
  let folder: string;
  let kith: ElectronApplication;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kith-electron-real-'));
    const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--profile', folder];
    screen = await Screen.open();
    kith = await _electron.launch({
      executablePath: executablePath!,
      args,
      env: { ...process.env, DISPLAY: screen.name },
    });
  });
  afterAll(async () => {
    await kith?.close();
    await screen?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('shows the window, joined over its port', async () => {
    const page = await kith.firstWindow();
    await page.locator('#root > *').first().waitFor();
    expect(page.url()).toBe('app://kith/');
  });

  it('gives the page nothing of Node and lets it go nowhere', async () => {
    const page = await kith.firstWindow();
    const seen = await page.evaluate(async () => {
      const opened = window.open('https://example.invalid/') !== null;
      const fetched = await fetch('https://example.invalid/').then(
        () => true,
        () => false,
      );
      location.href = 'https://example.invalid/';
      const names = ['process', 'require', 'module', 'Buffer'].filter((name) => name in window);
      return { opened, fetched, names };
    });
    expect(seen).toEqual({ opened: false, fetched: false, names: [] });
    expect(page.url()).toBe('app://kith/');
  });
});
