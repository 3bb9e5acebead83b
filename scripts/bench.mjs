#!/usr/bin/env node
/** Bundles bench/ and runs it: `npm run bench -- --help`. */
import { runBundled } from './lib/bundled-run.mjs';

await runBundled('bench/main.ts', 'bench');
