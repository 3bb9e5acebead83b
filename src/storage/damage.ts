/** A damaged profile: noticed, set aside, and mended as far as it can be read. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE } from './place.ts';
import { storageTrouble } from './trouble.ts';

/** Lies beside a database that was found damaged while it was in use: the next start looks at all of it. */
const suspicion = (folder: string): string => join(folder, `${DATABASE_FILE}-suspect`);

/** Never throws: a disk that takes no mark is in trouble of its own. */
export function suspect(folder: string): void {
  try {
    writeFileSync(suspicion(folder), '', { mode: 0o600 });
  } catch {
    // The next start fails where this one did, and says so.
  }
}

export const isSuspect = (folder: string): boolean => existsSync(suspicion(folder));

export const trust = (folder: string): void => rmSync(suspicion(folder), { force: true });

/** Under a name of its own, with what belongs to it. Returns its path; what was set aside before stays. Throws 'disk'. */
export function setAside(folder: string): string {
  const file = join(folder, DATABASE_FILE);
  let number = 1;
  while (existsSync(`${file}.damaged-${number}`)) number += 1;
  const aside = `${file}.damaged-${number}`;
  try {
    for (const part of ['-wal', '-shm', '']) {
      if (existsSync(file + part)) renameSync(file + part, aside + part);
    }
    trust(folder);
    return aside;
  } catch (error) {
    throw storageTrouble(error, folder);
  }
}
