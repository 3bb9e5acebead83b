/** Puts a file into its slot (XEP-0363 section 6). */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { KithError } from '../../../src/base/index.ts';
import type { FileToUpload } from '../../../src/contracts/index.ts';
import type { Slot } from './slot.ts';
import { begin, travel, type Travel } from './web.ts';

/** Resolves when the server says it has all of it. */
export async function put(slot: Slot, file: FileToUpload, how: Travel, moved: (bytes: number) => void): Promise<void> {
  const trip = travel(how);
  const headers = { ...slot.headers, 'Content-Type': file.type, 'Content-Length': String(file.size) };
  let sent = 0;
  try {
    const { asked, answered } = begin(slot.put, { method: 'PUT', headers }, how, trip);
    const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of source) {
        sent += piece.length;
        trip.stir();
        moved(sent);
        yield piece;
      }
      if (sent !== file.size) throw new KithError('invalid-argument', 'The file changed while it was being sent');
    };
    const written = pipeline(createReadStream(file.path, { end: file.size - 1 }), counted, asked);
    // A server may refuse before it has heard all of it.
    const answer = await Promise.race([answered, written.then(() => answered)]);
    const status = answer.statusCode ?? 0;
    written.catch(() => {});
    if (status < 200 || status > 299) throw refused(status);
    // It may have answered and hung up before we have noticed that all is written.
    if (sent !== file.size) throw new KithError('server-refused', 'The server broke off before it had the file');
  } catch (error) {
    throw trip.fault(error);
  } finally {
    trip[Symbol.dispose]();
  }
}

function refused(status: number): KithError {
  if (status === 413) return new KithError('invalid-argument', 'The server does not take a file of this size');
  if (status === 507) return new KithError('server-refused', 'The server has no room for the file');
  if (status >= 300 && status < 400)
    return new KithError('server-refused', 'The server wants the file somewhere else, and Kith does not follow');
  return new KithError('server-refused', `The server did not take the file (HTTP ${status})`);
}
