/** Profiles that last as long as their process. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposable, type Disposable } from '../base/index.ts';

const prefix = 'kith-demo-';

export interface ThrowAway extends Disposable {
  readonly path: string;
}

/** A folder named after this process, gone with it; those of processes that died without cleaning up go now. */
export function throwAwayFolder(under = tmpdir()): ThrowAway {
  for (const name of readdirSync(under)) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(under, name), { recursive: true, force: true });
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
