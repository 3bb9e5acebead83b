/** Every suite begins with this: what it opened, it closed. */
import { afterAll, beforeAll } from 'vitest';
import { pause, systemClock } from '../../src/base/index.ts';

/** What an unfinished suite typically holds on to, as Node names it. Timers are the virtual clock's affair. */
const watched = new Set([
  'TCPSocketWrap',
  'TCPServerWrap',
  'PipeWrap',
  'PipeServerWrap',
  'ProcessWrap',
  'MessagePort',
  'FSEventWrap',
  'TLSWrap',
]);
/** Milliseconds that closing may take to be noticed. */
const grace = 3_000;

/** Fails the suite when sockets, workers, watchers or processes outlive it, naming them. */
export function noLeaks(): void {
  let before: Map<string, number>;
  beforeAll(() => {
    before = held();
  });
  afterAll(async () => {
    const end = Date.now() + grace;
    while (left(before).length > 0 && Date.now() < end) await pause(systemClock, 20);
    const leaked = left(before);
    if (leaked.length > 0) throw new Error(`This suite left behind: ${leaked.join(', ')}`);
  });
}

function held(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (watched.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function left(before: ReadonlyMap<string, number>): readonly string[] {
  return [...held()].flatMap(([kind, count]) => {
    const more = count - (before.get(kind) ?? 0);
    return more > 0 ? [`${more} × ${kind}`] : [];
  });
}
