/** `npm start`, step by step: what an old Node can read, what is fetched once, and where a window is wanted. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformWithOxc } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronProgram, fetchElectron } from './electron.mjs';
import { wantsWindow } from './start-run.mjs';
import { root } from './tree.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-npm-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('an old Node', () => {
  const first = ['scripts/start.mjs', 'scripts/lib/node-version.mjs', 'bin/kith'];

  it.each(first)('can read %s: no syntax in it is newer than Node 16', async (name) => {
    const source = readFileSync(join(root, name), 'utf8').replace(/^#!.*/, '');
    const lowered = await transformWithOxc(source, 'old.mjs', { target: 'node16', sourcemap: false });
    const kept = await transformWithOxc(source, 'new.mjs', { target: 'esnext', sourcemap: false });
    expect(lowered.code).toBe(kept.code);
  });

  it('loads nothing it cannot read before it was told', () => {
    for (const name of first) {
      const source = readFileSync(join(root, name), 'utf8');
      const loaded = [...source.matchAll(/^import .* from '(.+)';$/gm)].map(([, from]) => from);
      for (const from of loaded) expect(from).toMatch(/^(node:.*|\.\/lib\/node-version\.mjs)$/);
    }
  });
});

describe('a window', () => {
  const screen = { DISPLAY: ':0' };
  it.each<[string[], Record<string, string>, boolean]>([
    [[], screen, true],
    [['--demo', '--profile', 'folder'], screen, true],
    [['--secrets', 'ask'], { WAYLAND_DISPLAY: 'wayland-0' }, true],
    [['xmpp:amy@example.org'], screen, true],
    [[], {}, false],
    [['--headless'], screen, false],
    [['--help'], screen, false],
    [['contacts'], screen, false],
    [['--profile', 'folder', 'send', 'amy@example.org', 'Hello'], screen, false],
  ])('is wanted for %j with %j: %j', (line, env, wanted) => {
    expect(wantsWindow(line, env)).toBe(wanted);
  });
});

describe('Electron', () => {
  const find = (path: string): string => join(folder, path);
  const words: string[] = [];
  const say = (line: string): unknown => words.push(line);
  const installer = (code: string): void => {
    mkdirSync(find('node_modules/electron'), { recursive: true });
    writeFileSync(find('node_modules/electron/install.js'), code);
  };
  const count = `require('fs').appendFileSync(require('path').join(__dirname, 'tried'), 'x');`;
  beforeEach(() => void words.splice(0));

  it('is fetched when it is not there', () => {
    installer(`${count}
      const fs = require('fs');
      fs.mkdirSync(__dirname + '/dist');
      fs.writeFileSync(__dirname + '/dist/electron', '');
      fs.writeFileSync(__dirname + '/path.txt', 'electron');`);
    expect(electronProgram(find, {})).toBeUndefined();
    expect(fetchElectron(say, find, {})).toBe(find('node_modules/electron/dist/electron'));
    expect(electronProgram(find, {})).toBe(find('node_modules/electron/dist/electron'));
    expect(words).toHaveLength(1);
  });

  it('that cannot be fetched is tried once per install', () => {
    installer(`${count} process.exit(1);`);
    expect(fetchElectron(say, find, {})).toBeUndefined();
    expect(fetchElectron(say, find, {})).toBeUndefined();
    expect(readFileSync(find('node_modules/electron/tried'), 'utf8')).toBe('x');
    expect(words).toHaveLength(1);
    // A new install is a new folder.
    rmSync(find('node_modules'), { recursive: true });
    installer(`${count} process.exit(1);`);
    expect(fetchElectron(say, find, {})).toBeUndefined();
    expect(existsSync(find('node_modules/electron/tried'))).toBe(true);
  });

  it('that nobody wants is left alone', () => {
    installer(count);
    expect(fetchElectron(say, find, { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' })).toBeUndefined();
    expect(existsSync(find('node_modules/electron/tried'))).toBe(false);
    expect(words).toEqual([]);
  });
});
