/** A real Prosody on the loopback, in a folder of its own that goes when it ends. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates, type CertificateFlaw } from './certificates.ts';
import { findFile, freePorts, run, start, type Program, type Run } from './processes.ts';
import { until } from './waiting.ts';

const prosodyProgram: Program = { name: 'prosody', debianPackage: 'prosody' };
const prosodyctl: Program = { name: 'prosodyctl', debianPackage: 'prosody' };

export interface ProsodySettings {
  /** Registered before the server starts. */
  readonly users?: readonly string[];
  /** The first is the domain of everything that does not name one. Default: localhost and kith.example. */
  readonly domains?: readonly string[];
  readonly password?: string;
  /** How passwords are kept. As text, each kind of proof can be made of them. Default: hashed with SHA-1. */
  readonly passwordHash?: 'SHA-1' | 'SHA-256' | 'none';
  /** The newest version of TLS it speaks. Default: the newest there is. */
  readonly tls?: '1.2';
  /** Stream management, XEP-0198. Default true. */
  readonly smacks?: boolean;
  /** The message archive, XEP-0313. Default true. */
  readonly mam?: boolean;
  /** False lets people sign in without TLS. Default true. */
  readonly requireTls?: boolean;
  /** Seconds the server keeps a broken session for resumption. */
  readonly resumption?: number;
  /** Names the certificate is for, instead of the domains. */
  readonly certificateFor?: readonly string[];
  /** What is wrong with the certificate. Default: nothing. */
  readonly certificateFlaw?: CertificateFlaw;
  /** Signing in by the second profile, with Bind 2 and tokens; from Debian's prosody-modules. Default false. */
  readonly sasl2?: boolean;
  /** Takes files by HTTP (XEP-0363), up to so many bytes. Default: it does not. */
  readonly takesFiles?: number;
  /** Whether anybody may make an account (XEP-0077). Default true. */
  readonly makesAccounts?: boolean;
  /** Further modules of Prosody's own. */
  readonly modules?: readonly string[];
  /** Lua added to the global section; an option that stands there already is refused. */
  readonly config?: string;
}

export interface Prosody {
  readonly domain: string;
  readonly host: '127.0.0.1';
  /** STARTTLS. */
  readonly port: number;
  readonly directTlsPort: number;
  /** The certificate authority that signed the server's certificate, PEM. */
  readonly ca: string;
  readonly caFile: string;
  /** What the server shows of itself, PEM. */
  readonly certificateFile: string;
  /** The password of everyone registered without one. */
  readonly password: string;
  address(name: string): string;
  /** The address of a room at this server's service (XEP-0045), which keeps an archive where `mam` does. */
  room(name: string): string;
  /** Adds an account, also while the server runs. */
  register(name: string, password?: string, domain?: string): Promise<void>;
  /** Takes an account and all its data away, also while the server runs. */
  unregister(name: string): Promise<void>;
  /** Another certificate with the same flaw, by an authority nobody here knows; the server shows it from its next `restart` on. */
  renewCertificate(): Promise<void>;
  /** What the server wrote down so far. */
  log(): Promise<string>;
  /** Ends it properly and removes its folder. Harmless when it ended already. */
  stop(): Promise<void>;
  /** Takes it away without a word; `restart` brings it back on the same ports with the same data. */
  kill(): Promise<void>;
  /** Ends it properly but keeps its folder for `restart`. */
  halt(): Promise<void>;
  restart(): Promise<void>;
  /** The server still has its sockets and answers nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Throws MissingProgram naming the Debian package. */
export async function startProsody(settings: ProsodySettings = {}): Promise<Prosody> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-prosody-'));
  try {
    return await startIn(folder, settings);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, settings: ProsodySettings): Promise<Prosody> {
  if (settings.sasl2 === true) findFile('/usr/lib/prosody/modules/mod_sasl2/mod_sasl2.lua', 'prosody-modules');
  const domains = settings.domains ?? ['localhost', 'kith.example'];
  const domain = domains[0] ?? 'localhost';
  const password = settings.password ?? 'secret';
  const config = join(folder, 'prosody.cfg.lua');
  const logFile = join(folder, 'prosody.log');
  await mkdir(join(folder, 'data'));
  const certify = () =>
    makeCertificates(join(folder, 'certs'), settings.certificateFor ?? domains, settings.certificateFlaw);
  const certificate = await certify();
  let [port = 0, directTlsPort = 0, webPort = 0] = await freePorts(3);
  const write = () =>
    writeFile(config, configuration({ folder, domains, port, directTlsPort, webPort, certificate, logFile, settings }));
  await write();

  const asRoot = process.getuid?.() === 0 ? ['--root'] : [];
  const register = async (name: string, secret = password, at = domain) => {
    await run(prosodyctl, [...asRoot, '--config', config, 'register', name, at, secret]);
  };
  const unregister = async (name: string) => {
    await run(prosodyctl, [...asRoot, '--config', config, 'deluser', `${name}@${domain}`]);
  };
  for (const name of settings.users ?? ['alice', 'bob']) await register(name);

  let server: Run | undefined;
  const launch = async () => {
    await writeFile(logFile, '');
    const started = start(prosodyProgram, [...asRoot, '--config', config, '-F'], { cwd: folder });
    server = started;
    await until('Prosody to listen', async () => {
      if (started.foreignDeath !== undefined) throw started.foreignDeath;
      const log = await readFile(logFile, 'utf8').catch(() => '');
      if (log.includes('Failed to open server port') || log.includes('unable to start')) throw new PortTaken(log);
      if (started.exit !== undefined)
        throw new Error(`Prosody did not start\n${started.errors}${started.output}${log}`);
      const ready = (await listens(port)) && (await listens(directTlsPort));
      return ready ? true : undefined;
    });
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await launch();
      break;
    } catch (error) {
      // Between finding a free port and listening on it, another program may have come.
      if (!(error instanceof PortTaken) || attempt === 3) throw error;
      await server?.end('SIGKILL');
      [port = 0, directTlsPort = 0, webPort = 0] = await freePorts(3);
      await write();
    }
  }

