/** A folder that goes when it is no longer needed, at the latest with this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Temporary {
  readonly path: string;
  /** Harmless when it is gone already. */
  remove(): void;
}

export function temporary(purpose: string): Temporary {
  const path = mkdtempSync(join(tmpdir(), `kith-bench-${purpose}-`));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', remove);
  return { path, remove };
}
