/** The browser shell: the same core, the same renderer, shown by Chromium or any browser on this computer. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { AsyncDisposableStack, Emitter, type Clock, type Log } from '../../base/index.ts';
import type { House } from '../../contracts/index.ts';
import { serveBridge } from '../bridge/index.ts';
import type { Places } from '../profile.ts';
import type { Terminal } from '../terminal.ts';
import type { Shell } from '../window.ts';
import { chromium, findChromium, hasDisplay, isRoot } from './chromium.ts';
import { writeEntrance, type Entrance } from './entrance.ts';
import { pagesOf } from './pages.ts';
import { openServer } from './server.ts';
import { newTickets } from './tickets.ts';
import { webPort } from './web-port.ts';

/** Longest frame a window may send, in bytes. */
const frameBound = 1024 * 1024;

export interface BrowserShellDuties {
  readonly house: House;
  readonly places: Places;
  /** The built renderer. */
  readonly renderer: string;
  readonly terminal: Pick<Terminal, 'env' | 'remark'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the door for windows; shows none yet. */
export async function openBrowserShell(duties: BrowserShellDuties): Promise<Shell> {
  const { clock, house, log, places, terminal } = duties;
  const { env } = terminal;
  const { WebSocketServer } = await import('ws');
  const ending = new AsyncDisposableStack();
  const raise = (error: unknown): void => log.error('A listener failed', { error: String(error) });
  const closedLast = ending.use(new Emitter<void>(raise));
  const joined = ending.use(new Emitter<void>(raise));
  const entrances = new Map<string, Entrance>();
  ending.defer(() => {
    for (const entrance of entrances.values()) entrance[Symbol.dispose]();
  });

  const tickets = newTickets((ticket) => {
    entrances.get(ticket)?.[Symbol.dispose]();
    entrances.delete(ticket);
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameBound, perMessageDeflate: false });
  ending.defer(() => {
    for (const socket of sockets.clients) socket.close(1001);
    sockets.close();
  });
  const server = ending.use(
    await openServer({
      pages: pagesOf(duties.renderer),
      tickets,
      log,
      upgrade: (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, (web) => {
          serveBridge(webPort(web, log), house, log, () => joined.fire());
        }),
    }),
  );

  const executable = hasDisplay(env) ? findChromium(env) : undefined;
  const browser =
    executable === undefined
      ? undefined
      : chromium({ executable, folder: join(places.profile, 'chromium'), env, clock, log });
  if (browser !== undefined) {
    if (isRoot()) terminal.remark('Running as root: Chromium starts without its sandbox.');
    ending.use(browser.onDidClose(() => closedLast.fire()));
    ending.defer(() => browser.end());
  }
  log.info('The browser shell is open', { port: server.port, chromium: executable ?? 'none' });

  return {
    async openWindow() {
      const ticket = tickets.issue();
      const entrance = writeEntrance(places.runtime, server.origin, ticket);
      entrances.set(ticket, entrance);
      if (browser === undefined)
        return `Open ${pathToFileURL(entrance.path).href} in a browser on this computer; it works once.`;
      browser.open(entrance.path);
      return 'Kith’s window is open.';
    },
    onDidJoin: joined.event,
    onDidCloseLast: closedLast.event,
    [Symbol.asyncDispose]: () => ending[Symbol.asyncDispose](),
  };
}
