/** Files beside the bridge: pictures that messages are go to a window, and bytes that are about to be sent come from one. */
import { asKithError, KithError, type ErrorFact, type KithErrorCode } from '../base/index.ts';
import type { Bytes, House, TakenFile } from '../contracts/index.ts';
import type { MessageId } from '../domain/index.ts';
import type { Pages } from './browser/pages.ts';

/** Where a window brings them, by POST. */
export const takingAddress = '/file';
/** Nothing else is taken: a form of another site cannot send this kind. */
export const takenType = 'application/octet-stream';
/** Brought at one time; each may be as large as a server takes. */
const mostAtOnce = 4;

const address = /^\/file\/([\w.~!*'()%-]{1,512})$/;

export function withFiles(pages: Pages, house: () => Promise<House>): Pages {
  return {
    find(path) {
      const message = address.exec(path)?.[1];
      if (message === undefined) return pages.find(path);
      return {
        async read() {
          const picture = await (await house()).shownFile(decodeURIComponent(message) as MessageId);
          if (picture === undefined) throw new KithError('not-found', 'There is no such picture');
          return { type: picture.type, content: picture.bytes };
        },
      };
    },
  };
}

export interface TakingAnswer {
  readonly status: number;
  readonly value: TakenFile | ErrorFact;
}

const statuses: Partial<Record<KithErrorCode, number>> = {
  'invalid-argument': 413,
  'not-supported': 409,
  disk: 507,
};

/** One counter for all windows. */
export function takingFrom(house: () => Promise<House>): (bytes: Bytes) => Promise<TakingAnswer> {
  let open = 0;
  return async (bytes) => {
    if (open >= mostAtOnce)
      return { status: 429, value: { code: 'not-supported', message: 'There are too many files at once' } };
    open += 1;
    try {
      return { status: 200, value: await (await house()).takeFile(bytes) };
    } catch (error) {
      const { code, message } = asKithError(error);
      const told = code === 'internal' ? 'The file broke off' : message;
      return { status: statuses[code] ?? 500, value: { code, message: told } };
    } finally {
      open -= 1;
    }
  };
}
