/** The Electron shell against a stand-in for Electron; the compiler holds it to Electron's real types. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/base/index.ts';
import type { House } from '../../src/contracts/index.ts';
import type { HeldFile, MessageId } from '../../src/domain/index.ts';
import type { Shell } from '../../src/shell/window.ts';
import { fakeElectron, FakeWindow, type FakeContents } from '../harness/fake-electron.ts';
import { fakeHouse, type FakeHouse } from '../harness/fake-house.ts';
import { bounded, until } from '../harness/waiting.ts';

const electron = fakeElectron();
vi.mock('electron', () => electron);
const { openElectronShell, ownLine, placeElectron, prepareElectron } =
  await import('../../src/shell/electron/index.ts');

let dist: string;
let house: FakeHouse;
let shell: Shell;
beforeEach(async () => {
  FakeWindow.all.splice(0);
  electron.openedOutside.splice(0);
  dist = mkdtempSync(join(tmpdir(), 'kith-electron-'));
  mkdirSync(join(dist, 'renderer'));
  writeFileSync(join(dist, 'renderer/index.html'), '<!doctype html><title>Inside</title>');
  writeFileSync(join(dist, 'secret.txt'), 'not for the window');
  house = fakeHouse();
  shell = await openElectronShell({ house: async () => house, dist, log: silentLog });
  await shell.openWindow();
});
afterEach(async () => {
  await shell[Symbol.asyncDispose]();
  rmSync(dist, { recursive: true, force: true });
});
const contents = (): FakeContents => FakeWindow.all[0]!.webContents;

describe('the window', () => {
  it('runs its page in the sandbox, apart from the preload, without Node', () => {
    expect(FakeWindow.all[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      preload: join(dist, 'preload.cjs'),
    });
    expect(FakeWindow.all[0]?.address).toBe('app://kith/');
  });

  it.each(['https://evil.example/', 'file:///etc/passwd', 'app://kith/other', 'javascript:alert(1)'])(
    'does not go to %s',
    (url) => {
      let prevented = false;
      contents().emit('will-navigate', { url, preventDefault: () => (prevented = true) });
      expect(prevented).toBe(true);
    },
  );

  it('opens no window; links to the web go to the person’s own browser, and only those', () => {
    for (const url of ['https://example.org/', 'http://example.org/', 'file:///etc/passwd', 'smb://x/', 'javascript:1'])
      expect(contents().openHandler({ url })).toEqual({ action: 'deny' });
    expect(electron.openedOutside).toEqual(['https://example.org/', 'http://example.org/']);
  });

  it('embeds no page and downloads nothing', () => {
    let prevented = 0;
    const event = { preventDefault: () => (prevented += 1) };
    contents().emit('will-attach-webview', event);
    contents().emit('will-redirect', event);
    electron.own.emit('will-download', event);
    expect(prevented).toBe(3);
  });

  it.each([
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'fullscreen',
    'clipboard-read',
    'hid',
    'unheard-of',
  ])('is denied %s', (permission) => {
    const answers: boolean[] = [];
    electron.own.request({}, permission, (granted) => answers.push(granted));
    expect(answers).toEqual([false]);
    expect(electron.own.check({}, permission)).toBe(false);
    expect(electron.own.device()).toBe(false);
  });

  it('is one: wanted again, it comes to the front', async () => {
    await shell.openWindow();
    expect(FakeWindow.all).toHaveLength(1);
    expect(FakeWindow.all[0]?.calls).toEqual(['show', 'restore', 'show', 'focus']);
  });

  it('closed by the person is said, and can be opened anew', async () => {
    const closed = vi.fn<() => void>();
    const listening = shell.onDidCloseLast(closed);
    FakeWindow.all[0]?.destroy();
    expect(closed).toHaveBeenCalledOnce();
    listening[Symbol.dispose]();
    await shell.openWindow();
    expect(FakeWindow.all).toHaveLength(2);
  });
});

describe('the bridge', () => {
  it('goes over the port the window was given, and events follow', async () => {
    const [posted] = contents().posted;
    expect(posted?.name).toBe('kith-port');
    const port = posted!.ports[0]!;
    const heard: unknown[] = [];
    const joined = new Promise<void>((resolve) => {
      const listening = shell.onDidJoin(() => {
        listening[Symbol.dispose]();
        resolve();
      });
    });
    const arrived = new Promise<void>((resolve) =>
      port.on('message', ({ data }: { data: unknown }) => heard.push(data) === 2 && resolve()),
    );
    port.start();
    port.postMessage({ id: 1, verb: 'house.join', with: {} });
    await bounded('the join', joined);
    house.tell({ type: 'accounts-changed', changed: [], removed: [] });
    await bounded('the event', arrived);
    expect(heard).toMatchObject([{ id: 1, value: { revision: 0 } }, { revision: 1 }]);
  });

  it('is new after a reload', async () => {
    contents().emit('did-finish-load');
    await until('the second port', () => contents().posted[1]);
    expect(contents().posted).toHaveLength(2);
  });

  it('waits for a house that is still being opened, and is not given to a window that has gone', async () => {
    let stand!: (house: House) => void;
    const opening = new Promise<House>((resolve) => (stand = resolve));
    const slow = await openElectronShell({ house: () => opening, dist, log: silentLog });
    await slow.openWindow();
    const gone = FakeWindow.all.at(-1)!;
    gone.destroy();
    await slow.openWindow();
    const there = FakeWindow.all.at(-1)!;
    expect(there.webContents.posted).toEqual([]);
    stand(house);
    await until('the port', () => there.webContents.posted[0]);
    expect(gone.webContents.posted).toEqual([]);
    await slow[Symbol.asyncDispose]();
  });
});

describe('the scheme', () => {
  const ask = (url: string, method = 'GET'): Promise<Response> => electron.own.serve!(new Request(url, { method }));

  it('serves the window’s files with the strict policy', async () => {
    const answer = await ask('app://kith/');
    expect(await answer.text()).toContain('Inside');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'app://kith/../secret.txt',
    'app://kith/..%2fsecret.txt',
    'app://other/index.html',
    'app://kith/preload.cjs',
  ])('finds nothing at %s', async (url) => {
    expect((await ask(url)).status).toBe(404);
  });

  it('takes a file that the window brings, and gives the picture that a message is', async () => {
    const held = 'held' as HeldFile;
    const pieces: Uint8Array[] = [];
    house.takeFile = async (bytes) => {
      for await (const piece of bytes) pieces.push(piece);
      return { held, size: Buffer.concat(pieces).length };
    };
    house.shownFile = async (message) =>
      message === ('m' as MessageId) ? { type: 'image/png', bytes: Buffer.from('png') } : undefined;
    const bring = (type: string) =>
      electron.own.serve!(
        new Request('app://kith/file', { method: 'POST', headers: { 'content-type': type }, body: 'content' }),
      );
    expect(await (await bring('application/octet-stream')).json()).toEqual({ held, size: 7 });
    expect((await bring('text/plain')).status).toBe(415);
    expect(Buffer.concat(pieces).toString()).toBe('content');
    const picture = await ask('app://kith/file/m');
    expect([picture.headers.get('content-type'), await picture.text()]).toEqual(['image/png', 'png']);
    expect((await ask('app://kith/file/other')).status).toBe(404);
  });

  it('is told to Electron before it is ready, as standard and secure', () => {
    electron.told.splice(0);
    prepareElectron();
    expect(electron.told).toEqual(['sandbox']);
    expect(electron.schemes.at(-1)).toMatchObject({ scheme: 'app', privileges: { standard: true, secure: true } });
  });
});

describe('Electron itself', () => {
  it('keeps its files in the profile', () => {
    electron.told.splice(0);
    placeElectron({ profile: '/p', log: '/p/log', runtime: '/p/run', downloads: '/p/downloads' });
    expect(electron.told).toEqual(['userData /p/electron', 'sessionData /p/electron']);
  });

  it('reads the line without what is Electron’s own', () => {
    const line = [
      'electron',
      '--no-sandbox',
      '--inspect=0',
      '/kith',
      '--demo',
      '--profile',
      'x',
      'xmpp:amy@example.org',
    ];
    expect(ownLine(line)).toEqual(['--demo', '--profile', 'x', 'xmpp:amy@example.org']);
    electron.app.isPackaged = true;
    expect(ownLine(['kith', '--ozone-platform=wayland', 'xmpp:amy@example.org'])).toEqual(['xmpp:amy@example.org']);
    electron.app.isPackaged = false;
  });
});

describe('the preload', () => {
  const built = join(import.meta.dirname, '../../dist/preload.cjs');

  it('passes the port through and adds nothing to the page', () => {
    expect(existsSync(built)).toBe(true);
    const listeners = new Map<string, (event: unknown) => void>();
    const posted: unknown[][] = [];
    const window = { origin: 'app://kith', postMessage: (...given: unknown[]) => posted.push(given) };
    const asked: string[] = [];
    const require = (name: string): unknown => {
      asked.push(name);
      return {
        ipcRenderer: { once: (name_: string, listener: (event: unknown) => void) => listeners.set(name_, listener) },
      };
    };
    const before = Object.keys(window);
    runInNewContext(readFileSync(built, 'utf8'), { require, window, module: { exports: {} }, exports: {} });
    expect(asked).toEqual(['electron']);
    expect([...listeners.keys()]).toEqual(['kith-port']);
    listeners.get('kith-port')?.({ ports: ['the port'] });
    expect(posted).toEqual([['kith-port', 'app://kith', ['the port']]]);
    expect(Object.keys(window)).toEqual(before);
  });
});
