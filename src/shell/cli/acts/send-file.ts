/** `kith send-file ADDRESS FILE`: as `kith send`, with a file that the server keeps. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { KithError, systemClock } from '../../../base/index.ts';
import { tooLargeText } from '../../../domain/index.ts';
import type { Act } from './act.ts';
import { sending } from './sending.ts';

export const sendFile: Act = async (acting) => {
  const [, named = ''] = acting.given.words;
  const path = resolve(named);
  const file = await opened(path, named);
  try {
    const size = await sizeOf(file, named);
    return await sending(acting, {
      async give({ sight, watch, account, target }) {
        const offer = await watch.offer(account, systemClock);
        if (offer?.takes === false) throw new KithError('not-supported', 'The server of this account takes no files');
        const tooLarge = tooLargeText(size, offer?.largest);
        if (tooLarge !== undefined) throw new KithError('invalid-argument', tooLarge);
        const { held } = await acting.takeFile(file.createReadStream());
        return sight.ask('file.send', { account, target, held, name: basename(path) });
      },
      facts: (sent) => ({ name: sent.file?.name, size }),
      name: (sent) => sent.file?.name ?? 'the file',
    });
  } finally {
    await file.close();
  }
};

/** Without waiting for somebody to write, as opening a pipe would. */
async function opened(path: string, named: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') throw new KithError('permission-denied', `You may not read ${named}`, { cause: error });
    throw new KithError('not-found', `There is no file ${named}`, { cause: error });
  }
}

async function sizeOf(file: FileHandle, named: string): Promise<number> {
  const found = await file.stat();
  if (!found.isFile()) throw new KithError('invalid-argument', `${named} is no file that could be sent`);
  if (found.size === 0) throw new KithError('invalid-argument', 'This file is empty');
  return found.size;
}
