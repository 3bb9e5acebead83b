/** One node of an ejabberd: a run of Erlang under a name and a cookie nobody else has. */
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../src/base/index.ts';
import { freePorts, MissingProgram, run, start, type Program, type Run } from './processes.ts';
import type { Place } from './stream-meeting.ts';
import { until } from './waiting.ts';

const erl: Program = { name: 'erl', debianPackage: 'ejabberd' };

export interface Ground {
  readonly folder: string;
  readonly mapperPort: number;
  readonly cookie: string;
  readonly domain: string;
  readonly password: string;
  readonly ca: string;
  /** Key and certificate. */
  readonly pem: string;
  readonly passwordHash: 'sha' | 'sha256' | 'sha512' | 'none';
  readonly tls: '1.2' | undefined;
  readonly resumption: number;
}

export interface EjabberdNode extends Place {
  /** Among Erlang's nodes. */
  readonly name: string;
  readonly directTlsPort: number;
  log(): Promise<string>;
  /** A command of ejabberdctl, from start to end. */
  order(...words: readonly string[]): Promise<string>;
  /** It is gone without a word. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startEjabberdNode(ground: Ground, nth: number): Promise<EjabberdNode> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(ground.folder, `node-${nth}`);
    try {
      return await startIn(folder, ground);
    } catch (error) {
      // Between finding a free port and listening on it, another program may have come.
      if (!String(error).includes('eaddrinuse') || attempt === 3) throw error;
      await rm(folder, { recursive: true });
    }
  }
}

async function startIn(folder: string, ground: Ground): Promise<EjabberdNode> {
  const [port = 0, directTlsPort = 0] = await freePorts(2);
  const logFile = join(folder, 'ejabberd.log');
  await mkdir(join(folder, 'spool'), { recursive: true });
  await writeFile(join(folder, 'ejabberd.yml'), configuration(ground, port, directTlsPort));
  // Names are looked up nowhere: without this Erlang starts a program of its own for it.
  await writeFile(join(folder, 'inetrc'), '{lookup, [file]}.\n{host, {127,0,0,1}, ["localhost"]}.\n');
  const place = {
    cwd: folder,
    env: {
      HOME: folder,
      EJABBERD_CONFIG_PATH: join(folder, 'ejabberd.yml'),
      EJABBERD_LOG_PATH: logFile,
      ERL_CRASH_DUMP: join(folder, 'crash.dump'),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(ground.mapperPort),
      ERL_INETRC: join(folder, 'inetrc'),
      ERL_LIBS: libraries(),
    },
  };
  const shortName = `kith-${newId().slice(0, 8)}`;
  const name = `${shortName}@localhost`;
  const as = (node: string) => ['-noinput', '-sname', node, '-setcookie', ground.cookie, '-start_epmd', 'false'];
  const onlyHere = ['-kernel', 'inet_dist_use_interface', '{127,0,0,1}'];
  const data = ['-mnesia', 'dir', JSON.stringify(join(folder, 'spool'))];
  const node = start(erl, [...as(name), ...onlyHere, ...data, '-s', 'ejabberd'], place);
  const log = () => readFile(logFile, 'utf8').catch(() => '');
  try {
    await until('ejabberd to listen', async () => await listens(node, await log(), [port, directTlsPort]));
  } catch (error) {
    await node.end('SIGKILL');
    throw error;
  }
  return {
    name,
    host: '127.0.0.1',
    port,
    directTlsPort,
    ca: ground.ca,
    password: ground.password,
    address: (user) => `${user}@${ground.domain}`,
    log,
    order: (...words) =>
      run(
        erl,
        [...as(`${shortName}-order@localhost`), '-hidden', '-s', 'ejabberd_ctl', '-extra', name, ...words],
        place,
      ),
    kill: async () => void (await node.end('SIGKILL')),
    stop: async () => void (node.exit ?? (await node.end())),
  };
}

async function listens(node: Run, log: string, ports: readonly number[]): Promise<true | undefined> {
  if (node.foreignDeath !== undefined) throw node.foreignDeath;
  if (node.exit !== undefined || /\[critical\]|eaddrinuse/.test(log))
    throw new Error(`ejabberd did not start\n${node.errors}${node.output}${log}`);
  return ports.every((port) => log.includes(`127.0.0.1:${port} `)) ? true : undefined;
}

/** Where Debian puts ejabberd's own code, by kind of machine. */
function libraries(): string {
  const found = readdirSync('/usr/lib')
    .filter((name) => name.endsWith('-linux-gnu'))
    .find((name) => readdirSync(join('/usr/lib', name)).some((each) => each.startsWith('ejabberd-')));
  if (found === undefined) throw new MissingProgram({ name: 'ejabberd', debianPackage: 'ejabberd' });
  return join('/usr/lib', found);
}

function configuration({ domain, pem, passwordHash, tls, resumption }: Ground, port: number, direct: number): string {
  const passwords =
    passwordHash === 'none'
      ? 'auth_password_format: plain'
      : `auth_password_format: scram\nauth_scram_hash: ${passwordHash}`;
  return `
loglevel: info
hosts: [${domain}]
certfiles: [${JSON.stringify(pem)}]
${tls === undefined ? '' : 'c2s_protocol_options: [no_tlsv1_3]'}
${passwords}
auth_use_cache: false
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: true, starttls_required: true }
  - { port: ${direct}, ip: "127.0.0.1", module: ejabberd_c2s, tls: true }
modules:
  mod_blocking: {}
  mod_caps: {}
  mod_carboncopy: {}
  mod_disco: {}
  mod_mam: { default: always, request_activates_archiving: false }
  mod_offline: {}
  mod_ping: {}
  mod_privacy: {}
  mod_pubsub: { plugins: [flat, pep] }
  mod_roster: { versioning: true }
  mod_stream_mgmt: { resume_timeout: ${resumption} }
`;
}
