/** The package, packed for real around a stand-in for Electron's binary, without a network. */
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Run } from '../harness/processes.ts';
import { bounded } from '../harness/waiting.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Milliseconds; electron-builder is big and looks at every file. */
const patience = 240_000;

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly unpacked?: boolean;
}

/** The names in an archive, each with whether it lies beside it. Its header is JSON behind four lengths (electron/asar, README). */
function namesIn(archive: string): Map<string, boolean> {
  const file = openSync(archive, 'r');
  const lengths = Buffer.alloc(16);
  readSync(file, lengths, 0, 16, 0);
  const header = Buffer.alloc(lengths.readUInt32LE(12));
  readSync(file, header, 0, header.length, 16);
  closeSync(file);
  const names = new Map<string, boolean>();
  const walk = (entry: Entry, path: string): void => {
    if (entry.files === undefined) names.set(path, entry.unpacked === true);
    else for (const [name, inside] of Object.entries(entry.files)) walk(inside, path === '' ? name : `${path}/${name}`);
  };
  walk(JSON.parse(header.toString('utf8')) as Entry, '');
  return names;
}

describe('the package', () => {
  let folder: string;
  let names: Map<string, boolean>;

  const pack = async (...more: string[]): Promise<Run> => {
    const args = [
      '--linux',
      'dir',
      `-c.electronDist=${join(folder, 'electron')}`,
      `-c.directories.output=${join(folder, 'out')}`,
    ];
    const run = new Run(process.execPath, [join(root, 'node_modules/electron-builder/cli.js'), ...args, ...more], {
      cwd: root,
      env: { HOME: folder },
    });
    await bounded('electron-builder', run.ended, patience).finally(() => run.end('SIGKILL'));
    return run;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kith-package-'));
    const electron = join(folder, 'electron');
    mkdirSync(join(electron, 'locales'), { recursive: true });
    // The mark by which the fuses are found, their version, their number, and nine that can be flipped.
    writeFileSync(
      join(electron, 'electron'),
      'stand-in dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009000000000 stand-in',
    );
    chmodSync(join(electron, 'electron'), 0o755);
    for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'chrome-sandbox'])
      writeFileSync(join(electron, name), '');
    const run = await pack();
    if (run.exit?.code !== 0)
      throw new Error(`electron-builder ended with ${run.exit?.code}\n${run.output}${run.errors}`);
    names = namesIn(join(folder, 'out/linux-unpacked/resources/app.asar'));
  }, patience);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what runs: the core, the workers, the preload, the window', () => {
    expect([...names.keys()]).toEqual(
      expect.arrayContaining([
        'package.json',
        'LICENSE',
        'dist/kith.js',
        'dist/preload.cjs',
        'dist/protocols/xmpp.js',
        'dist/protocols/testbed.js',
        'dist/renderer/index.html',
      ]),
    );
  });

  it('holds no source, no test, no map and nothing that is inside the bundles already', () => {
    const strangers = [...names.keys()].filter(
      (name) =>
        /\.(ts|tsx|cts|map|md)$|\.test\.|(^|\/)(test|tests|src|bench|docs)\//.test(
          name.replace(/LICENSE\.[\w-]+\.md$/, ''),
        ) ||
        /^(node_modules\/(?!@photostructure\/sqlite\/|@napi-rs\/keyring|node-gyp-build\/)|scripts\/|renderer\/|protocols\/)/.test(
          name,
        ),
    );
    expect(strangers).toEqual([]);
  });

  it('brings native libraries for Linux only, and leaves them and the workers beside the archive', () => {
    const native = [...names.keys()].filter((name) => name.endsWith('.node'));
    expect(native.some((name) => name.includes('sqlite/prebuilds/linux-x64'))).toBe(true);
    expect(native.filter((name) => /darwin|win32|android|freebsd/.test(name))).toEqual([]);
    for (const name of [...native, 'dist/protocols/xmpp.js']) {
      expect(names.get(name)).toBe(true);
      expect(existsSync(join(folder, 'out/linux-unpacked/resources/app.asar.unpacked', name))).toBe(true);
    }
  });

  it('is one program called kith', () => {
    expect(readdirSync(join(folder, 'out/linux-unpacked'))).toContain('kith');
  });

  it(
    'would not be packed with a setting that does not exist',
    async () => {
      const run = await pack('-c.noSuchSetting=1');
      expect(run.exit?.code).not.toBe(0);
      expect(run.output + run.errors).toContain('noSuchSetting');
    },
    patience,
  );
});
