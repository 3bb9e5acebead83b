/** Brings dist/ in step with the sources, and only when it is not. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTree, root } from './tree.mjs';

const sources = [
  'src',
  'renderer',
  'protocols',
  'plugins',
  'scripts/build.mjs',
  'vite.config.mjs',
  'scripts/lib/catalogs.mjs',
  'package-lock.json',
];
const stamp = () => inTree('dist/.built');

/** True when nothing that goes into dist/ changed since the last build. A folder's own time tells of files that went. */
export function isBuilt() {
  if (!existsSync(stamp())) return false;
  const built = statSync(stamp()).mtimeMs;
  return sources.every((path) => newest(inTree(path)) <= built);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !/\.test\.tsx?$/.test(name) && !name.endsWith('.md'))
    .map((entry) => newest(join(path, entry.name)));
  return Math.max(mtimeMs, ...inside);
}

/** Says when it builds, does nothing when nothing is to be done. Returns a sentence when the build failed. */
export function buildIfNeeded(say) {
  if (isBuilt()) return undefined;
  say('Building…');
  // Taken before: what changes while it builds counts as newer.
  const began = new Date();
  const { status } = spawnSync(process.execPath, [inTree('scripts/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) return 'The build failed; what it says stands above.';
  mkdirSync(inTree('dist'), { recursive: true });
  writeFileSync(stamp(), '');
  utimesSync(stamp(), began, began);
  return undefined;
}
