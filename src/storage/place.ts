/** The profile's folder and file on the disk: made so that nobody else can read them, whatever the umask. */
import { chmodSync, closeSync, existsSync, fchmodSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KithError } from '../base/index.ts';
import { storageTrouble } from './trouble.ts';

export const DATABASE_FILE = 'kith.db';

/** Returns the database's path; the file exists afterwards, 0600. SQLite gives its side files the same mode. */
export function preparePlace(folder: string): string {
  const file = join(folder, DATABASE_FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Taken from others, never given to ourselves: a folder made read-only stays so.
    if (isOurs(folder)) chmodSync(folder, statSync(folder).mode & 0o700);
    const opened = openSync(file, 'a', 0o600);
    try {
      fchmodSync(opened, 0o600);
    } finally {
      closeSync(opened);
    }
    return file;
  } catch (error) {
    throw storageTrouble(error, folder);
  }
}

/** What the shell lays in a profile before it is opened. */
const beforeUs = new Set(['log', 'run']);

/** A folder with other things in it and no profile yet (somebody's home, /tmp) keeps the mode its owner gave it. */
function isOurs(folder: string): boolean {
  return existsSync(join(folder, DATABASE_FILE)) || readdirSync(folder).every((name) => beforeUs.has(name));
}

/**
 * Throws 'disk' once the file no longer lies where it was opened. The system would let us write on into a file that nobody can find, and
 * take it away when we end.
 */
export function watchPlace(file: string): () => void {
  const inode = (): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;
  const opened = inode();
  return () => {
    if (inode() === opened) return;
    throw new KithError(
      'disk',
      `${file} is no longer there, so nothing can be stored. Put it back, or start Kith again to begin a new one.`,
    );
  };
}
