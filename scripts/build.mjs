#!/usr/bin/env node
/** Builds dist/: one file for the core, one per protocol worker, the preload, the renderer. `--only core|renderer` builds a part. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { build as buildRenderer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

/** Native modules stay outside; everything else is inside the bundle. */
const external = [/^node:/, 'electron', '@photostructure/sqlite', '@napi-rs/keyring'];

/** An entry that seats one protocol in a worker: the worker half of the host and the protocol, in one file. */
const seatProtocol = (name) => ({
  name: 'seat-protocol',
  resolveId: (id) => (id === 'virtual:worker' ? id : null),
  load: (id) =>
    id === 'virtual:worker'
      ? `import { serve } from ${JSON.stringify(join(root, 'src/protocol-worker.ts'))};
import { protocol } from ${JSON.stringify(join(root, 'protocols', name, 'index.ts'))};
serve(protocol);`
      : null,
});

/**
 * What runs before there is a window is one file: reading and linking a dozen small ones took as long as everything they do.
 * The command line, the core and Electron's half stay apart.
 */
const front = {
  name: 'front',
  test: /\/src\/(base|contracts|domain|storage|shell\/(session|windows|log-file|browser|socket|ends)\b)/,
};

async function bundle(input, file, { format = 'esm', plugins = [] } = {}) {
  const build = await rolldown({ input, external, platform: 'node', plugins, cwd: root, logLevel: 'warn' });
  const single = format === 'cjs' || input === 'virtual:worker';
  await build.write({
    dir: join(root, 'dist', file, '..'),
    entryFileNames: file.split('/').at(-1),
    chunkFileNames: 'parts/[name]-[hash].js',
    format,
    sourcemap: true,
    codeSplitting: single ? false : { groups: [front] },
  });
  await build.close();
}

/** A Kith that runs from before loads its parts when it needs them, so those of earlier builds stay for a week. */
function sweepParts() {
  const parts = join(root, 'dist', 'parts');
  const week = 7 * 24 * 60 * 60 * 1000;
  if (!existsSync(parts)) return;
  for (const name of readdirSync(parts)) {
    const part = join(parts, name);
    if (Date.now() - statSync(part).mtimeMs > week) rmSync(part);
  }
}

if (only !== 'renderer') {
  const protocols = readdirSync(join(root, 'protocols'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'protocols', entry.name, 'index.ts')))
    .map((entry) => entry.name);
  for (const name of protocols)
    await bundle('virtual:worker', `protocols/${name}.js`, { plugins: [seatProtocol(name)] });
  await bundle('src/main.ts', 'kith.js');
  await bundle('src/preload.cts', 'preload.cjs', { format: 'cjs' });
  sweepParts();
}
if (only !== 'core' && existsSync(join(root, 'renderer/main.tsx'))) {
  await buildRenderer({ configFile: join(root, 'vite.config.mjs'), logLevel: 'warn' });
}
