/** Finch: libpurple with a text face, on a pseudo-terminal. Watched over its own D-Bus interface. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run, start, type Program, type Run } from '../../test/harness/processes.ts';
import { until } from '../../test/harness/waiting.ts';
import { makePlace, type Place } from '../place.ts';
import { onlyChild } from '../processes.ts';
import { Moments, type Person, type Subject } from './subject.ts';

export const finchProgram: Program = { name: 'finch', debianPackage: 'finch' };
const script: Program = { name: 'script', debianPackage: 'bsdutils' };
const lineBuffered: Program = { name: 'stdbuf', debianPackage: 'coreutils' };
const monitor: Program = { name: 'dbus-monitor', debianPackage: 'dbus-bin' };
const call: Program = { name: 'gdbus', debianPackage: 'libglib2.0-bin' };

export interface Finch extends Subject {
  /** Milliseconds from its start until its list was read: libpurple says 'SignedOn' when the server's answer is parsed. */
  readonly ready: Promise<number>;
  /** Each time that it said so. */
  readonly signIns: Moments;
  /** How many contacts it holds now. */
  contacts(): Promise<number>;
  /** Copies what it wrote to `folder`, when its list is written: libpurple does that some seconds after a change. */
  keepHome(folder: string): Promise<void>;
}

export interface FinchStart {
  /** What `keepHome` kept of an earlier run, instead of a first sign-in. */
  readonly before?: string | undefined;
  /** Words before the command. */
  readonly through?: readonly string[];
}

export async function startFinch(person: Person, { before, through = [] }: FinchStart = {}): Promise<Finch> {
  const place = await makePlace({ bus: true });
  if (before === undefined) configure(place, person);
  else cpSync(before, join(place.home, '.purple'), { recursive: true });
  const signIns = new Moments();
  const ear = await listen(place, () => signIns.happened());
  const face = `stty rows 40 columns 120; exec ${[...through, findProgram(finchProgram)].join(' ')}`;
  const begin = performance.now();
  const terminal = start(script, ['-qfec', face, '/dev/null'], { env: place.env, cwd: place.home, keepInput: true });
  const pids = (): readonly number[] => {
    const child = onlyChild(terminal.pid);
    return child === undefined ? [] : [child];
  };
  return {
    ready: signIns.next('finch to sign in').then((at) => at - begin),
    signIns,
    pids,
    async contacts() {
      const account = numbers(await purple(place, 'AccountsGetAllActive'))[0];
      return numbers(await purple(place, 'FindBuddies', String(account), '')).length;
    },
    async keepHome(folder) {
      const list = join(place.home, '.purple', 'blist.xml');
      const written = () => existsSync(list) && readFileSync(list, 'utf8').includes(`contact${person.contacts - 1}@`);
      await until('finch to write its list', () => written() || undefined, { every: 500 });
      cpSync(join(place.home, '.purple'), folder, { recursive: true });
    },
    async end() {
      for (const pid of pids()) process.kill(pid, 'SIGKILL');
      await terminal.finish();
      await ear.end();
      await place.leave();
    },
  };
}

/** Runs `heard` when libpurple says that an account signed in. */
async function listen(place: Place, heard: () => void): Promise<Run> {
  findProgram(monitor);
  const rule = "type='signal',interface='im.pidgin.purple.PurpleInterface',member='SignedOn'";
  const onLine = (line: string) => line.includes('member=SignedOn') && heard();
  for (let attempt = 1; ; attempt += 1) {
    const ear = start(lineBuffered, ['-oL', monitor.name, '--session', rule], { env: place.env, onLine });
    try {
      // It says who it is when it listens; when the bus makes it a monitor too soon, it is never told.
      await until('the ear on the bus', () => ear.output.includes('NameAcquired') || undefined, {
        every: 5,
        within: 3_000,
      });
      return ear;
    } catch (error) {
      await ear.end();
      if (attempt === 5) throw error;
    }
  }
}

function purple(place: Place, method: string, ...words: string[]): Promise<string> {
  const target = ['--dest', 'im.pidgin.purple.PurpleService', '--object-path', '/im/pidgin/purple/PurpleObject'];
  return run(
    call,
    ['call', '--session', ...target, '--method', `im.pidgin.purple.PurpleInterface.Purple${method}`, ...words],
    { env: place.env },
  );
}

const numbers = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);

/** An account that signs in by itself, over TLS, trusting this one server's certificate. */
function configure(place: Place, person: Person): void {
  const purpleFolder = join(place.home, '.purple');
  const peers = join(purpleFolder, 'certificates', 'x509', 'tls_peers');
  mkdirSync(peers, { recursive: true, mode: 0o700 });
  // Named as the machine it connects to; found here, the certificate is trusted without reading the system's authorities.
  writeFileSync(join(peers, person.host), person.certificate);
  const setting = (name: string, type: string, value: string) =>
    `<setting name='${name}' type='${type}'>${value}</setting>`;
  writeFileSync(
    join(purpleFolder, 'accounts.xml'),
    `<?xml version='1.0' encoding='UTF-8'?>
<account version='1.0'><account>
<protocol>prpl-jabber</protocol><name>${person.address}/bench</name><password>${person.password}</password>
<settings>${setting('connect_server', 'string', person.host)}${setting('port', 'int', String(person.port))}${setting(
      'connection_security',
      'string',
      'require_tls',
    )}</settings>
<settings ui='gnt-purple'>${setting('auto-login', 'bool', '1')}</settings>
</account></account>
`,
    { mode: 0o600 },
  );
}
