#!/usr/bin/env node
/** `npm test [SUITE…] [--yes]`: installs, builds, runs the suites, and ends with `N passed, N failed`. */
import { nodeTooOld } from './lib/node-version.mjs';

const tooOld = nodeTooOld();
if (tooOld !== undefined) {
  console.error(tooOld);
  process.exitCode = 1;
} else {
  const { test } = await import('./lib/test-run.mjs');
  process.exitCode = await test(process.argv.slice(2));
}
