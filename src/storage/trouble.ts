/** What SQLite and the file system complain of, in words that say what to do. */
import { KithError } from '../base/index.ts';

/** SQLite's primary result codes that are about the disk rather than about us (https://sqlite.org/rescode.html). */
const BUSY = 5;
const PERM = 3;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** As sqlite3_errstr() says them. */
const codeBySentence: ReadonlyMap<unknown, number> = new Map([
  ['database disk image is malformed', CORRUPT],
  ['file is not a database', NOTADB],
  ['disk I/O error', IOERR],
  ['database or disk is full', FULL],
  ['attempt to write a readonly database', READONLY],
]);

/** The primary result code, or undefined when SQLite did not speak. */
function sqliteCode(error: unknown): number | undefined {
  const { code, errcode, message } = (error ?? {}) as { code?: unknown; errcode?: unknown; message?: unknown };
  if (typeof errcode === 'number') return errcode & 0xff;
  // The binding leaves the number out when rows are read one after another; the words are SQLite's own.
  return code === 'ERR_SQLITE_ERROR' ? codeBySentence.get(message) : undefined;
}

/** The file itself is damaged, or was never a database. */
export function isDamaged(error: unknown): boolean {
  const code = sqliteCode(error instanceof KithError ? error.cause : error);
  return code === CORRUPT || code === NOTADB;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}

/** Any error of a database in `folder` as ours. What the disk is not to blame for is 'internal'. */
export function storageTrouble(error: unknown, folder: string): KithError {
  if (error instanceof KithError) return error;
  const words = diskWords(sqliteCode(error) ?? systemCode(error), folder);
  if (words !== undefined) return new KithError('disk', words, { cause: error });
  return new KithError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}

/** Node's file errors, told by the SQLite code that means the same. */
function systemCode(error: unknown): number | undefined {
  switch ((error as { code?: unknown } | null)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return FULL;
    case 'EROFS':
      return READONLY;
    case 'EACCES':
    case 'EPERM':
      return PERM;
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
      return CANTOPEN;
    case 'EIO':
      return IOERR;
    default:
      return undefined;
  }
}

function diskWords(code: number | undefined, folder: string): string | undefined {
  switch (code) {
    case FULL:
      return `The disk is full, so nothing can be stored in ${folder}. Free some space there; Kith then goes on.`;
    case READONLY:
    case PERM:
      return `Kith may not write in ${folder}. Make the folder and the files in it writable for you, then start Kith again.`;
    case CANTOPEN:
      return `Kith cannot open its files in ${folder}. See that it is a folder, that it still exists and that you may write there.`;
    case IOERR:
      return `The disk that holds ${folder} reports an error. Check the disk, then start Kith again.`;
    case CORRUPT:
    case NOTADB:
      return `The file kith.db in ${folder} is damaged. Start Kith again: it sets the file aside and saves what can be read of it.`;
    case BUSY:
      return `Another program is holding kith.db in ${folder}. Close that program and try again.`;
    default:
      return undefined;
  }
}
