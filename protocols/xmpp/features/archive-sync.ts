/** Brings here what was said while we were away: what follows the last message known, then the newest, then what lies between. */
import { asKithError } from '../../../src/base/index.ts';
import { holesOnDisk } from '../../../src/contracts/index.ts';
import type { Heard } from '../heard.ts';
import type { Session } from '../session.ts';
import type { ArchiveGaps, Gap } from './archive-gaps.ts';
import type { ArchivePosition, Position } from './archive-position.ts';
import type { ArchiveAsk, ArchiveQueries } from './archive-query.ts';

/** The very first time: enough to find the last conversations again. */
const firstTime = 50;
const pageSize = 100;
/** Milliseconds. */
const close = 20_000;
/** As far may our clock be ahead of the server's. */
const apart = 3_600_000;
export interface SyncParts {
  readonly session: Session;
  readonly queries: ArchiveQueries;
  readonly position: ArchivePosition;
  readonly gaps: ArchiveGaps;
}

interface Page {
  readonly heard: readonly Heard[];
  readonly complete: boolean;
  /** The ends of it; undefined when it is empty. */
  readonly first: Position | undefined;
  readonly last: Position | undefined;
}

/** Resolves when the newest is here and what is missing is known. A server without an archive has nothing to miss. */
export async function catchUp(parts: SyncParts): Promise<void> {
  const { session, position } = parts;
  const anew = session.memory.get(holesOnDisk) !== undefined;
  const from = anew ? beginning : position.read();
  try {
    if (from === undefined) await begin(parts);
    else await goOn(parts, from, !anew);
    if (anew) session.facts.whenStored(() => session.memory.set(holesOnDisk, undefined));
  } catch (error) {
    if (asKithError(error).code !== 'not-supported') throw error;
  }
}

const beginning: Position = { id: '', at: 0 };

/** What comes live may be on disk before the first page is, so a kill must find an earlier position than that. */
async function begin({ session, queries, position }: SyncParts): Promise<void> {
  position.begin(session.clock.now() - apart);
  const page = await read(queries, { before: '', max: firstTime });
  // All of it or nothing: half of it would leave a hole that nobody knows of.
  for (const heard of page.heard) session.bring(heard);
  if (page.last !== undefined) position.move(page.last);
}

async function goOn({ session, queries, position, gaps }: SyncParts, from: Position, missed: boolean): Promise<void> {
  // Into holes goes what is as old as it says; otherwise all of it follows what is here.
  const bring = (heard: Heard): void => session.bring({ ...heard, missed, earlier: !missed });
  for (let reached = from; ;) {
    const page = await follow(queries, reached, bring);
    if (page.last === undefined || page.last.id === reached.id) return;
    position.move(page.last);
    if (page.complete) return;
    reached = page.last;
    if (isClose(from, reached)) continue;
    const newest = await read(queries, { before: '', max: pageSize });
    if (newest.first === undefined || newest.last === undefined || isClose(reached, newest.first)) continue;
    for (const heard of newest.heard) bring(heard);
    const gap = { after: reached, before: newest.first, missed };
    session.facts.whenStored(() => gaps.open(gap));
    position.move(newest.last);
    return;
  }
}

/** Stamps are coarse and clocks differ, so what was said in a short while is put in its order by coming in it. */
const isClose = (earlier: Position, later: Position): boolean => later.at - earlier.at <= close;

/** Backwards from each gap's upper end, the newest gap first. Ends or rejects with its session; the next one goes on where this was. */
export async function fillGaps({ session, queries, gaps }: SyncParts, goesOn: () => boolean): Promise<void> {
  for (let gap = gaps.newest(); gap !== undefined; gap = gaps.newest()) {
    const rest = await fillFrom(session, queries, gap);
    // Only what is on disk is no longer missing, and only then is more asked for.
    await new Promise<void>((resolve) => session.facts.whenStored(resolve));
    gaps.shrink(gap, rest);
    if (!goesOn()) return;
  }
}

/** What is still missing then. */
async function fillFrom(session: Session, queries: ArchiveQueries, gap: Gap): Promise<Gap | undefined> {
  let page: Page;
  try {
    page = await read(queries, { before: gap.before.id, max: pageSize });
  } catch (error) {
    // The archive has forgotten what stood there, and with it all that is older.
    if (asKithError(error).code === 'not-found') return undefined;
    throw error;
  }
  const end = page.heard.findIndex(({ archive }) => archive === gap.after.id);
  // Stamps may be as coarse as a second; what was said before another message stands above it.
  const missing = page.heard.slice(end + 1).map((one) => ({ ...one, at: Math.min(one.at, gap.before.at - 1) }));
  for (const one of missing) session.bring({ ...one, missed: gap.missed, earlier: true });
  if (end >= 0 || page.complete || page.first === undefined || page.first.id === gap.before.id) return undefined;
  return { ...gap, before: { id: page.first.id, at: missing[0]?.at ?? gap.before.at } };
}

/** When the archive no longer knows the message we stopped at, what it still has since that moment will do. */
async function follow(queries: ArchiveQueries, from: Position, bring: (heard: Heard) => void): Promise<Page> {
  const since = { start: new Date(from.at).toISOString(), max: pageSize };
  if (from.id === '') return read(queries, since, bring);
  try {
    return await read(queries, { after: from.id, max: pageSize }, bring);
  } catch (error) {
    if (asKithError(error).code !== 'not-found') throw error;
    return read(queries, since, bring);
  }
}

/** `each` hears them one by one, while the stanza that brings it is handled. */
async function read(queries: ArchiveQueries, ask: ArchiveAsk, each?: (heard: Heard) => void): Promise<Page> {
  const heard: Heard[] = [];
  const { complete, first, last } = await queries.ask(ask, (one) => {
    heard.push(one);
    each?.(one);
  });
  const end = (id: string | undefined, one: Heard | undefined): Position | undefined =>
    id === undefined ? undefined : { id, at: one?.at ?? 0 };
  return { heard, complete, first: end(first, heard[0]), last: end(last, heard.at(-1)) };
}
