/** The Electron shell: one window, the same bridge over a message port. */
import { join } from 'node:path';
import { app, BrowserWindow, MessageChannelMain, session } from 'electron';
import { DisposableStack, Emitter, ignore, type Log } from '../../base/index.ts';
import type { House } from '../../contracts/index.ts';
import { serveBridge } from '../bridge/index.ts';
import type { Shell } from '../window.ts';
import { electronPort } from './electron-port.ts';
import { lockContents, lockSession } from './lockdown.ts';
import { serveScheme, windowAddress } from './scheme.ts';

export interface ElectronShellDuties {
  /** May still be on its way; a window waits for it. */
  house(): Promise<House>;
  /** The folder that holds the built renderer and preload.cjs. */
  readonly dist: string;
  readonly log: Log;
}

/** Resolves when Electron is ready; shows no window yet. */
export async function openElectronShell({ dist, house, log }: ElectronShellDuties): Promise<Shell> {
  // While Electron makes itself ready.
  const opening = house();
  await app.whenReady();
  const ending = new DisposableStack();
  const raise = (error: unknown): void => log.error('A listener failed', { error: String(error) });
  const closedLast = ending.use(new Emitter<void>(raise));
  const joined = ending.use(new Emitter<void>(raise));
  const own = session.fromPartition('kith', { cache: false });
  ending.use(lockSession(own));
  ending.use(serveScheme(join(dist, 'renderer'), () => opening, own.protocol));

  let window: BrowserWindow | undefined;
  const openNew = async (): Promise<BrowserWindow> => {
    const opened = new BrowserWindow({
      width: 1080,
      height: 720,
      minWidth: 360,
      minHeight: 480,
      show: false,
      title: 'Kith',
      autoHideMenuBar: true,
      webPreferences: {
        session: own,
        preload: join(dist, 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
      },
    });
    lockContents(opened.webContents, log);
    opened.once('ready-to-show', () => opened.show());
    opened.webContents.on('did-finish-load', () => {
      const serve = (standing: House): void => {
        if (opened.isDestroyed()) return;
        const { port1, port2 } = new MessageChannelMain();
        serveBridge(electronPort(port1, log), standing, log, () => joined.fire());
        opened.webContents.postMessage('kith-port', null, [port2]);
      };
      ignore(opening.then(serve), 'a house that cannot be opened ends Kith', log);
    });
    opened.on('closed', () => {
      window = undefined;
      closedLast.fire();
    });
    await opened.loadURL(windowAddress);
    return opened;
  };
  ending.defer(() => window?.destroy());
  // Whether the program ends with its last window is for the session to say.
  const stay = (): void => {};
  app.on('window-all-closed', stay);
  ending.defer(() => app.off('window-all-closed', stay));

  return {
    async openWindow() {
      if (window === undefined) window = await openNew();
      else {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
        // It heard its snapshot long ago; whoever waits for a window to join need not wait.
        joined.fire();
      }
      return 'Kith’s window is open.';
    },
    onDidJoin: joined.event,
    onDidCloseLast: closedLast.event,
    [Symbol.asyncDispose]: async () => ending[Symbol.dispose](),
  };
}
