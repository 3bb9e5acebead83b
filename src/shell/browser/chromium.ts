/** Chromium as our window: found on the PATH, run on a folder of its own, told to stay off the network. */
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Emitter, type Clock, type Event, type Log } from '../../base/index.ts';
import type { Environment } from '../profile.ts';

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
  let first: ChildProcess | undefined;
  const run = (file: string): ChildProcess => {
    const root = isRoot() ? ['--no-sandbox', '--test-type'] : [];
    const page = `--app=${pathToFileURL(file).href}`;
    // A group of its own: Ctrl-C is ours to answer, and ending it ends its renderers too.
    const own = [`--user-data-dir=${folder}`, `--crash-dumps-dir=${join(folder, 'crashes')}`];
    const child = spawn(executable, [...quiet, ...root, ...own, page], {
      stdio: 'ignore',
      detached: true,
      env,
    });
    child.on('error', (error) => log.warn('Chromium did not start', { error: error.message }));
    return child;
  };
  return {
    open(file) {
      const child = run(file);
      if (first !== undefined) return;
      first = child;
      child.once('close', () => {
        first = undefined;
        closed.fire();
      });
    },
    onDidClose: closed.event,
    end: () =>
      new Promise((resolve) => {
        const running = first;
        if (running?.pid === undefined) return resolve();
        const group = -running.pid;
        const kill = (signal: NodeJS.Signals): void => {
          try {
            process.kill(group, signal);
          } catch {
            resolve();
          }
        };
        const insist = clock.after(patience, () => kill('SIGKILL'));
        running.once('close', () => {
          insist[Symbol.dispose]();
          resolve();
        });
        kill('SIGTERM');
      }),
  };
}
