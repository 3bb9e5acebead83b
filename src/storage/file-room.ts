/** Files on their way, in a folder of the profile under names that say nothing; and those that were saved, in the person's own. */
import { constants } from 'node:fs';
import { access, copyFile, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Clock, KithError, newId } from '../base/index.ts';
import type { Bytes, FileRoom, HeldFiles, TakenFile } from '../contracts/index.ts';
import { cleanFileName, type HeldFile } from '../domain/index.ts';
import { storageTrouble } from './trouble.ts';

/** A JPEG may bear a colour profile and a small picture of itself before it says how big it is. */
const headSize = 256 * 1024;
/** Bytes kept over a start, all together. */
const keptSize = 256 * 1024 * 1024;
/** What was laid here so many milliseconds ago may belong to a message that is yet to be written. */
const lately = 3_600_000;
/** Files of one name side by side. */
const mostAlike = 999;
/** Opening one of these could run it. */
const running: ReadonlySet<string> = new Set(
  '.desktop .sh .bash .zsh .fish .py .pl .rb .php .js .mjs .jar .run .bin .appimage .exe .msi .bat .cmd .com .scr .ps1 .vbs .deb .rpm .flatpakref .snap .html .htm .xhtml .svg .lnk .url .directory .kdelnk'.split(
    ' ',
  ),
);

export interface FileRoomPlaces {
  /** Ours alone. */
  readonly folder: string;
  /** The person's; made when the first file is saved. */
  readonly downloads: string;
  /** Opens a file or a folder by the desktop's own way. */
  hand(path: string): Promise<void>;
  readonly clock: Clock;
}

export function openFileRoom({ folder, downloads, hand, clock }: FileRoomPlaces): FileRoom {
  const fault = (error: unknown): KithError => storageTrouble(error, folder);
  const pathOf = (held: HeldFile): string => {
    if (!/^[0-9a-f-]{36}$/.test(held)) throw new KithError('not-found', 'The file is not here any more');
    return join(folder, held);
  };
  const guarded = <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => Promise.reject(fault(error)));
  const made = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });

  const take = async (bytes: Bytes, largest: number): Promise<TakenFile> => {
    const held = newId<HeldFile>();
    let size = 0;
    const bounded = async function* (source: Bytes): AsyncGenerator<Uint8Array> {
      for await (const piece of source) {
        size += piece.length;
        if (size > largest) throw new KithError('invalid-argument', 'The file is too large');
        yield piece;
      }
    };
    try {
      await made();
      // Open before anything can fail, so that what is removed then does not come into being afterwards.
      const into = await open(pathOf(held), 'wx', 0o600);
      await pipeline(bounded(bytes), into.createWriteStream());
      return { held, size };
    } catch (error) {
      await rm(pathOf(held), { force: true });
      throw fault(error);
    }
  };

  const sizeOf = async (held: HeldFile): Promise<number | undefined> => {
    if (!/^[0-9a-f-]{36}$/.test(held)) return undefined;
    const found = await stat(pathOf(held)).catch(() => undefined);
    return found?.isFile() === true ? found.size : undefined;
  };

  const head = async (held: HeldFile): Promise<Uint8Array> => {
    const file = await open(pathOf(held));
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headSize), 0, headSize, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  };

  const tidy = async (needed: HeldFiles): Promise<void> => {
    let room = keptSize;
    const kept = new Set<string>(needed.waiting);
    for (const held of needed.kept) {
      room -= (await sizeOf(held)) ?? 0;
      if (room >= 0) kept.add(held);
    }
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const laid = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
      if (!kept.has(name) && clock.now() - laid > lately) await rm(path, { force: true, recursive: true });
    }
  };

  const save = async (held: HeldFile, name: string): Promise<string> => {
    await mkdir(downloads, { recursive: true, mode: 0o700 });
    const { name: stem, ext } = parse(cleanFileName(name));
    for (let count = 0; count <= mostAlike; count += 1) {
      const path = join(downloads, count === 0 ? `${stem}${ext}` : `${stem} (${count})${ext}`);
      try {
        await copyFile(pathOf(held), path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
        return path;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    throw new KithError('already-exists', `There are too many files called ${stem}${ext} in ${downloads}`);
  };

  return {
    take,
    pathOf,
    sizeOf,
    async place() {
      await guarded(made());
      const held = newId<HeldFile>();
      return { held, path: pathOf(held) };
    },
    head: (held) => guarded(head(held)),
    read: (held) => guarded(readFile(pathOf(held))),
    remove: (held) => guarded(rm(pathOf(held), { force: true })),
    tidy: (needed) => guarded(tidy(needed)),
    save: (held, name) => save(held, name).catch((error: unknown) => Promise.reject(storageTrouble(error, downloads))),
    async open(path) {
      await access(path).catch(() =>
        Promise.reject(new KithError('not-found', 'The file is no longer where it was saved')),
      );
      await hand(running.has(extname(path).toLowerCase()) ? parse(path).dir : path);
    },
  };
}
