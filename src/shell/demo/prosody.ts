/** A real Prosody of the demo's own: on the loopback, in a folder of its own, gone with Kith however Kith ends. */
import { accessSync, constants } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { KithError, pause, type AsyncDisposable, type Clock, type Log } from '../../base/index.ts';
import type { Environment } from '../profile.ts';
import { tether, type Tethered } from '../tether.ts';
import { writeServerFiles } from './server-files.ts';

/** Another program may take the port between finding it and listening on it. */
const attempts = 3;
/** So many looks, so far apart in milliseconds, until it listens. */
const looks = 200;
const lookPause = 50;

export interface DemoServer extends AsyncDisposable {
  readonly port: number;
  /** The authority that signed its certificate, PEM. */
  readonly authority: string;
}

export interface DemoServerParts {
  /** Empty, and removed by whoever made it. */
  readonly folder: string;
  readonly password: string;
  readonly env: Environment;
  readonly clock: Clock;
  readonly log: Log;
}

/** Throws 'not-found' naming the Debian package when Prosody is missing. */
export async function startServer(parts: DemoServerParts): Promise<DemoServer> {
  const program = findProsody(parts.env);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const { config, authority } = await writeServerFiles(parts.folder, port, parts.password);
    const server = run(program, config, parts.folder);
    if (await listens(server, port, parts.clock)) {
      parts.log.info('The demo’s server listens', { port });
      return { port, authority, [Symbol.asyncDispose]: () => end(server) };
    }
    await end(server);
    if (attempt === attempts) throw new KithError('internal', 'Prosody did not start; --demo works without it');
  }
}

function findProsody(env: Environment): string {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((name) => name !== '')) {
    try {
      accessSync(join(folder, 'prosody'), constants.X_OK);
      return join(folder, 'prosody');
    } catch {
      continue;
    }
  }
  throw new KithError(
    'not-found',
    'Prosody is not installed; on Debian: apt-get install prosody. --demo needs nothing',
  );
}

function run(program: string, config: string, folder: string): Tethered {
  const asRoot = process.getuid?.() === 0 ? ['--root'] : [];
  return tether(program, [...asRoot, '--config', config, '-F'], { cwd: folder });
}

async function listens({ child }: Tethered, port: number, clock: Clock): Promise<boolean> {
  for (let left = looks; left > 0 && child.exitCode === null; left -= 1) {
    if (await reaches(port)) return true;
    await pause(clock, lookPause);
  }
  return false;
}

function reaches(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (heard: boolean): void => {
      socket.destroy();
      resolve(heard);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

async function end(server: Tethered): Promise<void> {
  server.signal('SIGTERM');
  await server.ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
