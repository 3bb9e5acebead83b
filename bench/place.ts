/** A home of its own for one run of one program: nothing of the desktop this machine may have is seen or touched. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Program, type Run } from '../test/harness/processes.ts';
import { until } from '../test/harness/waiting.ts';
import { temporary } from './temporary.ts';

const busDaemon: Program = { name: 'dbus-daemon', debianPackage: 'dbus-daemon' };

export interface Place {
  readonly home: string;
  /** For RunSettings: the environment of the tests with everything personal replaced. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly bus?: Run;
  /** Ends the bus and removes the folder. */
  leave(): Promise<void>;
}

export async function makePlace({ bus: wanted }: { readonly bus: boolean }): Promise<Place> {
  const { path: home, remove } = temporary('home');
  const socket = join(home, 'bus');
  const runtime = join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_RUNTIME_DIR: runtime,
    TMPDIR: home,
    DBUS_SESSION_BUS_ADDRESS: wanted ? `unix:path=${socket}` : undefined,
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
    TERM: 'xterm',
  };
  const bus = wanted
    ? start(busDaemon, ['--session', '--nofork', `--address=unix:path=${socket}`], { env, cwd: home })
    : undefined;
  if (bus !== undefined) await until('a private bus', () => existsSync(socket) || undefined, { every: 5 });
  return {
    home,
    env,
    ...(bus === undefined ? {} : { bus }),
    async leave() {
      await bus?.end();
      remove();
    },
  };
}
