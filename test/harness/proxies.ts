/** Two small proxies on the loopback, SOCKS 5 and HTTP, that really connect; or misbehave as a test tells them to. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface ProxySettings {
  /** Who may pass; everybody when left out. */
  readonly credentials?: { readonly name: string; readonly password: string };
  /** Where each name leads; one that is not here cannot be found. */
  readonly machines?: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
  /** Given in place of what the proxy would do: its bytes for each thing it is told, in turn; undefined for silence, null to hang up. */
  readonly script?: readonly (string | Uint8Array | null | undefined)[];
}

export interface TestProxy {
  readonly port: number;
  /** Where it was asked to connect to, as it was written. */
  readonly asked: readonly string[];
  /** The names and passwords it was shown. */
  readonly shown: readonly string[];
  stop(): Promise<void>;
}

type Serve = (caller: Caller, settings: ProxySettings, notes: Notes) => Promise<void>;

interface Notes {
  readonly asked: string[];
  readonly shown: string[];
}

export const startSocks5 = (settings: ProxySettings = {}): Promise<TestProxy> => startProxy(socks5, settings);
export const startHttpProxy = (settings: ProxySettings = {}): Promise<TestProxy> => startProxy(http, settings);

async function startProxy(serve: Serve, settings: ProxySettings): Promise<TestProxy> {
  const notes: Notes = { asked: [], shown: [] };
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    const caller = new Caller(socket, sockets);
    const served = settings.script === undefined ? serve(caller, settings, notes) : caller.follow(settings.script);
    served.catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    ...notes,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One who wants to pass. */
class Caller {
  readonly #socket: Socket;
  readonly #all: Socket[];

  constructor(socket: Socket, all: Socket[]) {
    this.#socket = socket;
    this.#all = all;
  }

  write(...bytes: readonly (number | string | Uint8Array)[]): void {
    for (const part of bytes) this.#socket.write(typeof part === 'number' ? Uint8Array.of(part) : part);
  }

  end(): void {
    this.#socket.end();
  }

  async read(count: number): Promise<Buffer> {
    for (;;) {
      const bytes = this.#socket.read(count) as Buffer | null;
      if (bytes !== null) return bytes;
      if (this.#socket.readableEnded || this.#socket.destroyed) throw new Error('The caller left');
      await Promise.race([once(this.#socket, 'readable'), once(this.#socket, 'close')]);
    }
  }

  async readHeader(): Promise<string> {
    let header = '';
    while (!header.endsWith('\r\n\r\n')) header += (await this.read(1)).toString('latin1');
    return header;
  }

  /** Undefined when the machine cannot be reached. */
  async reach(place: { readonly host: string; readonly port: number }): Promise<Socket | undefined> {
    const socket = connect(place.port, place.host);
    this.#all.push(socket);
    const connected = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.on('error', () => {});
    return connected === true ? socket : undefined;
  }

  join(far: Socket): void {
    this.#socket.pipe(far);
    far.pipe(this.#socket);
    this.#socket.once('close', () => far.destroy());
    far.once('close', () => this.#socket.destroy());
  }

  async follow(script: NonNullable<ProxySettings['script']>): Promise<void> {
    for (const step of script) {
      await once(this.#socket, 'data');
      if (step === null) this.#socket.end();
      else if (step !== undefined) this.#socket.write(step);
    }
  }
}

/** Nothing but this machine is ever reached. */
const placeOf = ({ machines = {} }: ProxySettings, host: string, port: number) =>
  host === '127.0.0.1' ? { host, port } : machines[host];

async function socks5(caller: Caller, settings: ProxySettings, { asked, shown }: Notes): Promise<void> {
  const [, count = 0] = await caller.read(2);
  const methods = [...(await caller.read(count))];
  const wanted = settings.credentials === undefined ? 0 : 2;
  if (!methods.includes(wanted)) {
    caller.write(5, 0xff);
    return caller.end();
  }
  caller.write(5, wanted);
  if (settings.credentials !== undefined) {
    await caller.read(1);
    const name = (await caller.read((await caller.read(1))[0] ?? 0)).toString();
    const password = (await caller.read((await caller.read(1))[0] ?? 0)).toString();
    shown.push(`${name}:${password}`);
    const right = name === settings.credentials.name && password === settings.credentials.password;
    caller.write(1, right ? 0 : 1);
    if (!right) return caller.end();
  }
  const [, , , kind = 0] = await caller.read(4);
  const host =
    kind === 3
      ? (await caller.read((await caller.read(1))[0] ?? 0)).toString('latin1')
      : written(await caller.read(kind === 4 ? 16 : 4));
  const port = (await caller.read(2)).readUInt16BE();
  asked.push(`${host}:${port}`);
  const place = placeOf(settings, host, port);
  const far = place && (await caller.reach(place));
  caller.write(5, place === undefined ? 4 : far === undefined ? 5 : 0, 0, 3, 3, 'far', 0, 80);
  if (far === undefined) caller.end();
  else caller.join(far);
}

function written(address: Buffer): string {
  if (address.length === 4) return [...address].join('.');
  const groups = Array.from({ length: 8 }, (_, nth) => address.readUInt16BE(nth * 2).toString(16));
  return groups.join(':');
}

async function http(caller: Caller, settings: ProxySettings, { asked, shown }: Notes): Promise<void> {
  const header = await caller.readHeader();
  const [, host = '', port = ''] = /^CONNECT (?:\[(?=.*\]))?([^\]\s]+?)\]?:(\d+) HTTP\/1\.1\r\n/.exec(header) ?? [];
  const basic = /^Proxy-Authorization: Basic (.*)\r$/m.exec(header)?.[1];
  if (basic !== undefined) shown.push(Buffer.from(basic, 'base64').toString());
  if (
    settings.credentials !== undefined &&
    shown.at(-1) !== `${settings.credentials.name}:${settings.credentials.password}`
  ) {
    caller.write('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
    return caller.end();
  }
  asked.push(`${host}:${port}`);
  const place = placeOf(settings, host, Number(port));
  const far = place && (await caller.reach(place));
  if (far === undefined) {
    caller.write('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nGone');
    return caller.end();
  }
  caller.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
  caller.join(far);
}
