/** The files of the renderer, listed once: what is not in the list does not exist, so no path can lead out of the folder. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { KithError } from '../../base/index.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

export interface Page {
  /** Rejects when it is not there any more. */
  read(): Promise<{ readonly type: string; readonly content: Uint8Array }>;
}

export interface Pages {
  /** `path` as it stands in a URL, with its leading slash; "/" is the page itself. */
  find(path: string): Page | undefined;
}

/** Source maps and unknown kinds are left out. Throws 'not-found' when nothing is built. */
export function pagesOf(folder: string): Pages {
  const pages = new Map<string, Page>();
  for (const entry of listed(folder)) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    pages.set(`/${relative(folder, file).split(sep).join('/')}`, {
      read: async () => ({ type, content: await readFile(file) }),
    });
  }
  const index = pages.get('/index.html');
  if (index === undefined) throw new KithError('not-found', 'The window is not built; run npm start once');
  pages.set('/', index);
  return { find: (path) => pages.get(path) };
}

function listed(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    return [];
  }
}

const readEntries = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true });
