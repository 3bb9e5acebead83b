/** Chromium as our window: found on the PATH, run on a folder of its own, told to stay off the network. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Emitter, ignore, type Clock, type Event, type Log } from '../../base/index.ts';
import type { Environment } from '../profile.ts';
import { tether, type Tethered } from '../tether.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** No first-run pages, no updates, no reports, nothing fetched in the background, nothing offered. */
const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--password-store=basic',
  '--disable-background-mode',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication',
  '--class=Kith',
];

/** The executable, or undefined. KITH_CHROMIUM names one by path. */
export function findChromium(env: Environment): string | undefined {
  const chosen = env['KITH_CHROMIUM'];
  const paths = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates =
    chosen === undefined ? names.flatMap((name) => paths.map((folder) => join(folder, name))) : [chosen];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export function hasDisplay(env: Environment): boolean {
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

export interface Chromium {
  /** Opens one window; the first starts the program, further ones join it. */
  open(file: string): void;
  /** The last window closed. */
  readonly onDidClose: Event<void>;
  /** Ends the program and all its processes; resolves when they are gone. */
  end(): Promise<void>;
}

/** As root Chromium runs only without its sandbox. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** Chromium may take this long to end when asked to, in milliseconds. */
const patience = 1_000;

export interface ChromiumParts {
  readonly executable: string;
  /** The program's own user-data folder. */
  readonly folder: string;
  readonly env: Environment;
  readonly clock: Clock;
  readonly log: Log;
}

export function chromium({ executable, folder, env, clock, log }: ChromiumParts): Chromium {
  const closed = new Emitter<void>((error) => log.error('A listener failed', { error: String(error) }));
  let first: Tethered | undefined;
  const run = (file: string): Tethered => {
    const root = isRoot() ? ['--no-sandbox', '--test-type'] : [];
    const own = [`--user-data-dir=${folder}`, `--crash-dumps-dir=${join(folder, 'crashes')}`];
    return tether(executable, [...quiet, ...root, ...own, `--app=${pathToFileURL(file).href}`], { env });
  };
  return {
    open(file) {
      const opened = run(file);
      if (first !== undefined) return;
      first = opened;
      ignore(
        opened.ended.then(() => {
          first = undefined;
          closed.fire();
        }),
        'listeners are guarded',
        log,
      );
    },
    onDidClose: closed.event,
    async end() {
      const running = first;
      if (running === undefined) return;
      const insist = clock.after(patience, () => running.signal('SIGKILL'));
      running.signal('SIGTERM');
      await running.ended;
      insist[Symbol.dispose]();
    },
  };
}
