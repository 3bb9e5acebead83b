/** The loopback server of the browser shell. Every request must name our host; everything but the entrance needs a pass. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { KithError, type AsyncDisposable, type Log } from '../../base/index.ts';
import { takenType, takingAddress, type TakingAnswer } from '../files.ts';
import { pageHeaders } from './policy.ts';
import type { Pages } from './pages.ts';
import type { Tickets } from './tickets.ts';

/** The form that carries a ticket is this small. */
const formBound = 1024;

/** For all of a request: a large file has to be written to a slow disk meanwhile. In milliseconds. */
const requestTimeout = 120_000;

export interface BrowserServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly port: number;
}

export interface ServerDuties {
  /** Asked for every file: a new build is shown to the next window. */
  pages(): Pages;
  readonly tickets: Tickets;
  readonly log: Log;
  /** A file that a window is about to send. */
  take(bytes: IncomingMessage): Promise<TakingAnswer>;
  /** The upgrade is one of ours: right host, right origin, a pass. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Listens on 127.0.0.1, on a port the system chooses. */
export async function openServer(duties: ServerDuties): Promise<BrowserServer> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout, maxHeaderSize: 8192 });
  server.maxConnections = 128;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new KithError('internal', 'No loopback port can be opened', { cause })));
    server.listen(0, '127.0.0.1', resolve);
  });
  const port = (server.address() as AddressInfo).port;
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const cookie = `kith-${port}`;
  const headers = pageHeaders(`connect-src 'self' ws://${host}`);
  const passOf = (request: IncomingMessage): string | undefined => readCookie(request.headers.cookie, cookie);

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const answer = (status: number, text: string, more: Record<string, string> = {}): void => {
      const body = request.method === 'HEAD' ? '' : text;
      response.writeHead(status, { ...headers, 'Content-Type': 'text/html; charset=utf-8', ...more }).end(body);
    };
    // A name that resolves to loopback but is not ours is another site's (DNS rebinding).
    if (request.headers.host !== host) return answer(421, refusal('This address is not Kith’s.'));
    if (isForeign(request, origin)) return answer(403, refusal('Another site may not ask Kith for anything.'));
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path === '/enter') {
      if (request.method !== 'POST') return answer(405, refusal('Not like this.'), { Allow: 'POST' });
      return void readTicket(request).then((ticket) => {
        const pass = ticket === undefined ? undefined : duties.tickets.redeem(ticket);
        if (pass === undefined)
          return answer(403, refusal('This way in was used before. Start Kith again for a new one.'));
        const value = `${cookie}=${pass}; HttpOnly; SameSite=Strict; Path=/`;
        return answer(303, '', { Location: '/arrive', 'Set-Cookie': value });
      });
    }
    if (path === takingAddress && request.method === 'POST') {
      // Not even the entrance, whose origin is no one's: only the window itself.
      if (request.headers.origin !== origin || !duties.tickets.admits(passOf(request)))
        return answer(403, refusal('This window has no way in. Start Kith again for a new one.'));
      if (request.headers['content-type'] !== takenType) return answer(415, refusal('Not like this.'));
      return void duties.take(request).then(({ status, value }) =>
        // What was not read of it is not read any more.
        answer(status, JSON.stringify(value), { 'Content-Type': 'application/json', Connection: 'close' }),
      );
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(405, refusal('Not like this.'), { Allow: 'GET, HEAD' });
    if (path === '/arrive') return answer(200, arrival);
    // Browsers ask for it on the way in, where no page has named its icon yet.
    if (path === '/favicon.ico') return answer(204, '');
    if (!duties.tickets.admits(passOf(request)))
      return answer(403, refusal('This window has no way in. Start Kith again for a new one.'));
    const page = duties.pages().find(path);
    if (page === undefined) return answer(404, refusal('There is nothing here.'));
    page.read().then(
      ({ type, content }) => {
        response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': content.length });
        response.end(request.method === 'HEAD' ? undefined : content);
      },
      () => answer(404, refusal('There is nothing here.')),
    );
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host: asked, origin: from } = request.headers;
    const status =
      asked !== host
        ? 421
        : from !== origin || !duties.tickets.admits(passOf(request)) || request.url !== '/bridge'
          ? 403
          : 0;
    if (status === 0) return duties.upgrade(request, socket, head);
    duties.log.warn('A connection from a page that is not ours was refused', { status });
    socket.on('error', () => socket.destroy());
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  server.on('clientError', (_error, socket) => socket.destroy());

  return { origin, port, [Symbol.asyncDispose]: () => close(server) };
}

/**
 * A Strict cookie does not travel on a navigation that another origin began, and the entrance file is another origin.
 * So the way in leads over this empty page of ours, which begins the next navigation itself.
 */
const arrival = '<!doctype html><title>Kith</title><meta http-equiv="refresh" content="0; url=/">';

const refusal = (words: string): string => `<!doctype html><html lang="en"><title>Kith</title><p>${words}</p></html>`;

/**
 * Begun by a page of another site. The entrance is a file, and files have the origin 'null'; so have the sandboxed frames
 * of any site, but those hold no ticket.
 */
function isForeign({ headers, method }: IncomingMessage, own: string): boolean {
  const from = headers.origin;
  if (from !== undefined) return from !== 'null' && from !== own;
  // What the way in leads over counts as begun elsewhere too, and names no origin.
  return method === 'POST' && headers['sec-fetch-site'] === 'cross-site';
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

async function readTicket(request: IncomingMessage): Promise<string | undefined> {
  let form = '';
  try {
    for await (const piece of request) {
      form += String(piece);
      if (form.length > formBound) return undefined;
    }
  } catch {
    return undefined;
  }
  return new URLSearchParams(form).get('ticket') ?? undefined;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
