/** Worker tests run what is built. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built worker of a protocol. Throws what to do when it is not there. */
export function builtWorker(protocol: string): string {
  const entry = fileURLToPath(new URL(`../../dist/protocols/${protocol}.js`, import.meta.url));
  if (!existsSync(entry)) throw new Error(`${entry} is not there: run npm run build`);
  return entry;
}