  let stopped: Promise<void> | undefined;
  const end = async (signal: NodeJS.Signals) => {
    const running = server;
    server = undefined;
    await running?.end(signal);
  };
  const stop = () =>
    (stopped ??= end('SIGTERM').finally(() => rm(folder, { recursive: true, force: true, maxRetries: 5 })));
  return {
    domain,
    host: '127.0.0.1',
    port,
    directTlsPort,
    ca: certificate.ca,
    caFile: certificate.caFile,
    certificateFile: certificate.certificateFile,
    password,
    address: (name) => `${name}@${domain}`,
    room: (name) => `${name}@rooms.${domain}`,
    register,
    unregister,
    renewCertificate: async () => void (await certify()),
    log: () => readFile(logFile, 'utf8'),
    stop,
    kill: () => end('SIGKILL'),
    halt: () => end('SIGTERM'),
    restart: async () => {
      await end('SIGTERM');
      await launch();
    },
    freeze: () => server?.signal('SIGSTOP'),
    thaw: () => server?.signal('SIGCONT'),
    [Symbol.asyncDispose]: stop,
  };
}

class PortTaken extends Error {
  constructor(log: string) {
    super(`A port of Prosody was taken meanwhile\n${log}`);
    this.name = 'PortTaken';
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (heard: boolean) => {
      socket.destroy();
      resolve(heard);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/** What Debian's modules lack on Debian's Prosody. From the root of the tree, where tests and bundled programs run. */
const ownModules = join(process.cwd(), 'test', 'harness', 'prosody-modules');

const usualModules =
  'disco roster saslauth tls blocklist bookmarks carbons csi_simple pep private vcard4 vcard_legacy ping register time version posix lastactivity'.split(
    ' ',
  );

interface Configuration {
  readonly folder: string;
  readonly domains: readonly string[];
  readonly port: number;
  readonly directTlsPort: number;
  readonly webPort: number;
  readonly certificate: { readonly keyFile: string; readonly certificateFile: string };
  readonly logFile: string;
  readonly settings: ProsodySettings;
}

function configuration({
  folder,
  domains,
  port,
  directTlsPort,
  webPort,
  certificate,
  logFile,
  settings,
}: Configuration): string {
  const modules = [
    ...usualModules,
    ...(settings.smacks === false ? [] : ['smacks']),
    ...(settings.mam === false ? [] : ['mam']),
    ...(settings.sasl2 === true ? ['kith_sasl2', 'sasl2', 'sasl2_bind2', 'sasl2_fast'] : []),
    ...(settings.modules ?? []),
  ];
  const version = settings.tls === undefined ? '' : '; protocol = "tlsv1_2"';
  const tls = `{ key = ${lua(certificate.keyFile)}; certificate = ${lua(certificate.certificateFile)}${version} }`;
  return `
pidfile = ${lua(join(folder, 'prosody.pid'))}
daemonize = false
run_as_root = true
data_path = ${lua(join(folder, 'data'))}
plugin_paths = { ${lua(ownModules)} }
interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
c2s_direct_tls_ports = { ${directTlsPort} }
s2s_ports = {}
s2s_direct_tls_ports = {}
http_ports = {}
https_ports = {${settings.takesFiles === undefined ? '' : webPort}}
https_ssl = ${tls}
ssl = ${tls}
c2s_direct_tls_ssl = ${tls}
modules_enabled = { ${modules.map(lua).join('; ')} }
modules_disabled = { "s2s" }
allow_registration = ${settings.makesAccounts ?? true}
c2s_require_encryption = ${settings.requireTls ?? true}
allow_unencrypted_plain_auth = ${settings.requireTls === false}
${authentication(settings.passwordHash ?? 'SHA-1')}
storage = "internal"
archive_expires_after = "never"
smacks_hibernation_time = ${settings.resumption ?? 300}
log = { info = ${lua(logFile)} }
statistics = false
${settings.config ?? ''}
${domains.map((domain) => `VirtualHost ${lua(domain)}`).join('\n')}
Component ${lua(`rooms.${domains[0] ?? 'localhost'}`)} "muc"
  name = "Rooms"
  modules_enabled = { ${settings.mam === false ? '' : '"muc_mam"'} }
  muc_log_by_default = true
  muc_room_default_public = true
  restrict_room_creation = false
${settings.takesFiles === undefined ? '' : fileService(domains[0] ?? 'localhost', settings.takesFiles)}
`;
}

/** Reached under the server's own name, which its certificate is for. */
const fileService = (domain: string, largest: number): string =>
  `Component ${lua(`upload.${domain}`)} "http_file_share"
http_host = "localhost"
http_file_share_size_limit = ${largest}`;

function authentication(hash: NonNullable<ProsodySettings['passwordHash']>): string {
  if (hash === 'none') return 'authentication = "internal_plain"';
  return `authentication = "internal_hashed"\npassword_hash = ${lua(hash)}`;
}

/** A Lua string; JSON's escapes are Lua's for everything that may stand in a path or a name. */
const lua = (text: string): string => JSON.stringify(text);
