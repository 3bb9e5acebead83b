/** Electron's program, if it is here or can be fetched. Its package is never imported: importing it downloads. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTree } from './tree.mjs';

/** A download may take this long, in milliseconds. */
const patience = 10 * 60 * 1000;

/** Its path, or undefined when it is not there. ELECTRON_OVERRIDE_DIST_PATH names a folder with another one. */
export function electronProgram(find = inTree, env = process.env) {
  const named = find('node_modules/electron/path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : undefined;
  const elsewhere = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (elsewhere === undefined && name === undefined) return undefined;
  const program =
    elsewhere === undefined ? find(`node_modules/electron/dist/${name}`) : join(elsewhere, name ?? 'electron');
  return existsSync(program) ? program : undefined;
}

/** Tried once per install: the failure is remembered in node_modules, which every install makes anew. */
export function fetchElectron(say, find = inTree, env = process.env) {
  const install = find('node_modules/electron/install.js');
  const failed = find('node_modules/.electron-not-fetched');
  const unwanted = !['', '0', 'false', undefined].includes(env['ELECTRON_SKIP_BINARY_DOWNLOAD']);
  if (unwanted || existsSync(failed) || !existsSync(install)) return undefined;
  say('Fetching Electron, once (about 110 MB)…');
  const { status } = spawnSync(process.execPath, [install], { stdio: 'ignore', timeout: patience, env });
  const program = status === 0 ? electronProgram(find, env) : undefined;
  if (program === undefined) writeFileSync(failed, 'Remove this file to let npm start try again.\n');
  return program;
}
