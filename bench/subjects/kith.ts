/** Kith as it is built in dist/, watched over the socket in its profile. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answering, HouseSnapshot } from '../../src/contracts/index.ts';
import { findProgram, Run, run, type Program, type RunSettings } from '../../test/harness/processes.ts';
import { until } from '../../test/harness/waiting.ts';
import { dial } from '../dial.ts';
import { makePlace, type Place } from '../place.ts';
import { family } from '../processes.ts';
import { Moments, type Person, type Subject } from './subject.ts';

const root = process.cwd();
const node: Program = { name: 'node', debianPackage: 'nodejs' };
const kith = join(root, 'bin', 'kith');
const kept = ['--secrets', 'plain'];

export interface Kith extends Subject {
  readonly profile: string;
  /** performance.now() when it was started. */
  readonly began: number;
  /** Milliseconds from its start until its list was whole in the core; never settles unless it is watched. */
  readonly ready: Promise<number>;
  /** Each time that its list was whole in the core and it online; none unless it is watched. */
  readonly signIns: Moments;
  contacts(): Promise<number>;
  /** How many of them are online. */
  online(): Promise<number>;
  /** The page that leads into its window, where it has no screen to show one on; good once. */
  entrance(): Promise<string>;
  /** How many messages it stored from one contact. */
  stored(contact: string): Promise<number>;
}

/** A profile with the account in it that has never been online, to be copied for every run. */
export async function makeProfile(person: Person): Promise<Place & { readonly profile: string }> {
  const place = await makePlace({ bus: false });
  const profile = join(place.home, 'profile');
  const settings = [`host=${person.host}`, `port=${person.port}`, `ca=${person.ca}`].flatMap((pair) => ['--set', pair]);
  await run(
    node,
    [kith, 'account', 'add', person.address, '--profile', profile, ...kept, '--password-stdin', ...settings],
    { env: place.env, input: `${person.password}\n` },
  );
  return { ...place, profile };
}

export interface KithStart {
  /** Further environment, for instance DISPLAY. */
  readonly env?: RunSettings['env'];
  readonly headless?: boolean;
  /** True to hear of the list; what hears costs a little. */
  readonly watched?: boolean;
  /** The profile itself instead of a copy of it: for a start that finds what the last one left. */
  readonly again?: boolean;
  /** Words before the command. */
  readonly through?: readonly string[];
}

export async function startKith(
  template: string,
  { env = {}, headless = true, watched = false, again = false, through = [] }: KithStart = {},
): Promise<Kith> {
  const place = await makePlace({ bus: true });
  const profile = again ? template : join(place.home, 'profile');
  if (!again) cpSync(template, profile, { recursive: true });
  const settings = { env: { ...place.env, ...env }, cwd: place.home };
  const begin = performance.now();
  const command = [kith, ...(headless ? ['--headless'] : []), '--profile', profile, ...kept];
  const [path = '', ...rest] = [...through, findProgram(node), ...command];
  const program = new Run(path, rest, settings);
  const signIns = new Moments();
  const ready = watched
    ? signIns.next('Kith to have its list').then((at) => at - begin)
    : new Promise<number>(() => {});
  if (watched)
    watch(join(profile, 'kith.sock'), () => signIns.happened()).catch((error: unknown) => console.error(error));
  const ask = async <T>(...words: string[]): Promise<T> =>
    JSON.parse(await run(node, [kith, ...words, '--profile', profile, '--json'], settings)) as T;
  return {
    profile,
    began: begin,
    ready,
    signIns,
    pids: () => family(program.pid),
    online: async () => (await ask<readonly unknown[]>('contacts', '--online')).length,
    entrance: () => until('the way into the window', () => /file:\/\/\S+\.html/.exec(program.output)?.[0]),
    contacts: async () => (await ask<readonly unknown[]>('contacts')).length,
    stored: async (contact) => (await ask<readonly unknown[]>('history', contact, '--limit', '500')).length,
    async end() {
      await program.end();
      await place.leave();
    },
  };
}

/** Listens as a window would, for as long as Kith runs. `signedIn`: every connection is online and its list known, which was not so before. */
async function watch(path: string, signedIn: () => void): Promise<void> {
  const socket = await until('the socket in the profile', () => dial(path), { every: 2 });
  const lines = createInterface({ input: socket });
  const states = new Map<string, { online: boolean; listed: boolean }>();
  let whole = false;
  socket.write(`${JSON.stringify({ id: 1, verb: 'house.join', with: {} })}\n`);
  for await (const line of lines) {
    for (const [account, change] of changesIn(JSON.parse(line) as Answering))
      states.set(account, { online: false, listed: false, ...states.get(account), ...change });
    const was = whole;
    whole = states.size > 0 && [...states.values()].every(({ online, listed }) => online && listed);
    if (whole && !was) signedIn();
  }
}

type Change = readonly [string, { readonly online?: boolean; readonly listed?: boolean }];

function changesIn(answer: Answering): readonly Change[] {
  if ('value' in answer)
    return (answer.value as HouseSnapshot).connections.map((one) => [
      one.account,
      { online: one.status === 'online', listed: one.rosterKnown },
    ]);
  if (!('events' in answer)) return [];
  return answer.events.flatMap((event): Change[] => {
    if (event.type === 'connection-opened')
      return [
        [
          event.connection.account,
          { online: event.connection.status === 'online', listed: event.connection.rosterKnown },
        ],
      ];
    if (event.type !== 'connection-changed') return [];
    if (event.event.type === 'status-changed') return [[event.account, { online: event.event.status === 'online' }]];
    return event.event.type === 'roster-received' ? [[event.account, { listed: true }]] : [];
  });
}
