/** The parts of Electron's main process that Kith uses, without Electron: what was asked of it can be looked at, what it would say can be said. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** Electron's end of a message port: as Node's, but a message arrives inside an event. */
export class FakePort extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }
  start(): void {
    this.#port.on('message', (data) => this.emit('message', { data }));
  }
  postMessage(value: unknown): void {
    this.#port.postMessage(value);
  }
  close(): void {
    this.#port.close();
  }
}

class FakeChannel {
  readonly port1: FakePort;
  readonly port2: FakePort;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new FakePort(port1);
    this.port2 = new FakePort(port2);
  }
}

type Opened = { readonly action: string };

export class FakeContents extends EventEmitter {
  openHandler: (details: { url: string }) => Opened = () => ({ action: 'allow' });
  readonly posted: { readonly name: string; readonly ports: readonly FakePort[] }[] = [];
  setWindowOpenHandler(handler: (details: { url: string }) => Opened): void {
    this.openHandler = handler;
  }
  postMessage(name: string, _value: unknown, ports: readonly FakePort[]): void {
    this.posted.push({ name, ports });
  }
}

export class FakeWindow extends EventEmitter {
  #destroyed = false;
  static readonly all: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> };
  readonly calls: string[] = [];
  address = '';
  constructor(options: FakeWindow['options']) {
    super();
    this.options = options;
    FakeWindow.all.push(this);
  }
  async loadURL(address: string): Promise<void> {
    this.address = address;
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }
  isMinimized(): boolean {
    return true;
  }
  restore = (): unknown => this.calls.push('restore');
  show = (): unknown => this.calls.push('show');
  focus = (): unknown => this.calls.push('focus');
  isDestroyed = (): boolean => this.#destroyed;
  destroy(): void {
    this.#destroyed = true;
    this.emit('closed');
  }
}

type Serve = (request: Request) => Promise<Response>;
type Answer = (granted: boolean) => void;

export class FakeSession extends EventEmitter {
  serve: Serve | undefined;
  request: (contents: unknown, permission: string, answer: Answer) => void = () => {};
  check: (contents: unknown, permission: string) => boolean = () => true;
  device: () => boolean = () => true;
  readonly protocol = {
    handle: (_scheme: string, serve: Serve) => (this.serve = serve),
    unhandle: () => (this.serve = undefined),
  };
  setPermissionRequestHandler(handler: FakeSession['request']): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['check']): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: FakeSession['device']): void {
    this.device = handler;
  }
}

/** What `import … from 'electron'` gives in a test, fresh. */
export function fakeElectron() {
  FakeWindow.all.splice(0);
  const own = new FakeSession();
  const told: string[] = [];
  const schemes: unknown[] = [];
  const openedOutside: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    whenReady: async () => void told.push('ready'),
    enableSandbox: () => void told.push('sandbox'),
    getAppPath: () => '/kith',
    setPath: (name: string, path: string) => void told.push(`${name} ${path}`),
  });
  return {
    app,
    protocol: { registerSchemesAsPrivileged: (given: unknown[]) => void schemes.push(...given) },
    session: { fromPartition: () => own },
    shell: { openExternal: async (url: string) => void openedOutside.push(url) },
    BrowserWindow: FakeWindow,
    MessageChannelMain: FakeChannel,
    own,
    told,
    schemes,
    openedOutside,
  };
}
