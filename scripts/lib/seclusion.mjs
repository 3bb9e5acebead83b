/** The world the tests see: a home, folders and a bus address of their own, so that nothing of the person's is read or touched. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What would lead to the person's desktop, keyring, proxies or settings. */
const withheld =
  /^(DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_.*|SSH_AUTH_SOCK|GNOME_KEYRING_.*|KITH_.*|ELECTRON_(?!OVERRIDE_DIST_PATH).*|npm_.*|NODE_OPTIONS|https?_proxy|HTTPS?_PROXY|NODE_EXTRA_CA_CERTS)$/;

/** `leave` removes what the tests wrote. */
export function seclude() {
  const folder = mkdtempSync(join(tmpdir(), 'kith-tests-'));
  const at = (name, mode = 0o700) => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true, mode });
    chmodSync(path, mode);
    return path;
  };
  // A test that runs as root tries things as somebody else too, who has to come by.
  chmodSync(folder, 0o711);
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !withheld.test(name))),
    HOME: at('home'),
    TMPDIR: at('tmp', 0o1777),
    XDG_CONFIG_HOME: at('home/.config'),
    XDG_DATA_HOME: at('home/.local/share'),
    XDG_STATE_HOME: at('home/.local/state'),
    XDG_CACHE_HOME: at('home/.cache'),
    XDG_RUNTIME_DIR: at('run'),
    // No such way to a bus exists: who forgets to bring a private one fails instead of reaching the person's.
    DBUS_SESSION_BUS_ADDRESS: 'nobody:',
    DBUS_SYSTEM_BUS_ADDRESS: 'nobody:',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
  return { env, leave: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
