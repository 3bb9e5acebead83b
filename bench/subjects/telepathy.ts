/** Mission Control with telepathy-haze on a private bus: the daemons a Telepathy desktop runs without any window. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, Run, run, type Program } from '../../test/harness/processes.ts';
import { until } from '../../test/harness/waiting.ts';
import { makePlace, type Place } from '../place.ts';
import type { Person, Subject } from './subject.ts';

const folder = '/usr/lib/telepathy';
export const missionControl: Program = { name: 'mission-control-5', debianPackage: 'telepathy-mission-control-5' };
export const haze: Program = { name: 'telepathy-haze', debianPackage: 'telepathy-haze' };
const call: Program = { name: 'gdbus', debianPackage: 'libglib2.0-bin' };

export interface Telepathy extends Subject {
  /** How many contacts its connection holds now. */
  contacts(): Promise<number>;
  /** Each process by name. */
  readonly parts: Readonly<Record<string, number>>;
}

/** Telepathy's daemons are not on the PATH. Throws MissingProgram. */
export function findTelepathy(program: Program): string {
  const before = process.env['PATH'];
  process.env['PATH'] = `${before ?? ''}:${folder}`;
  try {
    return findProgram(program);
  } finally {
    process.env['PATH'] = before;
  }
}

/** Mission Control signs its account in by itself; the bus starts haze when it is asked for. */
export async function startTelepathy(person: Person): Promise<Telepathy> {
  const path = findTelepathy(missionControl);
  findTelepathy(haze);
  const place = await makePlace({ bus: true });
  configure(place, person);
  const control = new Run(path, [], { env: place.env, cwd: place.home });
  // The bus starts it detached, so only the bus knows which process it is.
  const hazePid = await until('haze on the bus', () =>
    pidOf(place, 'org.freedesktop.Telepathy.ConnectionManager.haze'),
  );
  const parts = { 'mission-control-5': control.pid, 'telepathy-haze': hazePid, 'dbus-daemon': place.bus?.pid ?? 0 };
  return {
    parts,
    pids: () => Object.values(parts),
    async contacts() {
      const connection = await until('the connection of haze', () => connectionOf(place));
      const listed = await gdbus(place, connection.replaceAll('/', '.').slice(1), connection, [
        'org.freedesktop.Telepathy.Connection.Interface.ContactList.GetContactListAttributes',
        '[]',
        'false',
      ]);
      return listed.match(/contact-id/g)?.length ?? 0;
    },
    async end() {
      await control.end();
      process.kill(hazePid, 'SIGTERM');
      await until('the end of haze', () => !existsSync(`/proc/${hazePid}`) || undefined);
      await place.leave();
    },
  };
}

async function pidOf(place: Place, name: string): Promise<number | undefined> {
  const words = ['org.freedesktop.DBus.GetConnectionUnixProcessID', name];
  const said = await gdbus(place, 'org.freedesktop.DBus', '/org/freedesktop/DBus', words).catch(() => undefined);
  return said === undefined ? undefined : Number(/uint32 (\d+)/.exec(said)?.[1]);
}

async function connectionOf(place: Place): Promise<string | undefined> {
  const names = await gdbus(place, 'org.freedesktop.DBus', '/org/freedesktop/DBus', ['org.freedesktop.DBus.ListNames']);
  const name = /org\.freedesktop\.Telepathy\.Connection\.haze[.\w]+/.exec(names)?.[0];
  return name === undefined ? undefined : `/${name.replaceAll('.', '/')}`;
}

function gdbus(place: Place, name: string, path: string, words: readonly string[]): Promise<string> {
  return run(call, ['call', '--session', '--dest', name, '--object-path', path, '--method', ...words], {
    env: place.env,
  });
}

/** Mission Control's own account file. */
function configure(place: Place, person: Person): void {
  const accounts = join(place.home, 'data', 'telepathy', 'mission-control');
  mkdirSync(accounts, { recursive: true, mode: 0o700 });
  writeFileSync(
    join(accounts, 'accounts.cfg'),
    `[haze/jabber/bench0]
manager=haze
protocol=jabber
DisplayName=bench
Enabled=true
ConnectAutomatically=true
AutomaticPresence=2;available;;
param-account=${person.address}
param-password=${person.password}
param-server=${person.host}
param-port=${person.port}
param-require-encryption=${person.encrypted}
`,
    { mode: 0o600 },
  );
}
