/** Electron's program, if it is here or can be fetched. Its package is never imported: importing it downloads. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockDigest } from './install.mjs';
import { step } from './steps.mjs';

/** A download may take this long, in milliseconds. */
const patience = 10 * 60 * 1000;

/** The program's path, or undefined when it is not installed. ELECTRON_OVERRIDE_DIST_PATH names a folder with another one. */
export function electronProgram(root) {
  const folder = join(root, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : undefined;
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const program = override !== undefined ? join(override, name ?? 'electron') : name && join(folder, 'dist', name);
  return program && existsSync(program) ? program : undefined;
}

/** Tried once per install; a failure is remembered in node_modules, so it goes with it. */
export async function fetchElectron(root) {
  const install = join(root, 'node_modules', 'electron', 'install.js');
  const stamp = join(root, 'node_modules', '.kith-electron-failed');
  const digest = lockDigest(root);
  const skip = process.env['ELECTRON_SKIP_BINARY_DOWNLOAD'];
  if (!existsSync(install) || (skip !== undefined && skip !== '' && skip !== '0')) return undefined;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return undefined;
  const words = 'Fetching Electron, once (about 110 MB) …';
  if (!(await step(words, process.execPath, [install], { cwd: root, within: patience, show: false })))
    writeFileSync(stamp, digest);
  return electronProgram(root);
}
