/** What a window may not do, whatever a page in it tries. */
import { shell, type Session, type WebContents } from 'electron';
import { disposable, type Disposable, type Log } from '../../base/index.ts';
import { windowAddress } from './scheme.ts';

/** The only links that leave Kith, and they leave it for the person's own browser. */
const outward = /^https?:\/\//i;

/** No navigation, no new window, no embedded page. */
export function lockContents(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (outward.test(url))
      shell.openExternal(url).catch(() => log.warn('The person’s browser could not be opened for a link'));
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (event.url !== windowAddress) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Permissions a page may have without asking: writing to the clipboard on a click. All others are denied. */
const granted: readonly string[] = ['clipboard-sanitized-write'];

/** Disposing lets go of the session; its handlers stay, so that it never opens up. */
export function lockSession(session: Session): Disposable {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(granted.includes(permission)));
  session.setPermissionCheckHandler((_contents, permission) => granted.includes(permission));
  session.setDevicePermissionHandler(() => false);
  const prevent = (event: { preventDefault(): void }): void => event.preventDefault();
  session.on('will-download', prevent);
  return disposable(() => session.off('will-download', prevent));
}
