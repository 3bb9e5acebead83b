/** The suites of `npm test` as data, in the order they run: what each runs, whether on dist/, what it needs, how long it may take. */

/** Debian packages, each with a path that shows it is there. */
export const packages = {
  chromium: '/usr/bin/chromium',
  'dbus-bin': '/usr/bin/dbus-monitor',
  'dbus-daemon': '/usr/bin/dbus-daemon',
  ejabberd: '/usr/sbin/ejabberdctl',
  fish: '/usr/bin/fish',
  gajim: '/usr/bin/gajim',
  'gnome-keyring': '/usr/bin/gnome-keyring-daemon',
  'libglib2.0-bin': '/usr/bin/gdbus',
  microsocks: '/usr/bin/microsocks',
  openssl: '/usr/bin/openssl',
  profanity: '/usr/bin/profanity',
  prosody: '/usr/bin/prosody',
  'prosody-modules': '/usr/lib/prosody/modules/mod_sasl2/mod_sasl2.lua',
  'python3-aiohttp': '/usr/lib/python3/dist-packages/aiohttp/__init__.py',
  'python3-slixmpp': '/usr/lib/python3/dist-packages/slixmpp/__init__.py',
  'tinyproxy-bin': '/usr/bin/tinyproxy',
  tmux: '/usr/bin/tmux',
  'x11-utils': '/usr/bin/xwininfo',
  xvfb: '/usr/bin/Xvfb',
  zsh: '/usr/bin/zsh',
};

/** What did not change since it was found well formatted is not read again. */
const remembering = ['--cache', '--cache-strategy', 'content', '--cache-location', '.cache/prettier'];

/** Tools count as one test each; vitest's suites count their tests. Seconds are for a slow machine with two cores. */
export const suites = [
  { name: 'house', vitest: true, needs: [], seconds: 300 },
  { name: 'types', tool: ['node_modules/typescript/bin/tsc', '-b'], needs: [], seconds: 300 },
  { name: 'lint', tool: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'], needs: [], seconds: 120 },
  {
    name: 'format',
    tool: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', ...remembering],
    needs: [],
    seconds: 300,
  },
  { name: 'unit', vitest: true, needs: ['openssl'], seconds: 600 },
  { name: 'contract', vitest: true, built: true, needs: ['openssl', 'prosody'], seconds: 600 },
  {
    name: 'journeys',
    vitest: true,
    built: true,
    needs: ['chromium', 'openssl', 'prosody', 'prosody-modules', 'python3-aiohttp', 'python3-slixmpp'],
    seconds: 900,
  },
  {
    name: 'shell',
    vitest: true,
    built: true,
    needs: ['chromium', 'fish', 'openssl', 'prosody', 'x11-utils', 'xvfb', 'zsh'],
    seconds: 900,
  },
  {
    name: 'interop',
    vitest: true,
    built: true,
    needs: [
      'dbus-bin',
      'dbus-daemon',
      'ejabberd',
      'gajim',
      'gnome-keyring',
      'libglib2.0-bin',
      'microsocks',
      'openssl',
      'profanity',
      'prosody',
      'prosody-modules',
      'python3-aiohttp',
      'python3-slixmpp',
      'tinyproxy-bin',
      'tmux',
      'xvfb',
    ],
    seconds: 900,
  },
  {
    name: 'browser',
    vitest: true,
    built: true,
    needs: ['chromium', 'openssl', 'prosody', 'python3-aiohttp', 'python3-slixmpp'],
    seconds: 900,
  },
];

/** Short names for several suites. */
export const groups = { check: ['types', 'lint', 'format', 'house', 'unit'] };

/** The suites that were named, in their own order; all of them when none was. A name nobody knows is returned as `unknown`. */
export function chosenSuites(names) {
  const wanted = names.flatMap((name) => groups[name] ?? [name]);
  const unknown = wanted.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) return { unknown };
  return { chosen: wanted.length === 0 ? suites : suites.filter(({ name }) => wanted.includes(name)) };
}
