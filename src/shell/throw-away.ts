/** Profiles that last as long as their process. */
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposable, type Disposable } from '../base/index.ts';

const prefix = 'kith-demo-';

export interface ThrowAway extends Disposable {
  readonly path: string;
}

/** A folder named after this process, gone with it; those of processes that died without cleaning up go now. */
export function throwAwayFolder(under = tmpdir()): ThrowAway {
  for (const name of namesIn(under)) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) sweep(join(under, name));
  }
  const path = mkdtempSync(join(under, `${prefix}${process.pid}-`));
  const removal = disposable(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }));
  const atExit = (): void => removal[Symbol.dispose]();
  process.once('exit', atExit);
  return {
    path,
    ...disposable(() => {
      process.off('exit', atExit);
      removal[Symbol.dispose]();
    }),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The folder is shared with other people: what is theirs, or only points elsewhere, stays; what cannot be removed does too. */
function sweep(path: string): void {
  try {
    const found = lstatSync(path);
    if (found.isDirectory() && found.uid === process.getuid?.()) rmSync(path, { recursive: true, force: true });
  } catch {
    // Tidying is a favour to the next start, no condition of this one.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
