#!/usr/bin/env node
/** Builds dist/: one file for the core, one per protocol worker, the preload, the renderer. `--only core|renderer` builds a part. */
import { existsSync, readdirSync } from 'node:fs';
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

async function bundle(input, file, { format = 'esm', plugins = [] } = {}) {
  const build = await rolldown({ input, external, platform: 'node', plugins, cwd: root, logLevel: 'warn' });
  const single = format === 'cjs' || input === 'virtual:worker';
  await build.write({
    dir: join(root, 'dist', file, '..'),
    entryFileNames: file.split('/').at(-1),
    chunkFileNames: 'parts/[name]-[hash].js',
    format,
    sourcemap: true,
    ...(single ? { codeSplitting: false } : {}),
  });
  await build.close();
}

if (only !== 'renderer') {
  const protocols = readdirSync(join(root, 'protocols'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'protocols', entry.name, 'index.ts')))
    .map((entry) => entry.name);
  for (const name of protocols)
    await bundle('virtual:worker', `protocols/${name}.js`, { plugins: [seatProtocol(name)] });
  if (existsSync(join(root, 'src/main.ts'))) await bundle('src/main.ts', 'kith.js');
  if (existsSync(join(root, 'src/preload.cts'))) await bundle('src/preload.cts', 'preload.cjs', { format: 'cjs' });
}
if (only !== 'core' && existsSync(join(root, 'renderer/index.html'))) {
  await buildRenderer({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}
