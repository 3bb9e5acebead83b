/** The browser shell: the same core, the same renderer, shown by Chromium or any browser on this computer. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { AsyncDisposableStack, Emitter, type Clock, type Log } from '../../base/index.ts';
import type { House } from '../../contracts/index.ts';
import { takingFrom, withFiles } from '../files.ts';
import { withPictures } from '../pictures.ts';
import type { Places } from '../profile.ts';
import type { Terminal } from '../terminal.ts';
import type { Shell } from '../window.ts';
import { chromium, findChromium, hasDisplay, isRoot } from './chromium.ts';
import { writeEntrance, type Entrance } from './entrance.ts';
import { pagesOf } from './pages.ts';
import { openServer } from './server.ts';
import { windowSockets } from './sockets.ts';
import { newTickets } from './tickets.ts';

export interface BrowserShellDuties {
  /** May still be on its way; a window waits for it. */
  house(): Promise<House>;
  readonly places: Places;
  /** The built renderer. */
  readonly renderer: string;
  readonly terminal: Pick<Terminal, 'env' | 'remark'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the door for windows; shows none yet. */
export async function openBrowserShell(duties: BrowserShellDuties): Promise<Shell> {
  const { clock, log, places, terminal } = duties;
  const { env } = terminal;
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
  let pages = pagesOf(duties.renderer);
  /** Whether a page came to life: a Chromium that ends before that was not closed by the person. */
  let shown = false;
  /** The ticket of a window that has not joined yet. */
  let coming: string | undefined;
  const sockets = ending.use(
    windowSockets({
      house: () => duties.house(),
      log,
      onJoin() {
        shown = true;
        coming = undefined;
        joined.fire();
      },
    }),
  );
  const server = ending.use(
    await openServer({
      pages: () =>
        withFiles(
          withPictures(pages, () => duties.house()),
          () => duties.house(),
        ),
      take: takingFrom(() => duties.house()),
      tickets,
      log,
      upgrade: (...window) => sockets.upgrade(...window),
    }),
  );

  const newEntrance = (): { readonly ticket: string; readonly path: string } => {
    const ticket = tickets.issue();
    const entrance = writeEntrance(places.runtime, server.origin, ticket);
    entrances.set(ticket, entrance);
    return { ticket, path: entrance.path };
  };
  const invitation = (): string =>
    `Open ${pathToFileURL(newEntrance().path).href} in a browser on this computer; it works once.`;

  const executable = hasDisplay(env) ? findChromium(env) : undefined;
  const browser =
    executable === undefined
      ? undefined
      : chromium({ executable, folder: join(places.profile, 'chromium'), env, clock, log });
  if (browser !== undefined) {
    if (isRoot()) terminal.remark('Running as root: Chromium starts without its sandbox.');
    ending.use(
      browser.onDidClose(() => {
        coming = undefined;
        if (shown) closedLast.fire();
        else terminal.remark(`Chromium ended without showing Kith. ${invitation()}`);
        shown = false;
      }),
    );
    ending.defer(() => browser.end());
  }
  log.info('The browser shell is open', { port: server.port, chromium: executable ?? 'none' });

  return {
    async openWindow() {
      pages = pagesOf(duties.renderer);
      if (browser === undefined) return invitation();
      const onItsWay = (): boolean => coming !== undefined && entrances.has(coming);
      if (!onItsWay() && (await browser.raise(server.origin))) {
        // It has its snapshot already; whoever waits for a window to join need not wait.
        if (shown) joined.fire();
        return 'Kith’s window is open.';
      }
      // Between its entrance and the page nothing can be brought up yet; a second window would stand beside it.
      if (coming === undefined) {
        const { ticket, path } = newEntrance();
        coming = ticket;
        browser.open(path);
      }
      return 'Kith opens its window.';
    },
    onDidJoin: joined.event,
    onDidCloseLast: closedLast.event,
    [Symbol.asyncDispose]: () => ending[Symbol.asyncDispose](),
  };
}
