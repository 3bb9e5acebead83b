/** Whether dist/ was built from the sources that are here, told by their content. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['src', 'renderer', 'protocols', 'plugins'];
const files = ['package.json', 'package-lock.json', 'vite.config.ts', 'scripts/build.mjs'];
/** Tests and their fixtures change nothing in what runs. */
const unbuilt = /\.test\.tsx?$|\.md$|(^|\/)fixtures\//;

export function sourcesDigest(root) {
  const digest = createHash('sha256');
  const listed = folders.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
      : [],
  );
  for (const path of [...files, ...listed.filter((name) => !unbuilt.test(name)).sort()])
    digest.update(`${path}\0`).update(readFileSync(join(root, path)));
  return digest.digest('hex');
}

const stampOf = (root) => join(root, 'dist', '.built-from');

export function isBuilt(root) {
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === sourcesDigest(root);
}

/** From here on dist/ is nobody's until `stampBuilt`. */
export function forgetBuilt(root) {
  rmSync(stampOf(root), { force: true });
}

export function stampBuilt(root, digest) {
  writeFileSync(stampOf(root), digest);
}
