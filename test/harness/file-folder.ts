/** A file room in a folder of the test's own, and files to put into it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/index.ts';
import type { Bytes, FileRoom } from '../../src/contracts/index.ts';
import { openFileRoom } from '../../src/storage/index.ts';

export interface FileFolder {
  readonly room: FileRoom;
  readonly downloads: string;
  /** What was handed to the desktop. */
  readonly handed: string[];
  /** Names of what is held. */
  held(): readonly string[];
  remove(): void;
}

export function fileFolder(): FileFolder {
  const folder = mkdtempSync(join(tmpdir(), 'kith-file-room-'));
  const downloads = join(folder, 'downloads');
  const handed: string[] = [];
  const hand = async (path: string): Promise<void> => void handed.push(path);
  return {
    room: openFileRoom({ folder: join(folder, 'files'), downloads, hand, clock: systemClock }),
    downloads,
    handed,
    held() {
      try {
        return readdirSync(join(folder, 'files'));
      } catch {
        return [];
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** In as many pieces as given. */
export async function* bytesOf(...pieces: readonly (string | Buffer)[]): Bytes {
  for (const piece of pieces) yield Buffer.from(piece);
}

/** The first bytes of a PNG that says it is so large; nothing of it can be drawn. */
export function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(24);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}
