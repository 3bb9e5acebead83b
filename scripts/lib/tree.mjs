/** Where this checkout is, and whether it may be written. */
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Ends with a separator. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export const inTree = (path) => root + path;

/** A sentence when nothing can be written here, otherwise undefined. */
export function notWritable() {
  try {
    accessSync(root, constants.W_OK);
    return undefined;
  } catch {
    return `${root} cannot be written by this account, and Kith is installed and built inside it. Clone it where you may write.`;
  }
}
