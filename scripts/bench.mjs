#!/usr/bin/env node
/** Bundles bench/ and runs it: `npm run bench -- --help`. */
import { rmSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
// Inside the tree, so that what the bundle leaves outside is found.
const folder = mkdtempSync(join(root, 'node_modules', '.kith-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
// Ending by a signal would skip the exit handlers, and leave servers and daemons behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const bundle = await rolldown({
  input: join(root, 'bench', 'main.ts'),
  external: [/^node:/, 'prettier'],
  platform: 'node',
  logLevel: 'warn',
});
await bundle.write({ file: join(folder, 'bench.mjs'), format: 'esm', sourcemap: true });
await bundle.close();
try {
  const { bench } = await import(pathToFileURL(join(folder, 'bench.mjs')).href);
  process.exitCode = await bench(process.argv.slice(2));
} catch (error) {
  console.error(error.name === 'MissingProgram' ? `Not measured: ${error.message}` : error);
  process.exitCode = 2;
}
process.exit();
