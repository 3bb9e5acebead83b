/** What a file is, by its first bytes; only where those say nothing, by its name. Nothing is decoded here. */
import type { FileRoom } from '../contracts/index.ts';
import {
  type HeldFile,
  largestShown,
  pictureShape,
  pictureType,
  type SharedFile,
  typeByName,
} from '../domain/index.ts';

/** `picture` stands in it only when a window may show it. */
export async function lookedAt(
  files: FileRoom,
  held: HeldFile,
  name: string,
): Promise<Pick<SharedFile, 'type' | 'picture'>> {
  const head = await files.head(held);
  const type = pictureType(head);
  const shape = type === undefined ? undefined : pictureShape(head);
  const shown = shape !== undefined && ((await files.sizeOf(held)) ?? Infinity) <= largestShown;
  return { type: type ?? typeByName(name), ...(shown ? { picture: shape } : {}) };
}
