/** One run of one suite in a process group of its own, bounded, its output kept and its tests counted. */
import { spawn } from 'node:child_process';
import { inTree, root } from './tree.mjs';

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--configLoader', 'runner', '--reporter', 'default'];
const counting = ['--reporter', 'scripts/lib/counting-reporter.mjs'];

/** Milliseconds between asking a suite to end and ending it. */
const grace = 5000;

const running = new Set();

/** Ends every suite that runs, for when this program is told to end. */
export function endSuites() {
  for (const end of running) end();
}

/** `heard` is called with the counts after every test; `find` says where a program of the suite is. Resolves, also when the suite fails or takes too long. */
export function runSuite(suite, env, heard, find = inTree) {
  const began = Date.now();
  const counts = { passed: 0, failed: 0, skipped: 0, retries: 0 };
  let output = '';
  let ended = false;
  let tooLong = false;
  const args = suite.vitest ? [...vitest, ...counting, '--project', suite.name] : suite.tool;
  const child = spawn(
    process.execPath,
    args.map((arg, index) => (index === 0 ? find(arg) : arg)),
    {
      cwd: root,
      env: { ...env, [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // The group is ended with everything the suite started.
      detached: true,
    },
  );
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group is gone already.
    }
  };
  const end = () => {
    signal('SIGTERM');
    setTimeout(() => signal('SIGKILL'), grace).unref();
  };
  running.add(end);
  const bound = setTimeout(() => {
    tooLong = true;
    end();
  }, suite.seconds * 1000);
  child.on('message', (message) => {
    if (message.type === 'test') {
      counts[message.state === 'pending' ? 'skipped' : message.state] += 1;
      counts.retries += message.retries;
      heard(counts);
    } else {
      counts.failed += message.broken;
      ended = true;
    }
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    const finish = (code, trouble) => {
      clearTimeout(bound);
      running.delete(end);
      // Whatever the suite left running ends with it.
      signal('SIGKILL');
      if (suite.tool !== undefined) counts[code === 0 ? 'passed' : 'failed'] = 1;
      else if ((code !== 0 || !ended) && counts.failed === 0) counts.failed = 1;
      const notRun = output.match(/^Not run: .*$/gm) ?? [];
      if (counts.skipped > 0 && notRun.length === 0) {
        counts.failed += counts.skipped;
        output += '\nTests were skipped, and no line says why (test/harness/not-run.ts).\n';
      }
      if (tooLong) output += `\nEnded after ${suite.seconds} s, the limit of this suite.\n`;
      resolve({ suite, ...counts, notRun, output: output + trouble, seconds: (Date.now() - began) / 1000 });
    };
    child.once('error', (error) => finish(1, `\n${error.message}\n`));
    child.once('close', (code) => finish(code ?? 1, ''));
  });
}
