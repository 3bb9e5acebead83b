#!/usr/bin/env node
/** `npm start`: installs and builds what is missing or stale, then starts Kith. Runs on Node 16 as far as saying which Node it needs. */
import { fileURLToPath } from 'node:url';
import { realpathSync } from 'node:fs';
import { nodeProblem } from './start/node-version.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  const problem = nodeProblem(process.versions.node);
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
    return;
  }
  const { start } = await import('./start/start.mjs');
  await start(root, process.argv.slice(2));
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main();
