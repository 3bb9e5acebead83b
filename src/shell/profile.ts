/** Where Kith keeps its things: the XDG base directories, or everything under one folder when a person says so. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { KithError } from '../base/index.ts';
import { downloadsIn } from './downloads.ts';

/** Absolute paths. Made with `makePlaces`, readable by their owner only. */
export interface Places {
  /** Accounts, history, secrets: what would be missed. */
  readonly profile: string;
  readonly log: string;
  /** Gone after the session: files a browser is opened with. */
  readonly runtime: string;
  /** The person's own; made when something is saved. */
  readonly downloads: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** `chosen` is what came with --profile. Relative XDG values are ignored, as the XDG Base Directory Specification asks. */
export function placesOf(env: Environment, home: string, chosen?: string): Places {
  if (chosen !== undefined) {
    const profile = resolve(chosen);
    return { profile, log: join(profile, 'log'), runtime: join(profile, 'run'), downloads: join(profile, 'downloads') };
  }
  const base = (name: string): string | undefined => {
    const value = env[name];
    return value !== undefined && isAbsolute(value) ? value : undefined;
  };
  const profile = join(base('XDG_DATA_HOME') ?? join(home, '.local/share'), 'kith');
  const runtime = base('XDG_RUNTIME_DIR');
  return {
    profile,
    log: join(base('XDG_STATE_HOME') ?? join(home, '.local/state'), 'kith'),
    runtime: runtime === undefined ? join(profile, 'run') : join(runtime, 'kith'),
    downloads: downloadsIn(base('XDG_CONFIG_HOME') ?? join(home, '.config'), home),
  };
}

/** Makes what is missing. Throws 'disk'. */
export function makePlaces(places: Places): Places {
  for (const folder of [places.profile, places.log, places.runtime]) {
    try {
      makeFolder(folder);
    } catch (cause) {
      const why = obstacles[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'the system refuses';
      throw new KithError('disk', `The folder ${folder} cannot be made: ${why}`, { cause });
    }
  }
  return places;
}

const obstacles: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'nothing can be written there',
  ENOTDIR: 'there is a file in its way',
  EEXIST: 'there is a file in its way',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full for you',
};

/** One step after the other: mkdir's own recursion never comes back where a parent exists and still refuses, as under /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start of the same moment may have been first.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
