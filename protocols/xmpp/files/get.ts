/** Fetches a file that somebody put somewhere: as much as is allowed, and not a byte that looks different from what was said. */
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { KithError } from '../../../src/base/index.ts';
import type { FileFetched, FileToFetch } from '../../../src/contracts/index.ts';
import type { TransferProgress } from '../../../src/domain/index.ts';
import { begin, secureAddress, travel, type Travel } from './web.ts';

/** What nobody asked for may take this long, in milliseconds. */
const unaskedWithin = 120_000;

class TooLarge extends KithError {
  constructor() {
    super('invalid-argument', 'The file is too large');
  }
}

export async function get(
  file: FileToFetch,
  how: Travel,
  moved: (progress: TransferProgress) => void,
): Promise<FileFetched> {
  const url = secureAddress(file.url);
  if (url === undefined) throw new KithError('invalid-argument', 'Files are fetched by https alone');
  const trip = travel(how, file.byItself ? unaskedWithin : undefined);
  let size: number | undefined;
  let written = false;
  try {
    // Whoever has authorities of their own has a network of their own.
    const outside = file.byItself && how.ca === undefined;
    const headers = { 'Accept-Encoding': 'identity' };
    const { asked, answered } = begin(url, { method: 'GET', headers, outside }, how, trip);
    asked.end();
    const answer = await answered;
    if (answer.statusCode !== 200) throw refused(answer.statusCode ?? 0);
    if ((answer.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw new KithError('server-refused', 'The server packed the file in a way Kith did not ask for');
    const length = answer.headers['content-length'];
    size = length === undefined ? undefined : Number(length);
    if (size !== undefined && size > file.largest) throw new TooLarge();
    let taken = 0;
    const bounded = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of source) {
        taken += piece.length;
        if (taken > file.largest) throw new TooLarge();
        trip.stir();
        moved(size === undefined ? { moved: taken } : { moved: taken, size });
        yield piece;
      }
    };
    const into = await open(file.path, 'wx', 0o600);
    written = true;
    await pipeline(answer, bounded, into.createWriteStream());
    return { size: taken, whole: true };
  } catch (error) {
    if (written) await rm(file.path, { force: true });
    const fault = trip.fault(error);
    if (fault instanceof TooLarge) return size === undefined ? { whole: false } : { size, whole: false };
    throw fault;
  } finally {
    trip[Symbol.dispose]();
  }
}

function refused(status: number): KithError {
  if (status === 404 || status === 410) return new KithError('not-found', 'The file is no longer there');
  if (status >= 300 && status < 400)
    return new KithError('server-refused', 'The file lies somewhere else, and Kith does not follow');
  return new KithError('server-refused', `The server did not give the file (HTTP ${status})`);
}
