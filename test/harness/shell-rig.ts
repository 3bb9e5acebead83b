/** A browser shell over a fake house, with a renderer of two files, and the rude ways to talk to it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logTo, systemClock, type LogLine } from '../../src/base/index.ts';
import type { House } from '../../src/contracts/index.ts';
import { openBrowserShell } from '../../src/shell/browser/index.ts';
import { makePlaces, placesOf, type Environment, type Places } from '../../src/shell/profile.ts';
import type { Shell } from '../../src/shell/window.ts';
import { fakeHouse } from './fake-house.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ShellRig {
  readonly shell: Shell;
  readonly places: Places;
  readonly port: number;
  readonly host: string;
  readonly origin: string;
  readonly logged: LogLine[];
  /** Asks as a browser would, except for what the test says. */
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** A new entrance file: its path and the ticket in it. */
  entrance(): Promise<{ readonly path: string; readonly ticket: string }>;
  /** Goes in as a browser does and returns its cookie. */
  enter(): Promise<string>;
  /** The status line answered to an upgrade, or undefined when the socket was closed without one. */
  upgrade(headers: Readonly<Record<string, string>>, path?: string): Promise<number | undefined>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function shellRig(
  house: House | Promise<House> = fakeHouse(),
  env: Environment = {},
  built?: string,
): Promise<ShellRig> {
  const folder = mkdtempSync(join(tmpdir(), 'kith-shell-'));
  const places = makePlaces(placesOf({}, folder, join(folder, 'profile')));
  const own = join(folder, 'renderer');
  const renderer = built ?? own;
  mkdirSync(join(own, 'assets'), { recursive: true });
  writeFileSync(join(own, 'index.html'), '<!doctype html><title>Inside</title><script src="./assets/app.js"></script>');
  writeFileSync(join(own, 'assets/app.js'), rendererCode);
  writeFileSync(join(own, 'assets/app.js.map'), '{}');
  writeFileSync(join(folder, 'secret.txt'), 'not for the web');
  const logged: LogLine[] = [];
  const log = logTo((line) => logged.push(line));
  const shell = await openBrowserShell({
    house: async () => house,
    places,
    renderer,
    terminal: { env, remark() {} },
    clock: systemClock,
    log,
  });
  const port = Number(logged.find((line) => line.fields?.['port'] !== undefined)?.fields?.['port']);
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const ask: ShellRig['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path, method, headers: { host, ...headers }, agent: false },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const entrance: ShellRig['entrance'] = async () => {
    const sentence = await shell.openWindow();
    const path = fileURLToPath(/file:\S+/.exec(sentence)?.[0] ?? '');
    const ticket = /name="ticket" value="([^"]+)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    return { path, ticket };
  };
  return {
    shell,
    places,
    port,
    host,
    origin,
    logged,
    ask,
    entrance,
    async enter() {
      const { ticket } = await entrance();
      const answer = await ask('/enter', form(ticket));
      return answer.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
    },
    upgrade: (headers, path = '/bridge') =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1');
        let text = '';
        const asked = { host, connection: 'Upgrade', upgrade: 'websocket', ...upgradeKeys, ...headers };
        const lines = Object.entries(asked).map(([name, value]) => `${name}: ${value}`);
        socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        socket.on('data', (data) => {
          text += data.toString('latin1');
          if (text.includes('\r\n')) socket.destroy();
        });
        socket.on('error', () => {});
        socket.on('close', () => {
          const status = /^HTTP\/1.1 (\d+)/.exec(text)?.[1];
          resolve(status === undefined ? undefined : Number(status));
        });
      }),
    async [Symbol.asyncDispose]() {
      await shell[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const upgradeKeys = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };

/** What a form sends. */
export const form = (ticket: string): Asked => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ ticket }).toString(),
});

/** Joins over the WebSocket and writes what it heard into the title. */
const rendererCode = `
const socket = new WebSocket('ws://' + location.host + '/bridge');
socket.onopen = () => socket.send(JSON.stringify({ id: 1, verb: 'house.join', with: {} }));
socket.onmessage = ({ data }) => { document.title = 'Joined at ' + JSON.parse(data).value.revision; };
socket.onclose = () => { document.title = 'Closed'; };
`;
