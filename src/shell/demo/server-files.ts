/** Everything Prosody reads when it starts, written into one folder: certificates, accounts, lists, configuration. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KithError } from '../../base/index.ts';
import { cast, self } from './cast.ts';

const run = promisify(execFile);

/** A name reserved for tests (RFC 2606), so it can be nobody's. */
export const domain = 'kith.test';

const modules =
  'roster saslauth tls disco ping carbons mam smacks csi_simple pep blocklist bookmarks vcard4 vcard_legacy time version posix';

export interface ServerFiles {
  readonly config: string;
  /** PEM. */
  readonly authority: string;
  readonly data: string;
}

/** `password` is everybody's. Throws 'not-found' naming the package when openssl is missing. */
export async function writeServerFiles(folder: string, port: number, password: string): Promise<ServerFiles> {
  const at = (name: string): string => join(folder, name);
  const data = at('data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  await makeCertificates(at);
  const host = join(data, encodeURIComponent(domain).replaceAll('.', '%2e'));
  for (const kind of ['accounts', 'roster']) mkdirSync(join(host, kind), { recursive: true, mode: 0o700 });
  for (const name of [self, ...cast.map((role) => role.name)]) {
    writeFileSync(join(host, 'accounts', `${name}.dat`), `return { ["password"] = ${lua(password)} };\n`);
    writeFileSync(join(host, 'roster', `${name}.dat`), rosterOf(name));
  }
  const config = at('prosody.cfg.lua');
  writeFileSync(config, configuration(folder, port, data));
  return { config, authority: readFileSync(at('ca.crt'), 'utf8'), data };
}

async function makeCertificates(at: (name: string) => string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const authority = ['req', '-x509', ...key, '-subj', '/CN=Kith demo', '-keyout', at('ca.key'), '-out', at('ca.crt')];
  const signed = ['req', '-x509', ...key, '-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-subj', `/CN=${domain}`];
  const names = ['-addext', `subjectAltName=DNS:${domain}`, '-addext', 'basicConstraints=critical,CA:FALSE'];
  try {
    await run('openssl', authority);
    await run('openssl', [...signed, ...names, '-keyout', at('server.key'), '-out', at('server.crt')]);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing)
      throw new KithError('not-found', 'openssl is not installed; on Debian: apt-get install openssl', { cause });
    throw new KithError('internal', 'The demo’s certificates could not be made', { cause });
  }
}

/** Everybody knows the person who tries Kith, and the other way round. */
function rosterOf(name: string): string {
  const others = name === self ? cast : [{ name: self, alias: 'You', group: 'Town' }];
  const items = others.map(
    ({ name: other, alias, group }) =>
      `[${lua(`${other}@${domain}`)}] = { ["subscription"] = "both"; ["name"] = ${lua(alias)}; ["groups"] = { [${lua(group)}] = true } };`,
  );
  return `return { [false] = { ["version"] = 1; ["pending"] = {} }; ${items.join(' ')} };\n`;
}

function configuration(folder: string, port: number, data: string): string {
  return `
pidfile = ${lua(join(folder, 'prosody.pid'))}
daemonize = false
run_as_root = true
data_path = ${lua(data)}
plugin_paths = {}
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
c2s_direct_tls_ports = {}
s2s_ports = {}
http_ports = {}
https_ports = {}
ssl = { key = ${lua(join(folder, 'server.key'))}; certificate = ${lua(join(folder, 'server.crt'))} }
modules_enabled = { ${modules.split(' ').map(lua).join('; ')} }
modules_disabled = { "s2s" }
allow_registration = false
c2s_require_encryption = true
authentication = "internal_plain"
storage = "internal"
log = { warn = ${lua(join(folder, 'prosody.log'))} }
statistics = false
VirtualHost ${lua(domain)}
`;
}

/** A Lua string; JSON's escapes are Lua's for everything that stands here. */
const lua = (text: string): string => JSON.stringify(text);
