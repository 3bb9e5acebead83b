/** Debian packages the tests use: which are missing, how big they are, and how they are installed without starting a service. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { packages } from './suites.mjs';

/** Asked by Debian's packages before they start a service; 101 means no. */
const debianPolicy = '/usr/sbin/policy-rc.d';
const noService = '#!/bin/sh\n# Written while the tests of Kith install packages; removed afterwards.\nexit 101\n';

export const missingPackages = (names) => [...new Set(names)].filter((name) => !existsSync(packages[name])).toSorted();

export const installCommand = (names) => `apt-get install --no-install-recommends ${names.join(' ')}`;

/** Bytes to download, or undefined when apt does not know all of them. */
export function downloadSize(names) {
  const { status, stdout } = apt(['install', '--no-install-recommends', '--print-uris', '-qq', '-y', ...names]);
  if (status !== 0) return undefined;
  return stdout
    .split('\n')
    .map((line) => Number(/^'[^']*' \S+ (\d+)/.exec(line)?.[1] ?? 0))
    .reduce((sum, size) => sum + size, 0);
}

/** Fetches apt's lists when it does not know a package; true when it then does. */
export function knowPackages(names) {
  if (downloadSize(names) !== undefined) return true;
  apt(['update'], 'inherit');
  return downloadSize(names) !== undefined;
}

/** True when apt installed them. No service is started, whatever happens. */
export function installPackages(names, policy = debianPolicy) {
  const restore = forbidServices(policy);
  try {
    return apt(['install', '-y', '--no-install-recommends', ...names], 'inherit').status === 0;
  } finally {
    restore();
  }
}

/** Puts the machine's own policy back, or takes ours away; also when this program is ended meanwhile. */
function forbidServices(policy) {
  const before = existsSync(policy) ? { text: readFileSync(policy), mode: statSync(policy).mode } : undefined;
  const restore = () => {
    process.off('exit', restore);
    if (before === undefined) rmSync(policy, { force: true });
    else {
      writeFileSync(policy, before.text);
      chmodSync(policy, before.mode);
    }
  };
  process.once('exit', restore);
  writeFileSync(policy, noService);
  chmodSync(policy, 0o755);
  return restore;
}

function apt(args, output = 'pipe') {
  const { status, stdout } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    stdio: ['ignore', output, output],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
  return { status, stdout: stdout ?? '' };
}
