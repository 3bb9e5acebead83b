/** People's pictures beside the renderer's own files: under a name that says what is in them, and never as anything but a picture. */
import { KithError } from '../base/index.ts';
import type { House } from '../contracts/index.ts';
import type { Pages } from './browser/pages.ts';

const address = /^\/avatar\/([0-9a-f]{40})$/;

export function withPictures(pages: Pages, house: () => Promise<House>): Pages {
  return {
    find(path) {
      const avatar = address.exec(path)?.[1];
      if (avatar === undefined) return pages.find(path);
      return {
        async read() {
          const picture = await (await house()).picture(avatar);
          if (picture === undefined) throw new KithError('not-found', 'There is no such picture');
          return { type: picture.type, content: picture.bytes };
        },
      };
    },
  };
}
