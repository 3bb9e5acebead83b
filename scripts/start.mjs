#!/usr/bin/env node
/** `npm start [-- FLAGS]`: installs and builds what is missing or stale, then starts Kith with the flags. */
import { nodeTooOld } from './lib/node-version.mjs';

const tooOld = nodeTooOld();
if (tooOld !== undefined) {
  console.error(tooOld);
  process.exitCode = 1;
} else {
  import('./lib/start-run.mjs').then(({ start }) => start(process.argv.slice(2)));
}
