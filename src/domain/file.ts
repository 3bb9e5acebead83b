/** A file that is a message: its name made safe, its size in words, and what may be shown of it. */
import { wordTable } from '../base/index.ts';
import type { Id } from '../base/index.ts';
import type { Message } from './message.ts';
import type { PictureShape } from './picture-shape.ts';

/** Bytes the house keeps while a file is on its way. Says nothing about what is in them. */
export type HeldFile = Id<'held-file'>;

export interface SharedFile {
  /** Where others fetch it; empty while it is not there yet. */
  readonly url: string;
  /** Clean: it can stand in a folder as it is. */
  readonly name: string;
  /** In bytes, once known. */
  readonly size?: number;
  /** What its bytes say it is, else what its name says; undefined while nobody has looked. */
  readonly type?: string;
  /** Only of a picture that a window may show. */
  readonly picture?: PictureShape;
  /** While the house has its bytes. */
  readonly held?: HeldFile;
  /** Where it was saved for the person. */
  readonly saved?: string;
}

/** What the account's server takes. */
export interface FileOffer {
  readonly takes: boolean;
  /** In bytes; undefined when it names no bound. */
  readonly largest?: number;
}

/** How far a file is on its way, in bytes. */
export interface TransferProgress {
  readonly moved: number;
  /** All of it, if that is known. */
  readonly size?: number;
}

/** Others' pictures that come by themselves, and what is shown without being saved. In bytes. */
export const largestShown = 8 * 1024 * 1024;
/** What is fetched because a person asked, in bytes. */
export const largestFetched = 4 * 1024 * 1024 * 1024;

const longestName = 120;
/** Signs that turn or hide what follows (UAX #9), and what no file system or terminal should be shown. */
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\\/:*?"<>|]+/gu;

/** A name that is only a name: no folder, nothing that turns the direction of writing, not hidden, its ending kept. */
export function cleanFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(unfit, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  if (clean === '') return 'file';
  const letters = [...clean];
  if (letters.length <= longestName) return clean;
  const ending = [...(/\.[\p{L}\p{N}]{1,12}$/u.exec(clean)?.[0] ?? '')];
  return `${letters.slice(0, longestName - ending.length).join('')}${ending.join('')}`;
}

/** What the last part of an address calls the file. */
export function fileNameIn(url: string): string {
  const last = /^[^?#]*\/([^/?#]*)/.exec(url)?.[1] ?? '';
  try {
    return cleanFileName(decodeURIComponent(last));
  } catch {
    return cleanFileName(last);
  }
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** As people read it: 48 kB, 1.2 MB. Thousands, as file managers count. */
export function sizeText(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  // What would be rounded up to a thousand is one of the next unit.
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit > 1 && amount < 9.95 ? 1 : 0;
  return `${amount.toFixed(digits).replace(/\.0$/, '')} ${units[unit]}`;
}

/** Undefined when it may go. */
export function tooLargeText(size: number, largest: number | undefined): string | undefined {
  if (largest === undefined || size <= largest) return undefined;
  const [bound = '', unit] = sizeText(largest).split(' ');
  const [amount = '', own] = sizeText(size).split(' ');
  // Two that look alike are told apart by the byte.
  if (bound === amount && unit === own) return `The server takes files up to ${largest} bytes; this one has ${size}`;
  return `The server takes files up to ${bound} ${unit}; this one has ${unit === own ? amount : `${amount} ${own}`}`;
}

/** Ends of names by what is in such files; enough for others to show them. */
const types = wordTable<string>({
  pdf: 'application/pdf',
  zip: 'application/zip',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  webm: 'video/webm',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
});
const pictureEndings: ReadonlySet<string> = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp']);

const endingOf = (name: string): string => /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

export const typeByName = (name: string): string => types(endingOf(name)) ?? 'application/octet-stream';

/** Whether the name promises a picture; only its bytes can tell. */
export const namedAsPicture = (name: string): boolean => pictureEndings.has(endingOf(name));

/**
 * Its address tells whoever keeps it that somebody looks: nobody but people in the list may make us say so. In a room nobody is.
 */
export function comesByItself({ direction, target, file }: Message, listed: boolean): boolean {
  if (file === undefined || !namedAsPicture(file.name) || target.kind !== 'contact') return false;
  return direction === 'outgoing' || listed;
}
