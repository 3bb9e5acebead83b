#!/usr/bin/env node
/** Mutated words of a server, thousands of them: `npm run fuzz -- --help`. */
import { runBundled } from './lib/bundled-run.mjs';

await runBundled('test/harness/fuzz/main.ts', 'fuzz');
