/** What a process costs, read from /proc (proc(5)). */
import { readFileSync, readdirSync } from 'node:fs';
import { pause, systemClock } from '../src/base/index.ts';

/** USER_HZ of every Linux there is: what the times in /proc are counted in. */
const TICKS_PER_SECOND = 100;
const KIB_PER_MIB = 1024;

/** The process and everything it started that still lives. */
export function family(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? statOf(Number(name))?.[1] : undefined;
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found = [pid];
  for (let index = 0; index < found.length; index += 1)
    for (const [child, parent] of parents) if (parent === found[index]) found.push(child);
  return found;
}

/** Children of `pid`, of which a wrapper has one. */
export function onlyChild(pid: number): number | undefined {
  return family(pid)[1];
}

/** Processor time used so far by living processes, in seconds, both in them and in the kernel for them. */
export function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const stat = statOf(pid);
    ticks += Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Resident memory in MiB: `rss` counts shared pages fully in each process, `pss` shares them out. */
export function memory(pids: readonly number[]): { readonly rss: number; readonly pss: number } {
  let [rss, pss] = [0, 0];
  for (const pid of pids) {
    rss += kib(`/proc/${pid}/status`, 'VmRSS');
    pss += kib(`/proc/${pid}/smaps_rollup`, 'Pss');
  }
  return { rss: rss / KIB_PER_MIB, pss: pss / KIB_PER_MIB };
}

/** Resolves when the processes have used next to no processor time for `quiet` milliseconds; gives up after a minute. */
export async function settled(pids: () => readonly number[], quiet = 600): Promise<void> {
  const step = 200;
  let calm = 0;
  let before = cpuSeconds(pids());
  for (let waited = 0; calm < quiet && waited < 60_000; waited += step) {
    await pause(systemClock, step);
    const now = cpuSeconds(pids());
    calm = now - before <= 0.011 ? calm + step : 0;
    before = now;
  }
}

/** A process's command line. Chromium writes its own anew, sometimes with blanks between the words instead of zeros. */
export function wordsOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0+$/, '');
    return text.includes('\0') ? text.split('\0') : text.split(' ');
  } catch {
    return [];
  }
}

/** The fields of /proc/PID/stat from the state on: the name before them may hold anything. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function kib(file: string, name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
