/** A folder that goes when it is no longer needed, at the latest with this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Temporary {
  readonly path: string;
  /** Harmless when it is gone already. */
  remove(): void;
}

const standing = new Set<() => void>();
process.once('exit', () => {
  for (const remove of standing) remove();
});

export function temporary(purpose: string): Temporary {
  const path = mkdtempSync(join(tmpdir(), `kith-bench-${purpose}-`));
  const remove = (): void => {
    standing.delete(remove);
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  standing.add(remove);
  return { path, remove };
}
