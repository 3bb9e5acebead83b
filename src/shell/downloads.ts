/** Where a person's desktop lays what they save (freedesktop.org xdg-user-dirs): it is named in a file of theirs. */
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** `config` is the folder of settings. Where nothing usable is named it is Downloads. */
export function downloadsIn(config: string, home: string): string {
  const named = /^\s*XDG_DOWNLOAD_DIR="((?:[^"\\]|\\.)*)"/m.exec(textOf(join(config, 'user-dirs.dirs')))?.[1];
  const path = named?.replace(/\\(.)/g, '$1').replace(/^\$HOME(?=\/|$)/, () => home);
  // The home itself means that there is none.
  return path !== undefined && isAbsolute(path) && join(path, '.') !== join(home, '.') ? path : join(home, 'Downloads');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
