/** What is installed must be what the lock file says. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './steps.mjs';

/** Names this install: a new lock file or a new node_modules is another one. */
export function lockDigest(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

const stampOf = (root) => join(root, 'node_modules', '.kith-installed');

/** True when the stamp of the last install fits the lock file, or npm's own record of what it installed does. */
export function isInstalled(root) {
  const stamp = stampOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest(root)) return true;
  return existsSync(join(root, 'node_modules')) && matchesLock(root);
}

/** Someone may have run npm themselves: then npm's hidden lock file lists every package with its version. */
function matchesLock(root) {
  try {
    const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
    const wanted = read('package-lock.json');
    const present = read('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([path, { version, optional, peer, link }]) =>
        path === '' || link || present[path]?.version === version || (!(path in present) && (optional || peer)),
    );
  } catch {
    return false;
  }
}

/** Resolves with false when it could not be done; why has been shown. */
export async function ensureInstalled(root) {
  if (!isInstalled(root)) {
    const npm = process.env['npm_execpath'];
    const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
    const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
    if (!(await step('Installing what Kith is made of, once …', program, args, { cwd: root }))) return false;
  }
  writeFileSync(stampOf(root), lockDigest(root));
  return true;
}
