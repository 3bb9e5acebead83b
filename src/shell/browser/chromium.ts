/** Chromium as our window: found on the PATH, run on a folder of its own, told to stay off the network. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Emitter, ignore, type Clock, type Event, type Log } from '../../base/index.ts';
import type { Environment } from '../profile.ts';
import { tether, type Tethered } from '../tether.ts';
import { devtoolsPipe, type DevtoolsPipe } from './devtools-pipe.ts';

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
  /** Brings up a window that shows a page of `origin`; false when there is none, or no answer. */
  raise(origin: string): Promise<boolean>;
  /** The last window closed. */
  readonly onDidClose: Event<void>;
  /** Ends the program and all its processes; resolves when they are gone. */
  end(): Promise<void>;
}

/** As root Chromium runs only without its sandbox. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** Chromium may take this long to end, or to answer, when asked to, in milliseconds. */
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
  let first: { readonly program: Tethered; readonly pipe: DevtoolsPipe } | undefined;
  const run = (file: string, more: readonly string[] = []): Tethered => {
    const root = isRoot() ? ['--no-sandbox', '--test-type'] : [];
    const own = [`--user-data-dir=${folder}`, `--crash-dumps-dir=${join(folder, 'crashes')}`];
    const args = [...quiet, ...root, ...own, ...more, `--app=${pathToFileURL(file).href}`];
    return tether(executable, args, { env, pipes: more.length > 0 });
  };
  return {
    open(file) {
      if (first !== undefined) return void run(file);
      const program = run(file, ['--remote-debugging-pipe']);
      const [, , , to, from] = program.child.stdio;
      first = { program, pipe: devtoolsPipe(to as Writable, from as Readable) };
      ignore(
        program.ended.then(() => {
          first = undefined;
          closed.fire();
        }),
        'listeners are guarded',
        log,
      );
    },
    async raise(origin) {
      const pipe = first?.pipe;
      if (pipe === undefined) return false;
      const late = new Promise<readonly []>((resolve) => clock.after(patience, () => resolve([])));
      const page = (await Promise.race([pipe.pages(), late])).find(({ url }) => url.startsWith(`${origin}/`));
      if (page !== undefined) pipe.activate(page);
      return page !== undefined;
    },
    onDidClose: closed.event,
    async end() {
      const running = first?.program;
      if (running === undefined) return;
      const insist = clock.after(patience, () => running.signal('SIGKILL'));
      running.signal('SIGTERM');
      await running.ended;
      insist[Symbol.dispose]();
    },
  };
}
