/** The law of the house as data: which rooms there are, who may import whom, and where a package may be used. */

/** Neither Node's nor the browser's names; Node's; the browser's. */
export type Environment = 'pure' | 'node' | 'browser';

export interface Room {
  /** A folder, or a file that stands alone. */
  readonly path: string;
  readonly environment: Environment;
  /** Paths of other rooms; 'anything' for those whose work is to know everyone. */
  readonly mayImport: readonly string[] | 'anything';
}

const base = 'src/base';
const domain = 'src/domain';
const contracts = 'src/contracts';
const common = [base, domain, contracts];
const dbus = 'src/dbus';
const telepathy = 'src/telepathy';

const room = (path: string, environment: Environment, mayImport: Room['mayImport']): Room => ({
  path,
  environment,
  mayImport,
});

/** Longer paths before the folders that hold them. */
export const rooms: readonly Room[] = [
  room('src/main.ts', 'node', 'anything'),
  room('src/preload.cts', 'node', []),
  room('src/protocol-worker.ts', 'node', [...common, 'src/host']),
  room(base, 'pure', []),
  room(domain, 'pure', [base]),
  room(contracts, 'pure', [base, domain]),
  room('src/host', 'node', common),
  room('src/core', 'node', common),
  room('src/storage', 'node', common),
  room('src/shell', 'node', common),
  room('src/secrets', 'node', [base, dbus]),
  room('src/addressbook', 'node', [base, domain, dbus]),
  room('src/desktop', 'node', [...common, dbus]),
  room(dbus, 'node', [base]),
  room(telepathy, 'node', [...common, dbus]),
  room('src/mission-control', 'node', [...common, dbus, telepathy]),
  room('renderer', 'browser', common),
  room('protocols/xmpp', 'node', common),
  room('protocols/testbed', 'node', common),
  room('protocols/telepathy', 'node', [...common, dbus, telepathy]),
  room('plugins/now-listening', 'node', [...common, dbus]),
  room('plugins/kimproxy', 'node', [...common, dbus]),
  room('plugins/connection-manager', 'node', [...common, dbus, telepathy]),
  room('plugins/shortcuts', 'node', common),
  room('test', 'node', 'anything'),
  room('bench', 'node', 'anything'),
  room('scripts', 'node', 'anything'),
];

/** A room is entered by these files only, except by its own files, by tests and by those who may import anything. */
export const doors: readonly RegExp[] = [
  /\/index\.ts$/,
  // What the worker's entry seats: the half of the host that runs over there.
  /^src\/host\/seat\.ts$/,
];

/** Where a package may be imported: rooms or files; tests and bench may use every package that is declared. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  '@photostructure/sqlite': ['src/storage'],
  '@napi-rs/keyring': ['src/secrets'],
  '@xmpp/jid': ['protocols/xmpp'],
  saxes: ['protocols/xmpp'],
  ws: ['src/shell'],
  zod: ['src/shell'],
  electron: ['src/shell/electron', 'src/main.ts', 'src/preload.cts'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  zustand: ['renderer'],
  '@tanstack/react-virtual': ['renderer'],
  '@fontsource-variable/inter': ['renderer'],
  '@fontsource-variable/jetbrains-mono': ['renderer'],
  'lucide-react': ['renderer'],
  'linkify-it': ['renderer'],
  '@lingui/core': ['renderer'],
  '@lingui/message-utils': ['scripts'],
  pofile: ['scripts'],
  hsluv: ['renderer', 'scripts'],
  vite: ['scripts'],
  rolldown: ['scripts'],
  'playwright-core': ['scripts'],
};

/** The room a path belongs to. */
export function roomOf(path: string): Room | undefined {
  return rooms.find(({ path: at }) => path === at || path.startsWith(`${at}/`));
}
