/** `kith send-file ADDRESS FILE`: as `kith send`, with a file that the server keeps. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { KithError, systemClock } from '../../../base/index.ts';
import { tooLargeText } from '../../../domain/index.ts';
import type { Act } from './act.ts';
import { sending } from './sending.ts';

export const sendFile: Act = async (acting) => {
  const [, named = ''] = acting.given.words;
  const path = resolve(named);
  const size = await sizeOf(path, named);
  return sending(acting, {
    async give({ sight, watch, account, target }) {
      const offer = await watch.offer(account, systemClock);
      if (offer?.takes === false) throw new KithError('not-supported', 'The server of this account takes no files');
      const tooLarge = tooLargeText(size, offer?.largest);
      if (tooLarge !== undefined) throw new KithError('invalid-argument', tooLarge);
      const { held } = await acting.takeFile(createReadStream(path));
      return sight.ask('file.send', { account, target, held, name: basename(path) });
    },
    facts: ({ file }) => ({ name: file?.name, size }),
    name: ({ file }) => file?.name ?? 'the file',
  });
};

async function sizeOf(path: string, named: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new KithError('not-found', `There is no file ${named}`);
  if (found.size === 0) throw new KithError('invalid-argument', 'This file is empty');
  return found.size;
}
