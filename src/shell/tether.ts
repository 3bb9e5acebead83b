/** A program that ends when this one does, even when this one is killed without a chance to say goodbye. */
import { spawn, type ChildProcess } from 'node:child_process';
import { disposable } from '../base/index.ts';
import type { Environment } from './profile.ts';

/**
 * A shell stands in between and ends after the program, never before it. Beside the program something waits for the end of our
 * input, which only our death brings while the program runs, and then ends it.
 */
const script = [
  'trap : TERM',
  'exec 9<&0',
  '"$0" "$@" 9<&- </dev/null & program=$!',
  'exec 3<&- 4<&-',
  '(cat <&9 >/dev/null; kill $program) 2>/dev/null & watch=$!',
  'exec 9<&-',
  'while kill -0 $program 2>/dev/null; do wait $program; done',
  'kill $watch 2>/dev/null',
].join('\n');

export interface Tethered {
  readonly child: ChildProcess;
  /** Tells the program and whatever it started. Harmless when it ended. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>;
}

/** Runs in a group of its own: Ctrl-C is ours to answer. Its output goes nowhere. With `pipes` it reads us on 3 and is read on 4. */
export function tether(
  program: string,
  args: readonly string[],
  how: { cwd?: string; env?: Environment; pipes?: boolean } = {},
): Tethered {
  const child = spawn('/bin/sh', ['-c', script, program, ...args], {
    stdio: ['pipe', 'ignore', 'ignore', ...(how.pipes === true ? (['pipe', 'pipe'] as const) : [])],
    detached: true,
    ...(how.cwd === undefined ? {} : { cwd: how.cwd }),
    ...(how.env === undefined ? {} : { env: how.env }),
  });
  child.stdin?.on('error', () => {});
  const { promise: ended, resolve } = withResolve();
  const end = disposable(() => {
    child.stdin?.destroy();
    resolve();
  });
  child.once('exit', () => end[Symbol.dispose]());
  child.once('error', () => end[Symbol.dispose]());
  return {
    child,
    ended,
    signal(signal) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        process.kill(-child.pid, signal);
      } catch {
        // It ended in this very moment.
      }
    },
  };
}

function withResolve(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
