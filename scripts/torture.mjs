#!/usr/bin/env node
/** Kills Kith a thousand times while it talks: `npm run torture -- --help`. */
import { runBundled } from './lib/bundled-run.mjs';

await runBundled('test/harness/torture/main.ts', 'torture');
