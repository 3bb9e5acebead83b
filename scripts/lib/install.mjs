/** Brings node_modules in step with the lock file, and only when it is not. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { inTree, root } from './tree.mjs';

/** True when every package the lock file asks for is there in its version; optional ones may be missing, as npm leaves out other platforms'. */
export function isInstalled() {
  const record = inTree('node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(inTree('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (present[path] === undefined ? optional === true : present[path].version === version),
  );
}

/** Installs from the lock file. Returns undefined when it went well, else a sentence. npm's own words go straight to the person. */
export function install() {
  // npm says who it is to what it starts; on a machine with several that one is meant.
  const npm = process.env.npm_execpath;
  const [program, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { status, error } = spawnSync(program, [...before, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error !== undefined) return `npm could not be started: ${error.message}`;
  return status === 0 ? undefined : `npm ci ended with ${status}; what it says stands above.`;
}

/** Both steps: says when it installs, does nothing when nothing is to be done. */
export function installIfNeeded(say) {
  if (isInstalled()) return undefined;
  say('Installing what the lock file names…');
  return install();
}
