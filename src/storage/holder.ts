/** Which process holds a database file, as far as the system tells. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE } from './place.ts';

/** Where SQLite's own lock bytes begin (https://sqlite.org/fileformat2.html, the lock-byte page). */
const LOCK_BYTES = 0x40000000;

/** The process that has the profile in this folder open. */
export const holderIn = (folder: string): number | undefined => holderOf(join(folder, DATABASE_FILE));

/** The process id from Linux's list of locks (proc(5), /proc/locks); undefined where there is no such list. */
export function holderOf(file: string): number | undefined {
  try {
    const inode = String(statSync(file).ino);
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      const [, kind, , access, pid, place, from] = line.trim().split(/\s+/);
      if (kind !== 'POSIX' || access !== 'WRITE' || place?.split(':')[2] !== inode) continue;
      if (Number(from) >= LOCK_BYTES && Number(pid) > 0) return Number(pid);
    }
  } catch {
    // The number only makes a sentence more helpful; without it the sentence is still true.
  }
  return undefined;
}
