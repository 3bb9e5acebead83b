/** A person who uses Gajim, an XMPP program with a window no one here wrote: told what to do over the bus it has for other programs, and heard there. */
import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { AsyncDisposableStack } from '../../src/base/index.ts';
import { findProgram, type Run, type RunSettings, start, type Program } from './processes.ts';
import type { Prosody } from './prosody.ts';
import { Screen } from './screen.ts';
import { bounded, until } from './waiting.ts';

const gajim: Program = { name: 'gajim', debianPackage: 'gajim' };
const busDaemon: Program = { name: 'dbus-daemon', debianPackage: 'dbus-daemon' };
const monitor: Program = { name: 'dbus-monitor', debianPackage: 'dbus-bin' };
const setpriv: Program = { name: 'setpriv', debianPackage: 'util-linux' };
const call: Program = { name: 'gdbus', debianPackage: 'libglib2.0-bin' };

const busName = 'org.gajim.Gajim';
const face = 'org.gajim.dbus.RemoteInterface';
const path = '/org/gajim/dbus/RemoteObject';
const isRoot = process.getuid?.() === 0;
/** Debian's user and group of that name. */
const nobody = 65_534;
/** The layout of its settings. */
const layout = 5;

export interface Gajim {
  /** Calls a method of its interface for other programs; resolves with what it answered, as text. */
  does(method: string, ...words: readonly string[]): Promise<string>;
  /** Resolves when it has told of something in which this stands. */
  tells(signal: string, what: string): Promise<void>;
  end(): Promise<void>;
}

/** Resolves when it is online. The server has to let people in without TLS: Gajim asks a person about a certificate. */
export async function startGajim(server: Prosody, person: string): Promise<Gajim> {
  findProgram(gajim);
  const home = await mkdtemp(join(tmpdir(), 'kith-gajim-'));
  const ending = new AsyncDisposableStack();
  ending.defer(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  try {
    await settle(home, server, person);
    if (isRoot)
      for (const entry of ['', ...(await readdir(home, { recursive: true }))])
        await chown(join(home, entry), nobody, nobody);
    const screen = ending.use(await Screen.open());
    const address = `unix:path=${home}/bus`;
    const env = {
      HOME: home,
      XDG_CONFIG_HOME: `${home}/config`,
      XDG_DATA_HOME: `${home}/data`,
      XDG_CACHE_HOME: `${home}/cache`,
      XDG_RUNTIME_DIR: home,
      DISPLAY: screen.name,
      WAYLAND_DISPLAY: undefined,
      DBUS_SESSION_BUS_ADDRESS: address,
      LC_ALL: 'C.UTF-8',
      NO_AT_BRIDGE: '1',
      GSETTINGS_BACKEND: 'memory',
    };
    const bus = unprivileged(busDaemon, ['--session', '--nofork', '--print-address', `--address=${address}`], { env });
    ending.defer(async () => void (await bus.end()));
    await until('a private bus', () => bus.output.includes('unix:') || undefined);
    const ear = unprivileged(monitor, ['--session', `type='signal',interface='${face}'`], { env });
    ending.defer(async () => void (await ear.end()));
    const window = unprivileged(gajim, [], { env, cwd: home });
    ending.defer(async () => void (await window.end('SIGKILL')));
    const does = (method: string, ...words: readonly string[]) =>
      said(
        call,
        ['call', '--session', '--dest', busName, '--object-path', path, '--method', `${face}.${method}`, ...words],
        { env },
      );
    const status = async (): Promise<string> => {
      if (window.exit !== undefined) throw window.foreignDeath ?? new Error(`Gajim ended\n${window.errors}`);
      return does('get_status', person).catch(() => '');
    };
    await until('Gajim to listen', async () => (await status()) || undefined, { every: 250 });
    await does('change_status', 'online', '', person);
    await until('Gajim to be online', async () => (await status()).includes('online') || undefined, { every: 250 });
    return {
      does,
      tells: async (signal, what) => {
        const heard = () => ear.output.split('member=').some((told) => told.startsWith(signal) && told.includes(what));
        await until(`Gajim to tell of ${what}`, () => heard() || undefined).catch((error: unknown) => {
          throw new Error(`It told:\n${ear.output}\n${window.errors}`, { cause: error });
        });
      },
      end: () => ending[Symbol.asyncDispose](),
    };
  } catch (error) {
    await ending[Symbol.asyncDispose]();
    throw error;
  }
}

/** Gajim does not start for root. Whoever it is then may still reach the folders of the tests, which are root's. */
function unprivileged(program: Program, words: readonly string[], settings: RunSettings): Run {
  if (!isRoot) return start(program, words, settings);
  const reach = '+dac_override,+dac_read_search';
  const whose = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  return start(
    setpriv,
    [...whose, `--inh-caps=${reach}`, `--ambient-caps=${reach}`, findProgram(program), ...words],
    settings,
  );
}

async function said(program: Program, words: readonly string[], settings: RunSettings): Promise<string> {
  const asked = unprivileged(program, words, settings);
  const { code } = await bounded(program.name, asked.ended);
  if (code !== 0) throw new Error(asked.errors);
  return asked.output;
}

/** What it reads when it starts, so that it begins with an account and asks nothing. */
async function settle(home: string, server: Prosody, person: string): Promise<void> {
  await mkdir(join(home, 'config', 'gajim'), { recursive: true, mode: 0o700 });
  const settings = new DatabaseSync(join(home, 'config', 'gajim', 'settings.sqlite'));
  settings.exec(`
    CREATE TABLE settings (name TEXT UNIQUE, settings TEXT);
    CREATE TABLE account_settings (account TEXT UNIQUE, settings TEXT);
    PRAGMA user_version = ${layout};
  `);
  const app = {
    remote_control: true,
    use_keyring: false,
    check_for_update: false,
    show_in_taskbar: true,
    ask_online_status: false,
  };
  const keep = settings.prepare('INSERT INTO settings VALUES (?, ?)');
  for (const [key, value] of Object.entries({
    app,
    soundevents: {},
    status_presets: {},
    proxies: {},
    plugins: {},
    workspaces: {},
  }))
    keep.run(key, JSON.stringify(value));
  const account = {
    ...{ name: person, hostname: server.domain, account_label: person, password: server.password, savepass: true },
    ...{ active: true, autoconnect: true, use_custom_host: true, custom_host: server.host, custom_port: server.port },
    ...{ custom_type: 'PLAIN', use_plain_connection: true, confirm_unencrypted_connection: false },
  };
  settings
    .prepare('INSERT INTO account_settings VALUES (?, ?)')
    .run(person, JSON.stringify({ account, contact: {}, group_chat: {} }));
  settings.close();
}
