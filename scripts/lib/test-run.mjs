/** What `npm test` does, from a fresh clone to the last line. */
import { createInterface } from 'node:readline/promises';
import { buildIfNeeded } from './built.mjs';
import { downloadSize, installCommand, installPackages, knowPackages, missingPackages } from './debian-packages.mjs';
import { installIfNeeded } from './install.mjs';
import { say, showProgress } from './progress.mjs';
import { seclude } from './seclusion.mjs';
import { endSuites, runSuite } from './suite-run.mjs';
import { chosenSuites, groups, suites } from './suites.mjs';
import { notWritable } from './tree.mjs';

const inCi = process.env.CI !== undefined && !['', '0', 'false'].includes(process.env.CI);

const help = `npm test [SUITE…] [--yes]

Suites: ${suites.map(({ name }) => name).join(', ')}. Without a name: all of them.
${Object.keys(groups)
  .map((name) => `${name} stands for ${groups[name].join(', ')}.`)
  .join('\n')}
--yes installs missing Debian packages without asking (as root). CI=true does so too, and counts a suite that could not run as a failure.`;

/** Resolves with the exit code. */
export async function test(args) {
  if (args.includes('--help')) return (say(help), 0);
  const { chosen, unknown } = chosenSuites(args.filter((arg) => !arg.startsWith('-')));
  if (unknown !== undefined) return (say(`There is no suite ${unknown}.\n\n${help}`), 2);
  const trouble =
    notWritable() ?? installIfNeeded(say) ?? (chosen.some(({ built }) => built) ? buildIfNeeded(say) : undefined);
  if (trouble !== undefined) return (say(`${trouble}\n0 passed, 1 failed`), 1);

  await offerPackages(chosen, args.includes('--yes'));
  const withheld = chosen.filter(({ needs }) => missingPackages(needs).length > 0);
  const results = await runAll(chosen.filter((suite) => !withheld.includes(suite)));
  return conclude(results, withheld);
}

/** As root, installs what the suites lack; on a terminal only if the person says so. */
async function offerPackages(chosen, yes) {
  const missing = missingPackages(chosen.flatMap(({ needs }) => needs));
  if (missing.length === 0 || process.getuid?.() !== 0) return;
  if (!knowPackages(missing)) return say(`apt does not know all of: ${missing.join(' ')}`);
  const size = Math.ceil((downloadSize(missing) ?? 0) / 1_000_000);
  say(`The tests need ${missing.join(', ')}: ${size} MB to download.`);
  if (!yes && !inCi && process.stdin.isTTY && !(await agreed())) return;
  if (!installPackages(missing)) say('apt-get could not install them all.');
}

async function agreed() {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Install them? [Y/n] ');
  terminal.close();
  return !/^n/i.test(answer.trim());
}

async function runAll(chosen) {
  const { env, leave } = seclude();
  const stop = (signal) => {
    endSuites();
    leave();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const results = [];
  try {
    for (const suite of chosen) {
      showProgress(`${suite.name}…`);
      const result = await runSuite(suite, env, ({ passed, failed }) =>
        showProgress(`${suite.name}: ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}…`),
      );
      results.push(result);
      say(rowOf(result));
      if (result.failed > 0) say(result.output.trimEnd());
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    leave();
  }
  return results;
}

const rowOf = ({ suite, passed, failed, skipped, seconds }) =>
  `${failed > 0 ? '✗' : '✓'} ${suite.name.padEnd(9)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed` +
  `${skipped > 0 ? ` ${String(skipped).padStart(4)} skipped` : ''} ${seconds.toFixed(1).padStart(8)} s`;

/** The table, what was not run and why, and the last line. */
function conclude(results, withheld) {
  if (results.length > 1) say(`\n${results.map(rowOf).join('\n')}`);
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  if (sum('retries') > 0) say(`foreign retries: ${sum('retries')}`);
  for (const line of results.flatMap(({ notRun }) => notRun)) say(line);
  for (const { name, needs } of withheld) say(`not run: ${name}; it needs: ${installCommand(missingPackages(needs))}`);
  const failed = sum('failed') + (inCi ? withheld.length : 0);
  const skipped = sum('skipped');
  say(`${sum('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
}
