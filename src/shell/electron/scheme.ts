/** The window's own scheme, app://kith: the renderer's files, people's pictures, files on their way and nothing else, with the same strict policy as in a browser. */
import { protocol, type Protocol } from 'electron';
import { disposable, type Disposable } from '../../base/index.ts';
import type { House } from '../../contracts/index.ts';
import { takenType, takingAddress, takingFrom, withFiles } from '../files.ts';
import { withPictures } from '../pictures.ts';
import { pagesOf } from '../browser/pages.ts';
import { pageHeaders } from '../browser/policy.ts';

const scheme = 'app';
const host = 'kith';
export const windowAddress = `${scheme}://${host}/`;

/** Standard and secure, so that origins, storage and policy work as on the web. Only before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves `folder` to windows of a session. Throws 'not-found' when nothing is built. */
export function serveScheme(folder: string, house: () => Promise<House>, to: Protocol): Disposable {
  const pages = withFiles(withPictures(pagesOf(folder), house), house);
  const take = takingFrom(house);
  const headers = pageHeaders("connect-src 'self'");
  to.handle(scheme, async (request) => {
    const url = new URL(request.url);
    if (request.method === 'POST' && url.host === host && url.pathname === takingAddress) {
      if (request.headers.get('content-type') !== takenType)
        return new Response('Not like this.', { status: 415, headers });
      const { status, value } = await take(request.body ?? nothing());
      return new Response(JSON.stringify(value), {
        status,
        headers: { ...headers, 'Content-Type': 'application/json' },
      });
    }
    const page = url.host === host && request.method === 'GET' ? pages.find(url.pathname) : undefined;
    const found = await page?.read().catch(() => undefined);
    if (found === undefined) return new Response('There is nothing here.', { status: 404, headers });
    return new Response(new Uint8Array(found.content), { headers: { ...headers, 'Content-Type': found.type } });
  });
  return disposable(() => to.unhandle(scheme));
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
