/** The whole built program as a person has it: started by its own command, told by its command line, heard over its socket. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLog, systemClock } from '../../src/base/index.ts';
import type { BridgeCalls, BridgeVerb, HouseEvent, HouseSnapshot, SecretsMode } from '../../src/contracts/index.ts';
import type { AccountId, ConnectionEvent, Message } from '../../src/domain/index.ts';
import { findRunning, type RunningKith } from '../../src/shell/socket/index.ts';
import { EventQueue } from './event-queue.ts';
import { Run, type Exit } from './processes.ts';
import type { Prosody } from './prosody.ts';
import { bounded, until } from './waiting.ts';

const command = fileURLToPath(new URL('../../bin/kith', import.meta.url));

/** Milliseconds. A verb gives up after thirty seconds by itself; the rest is for starting and ending. */
const longest = 45_000;

export interface KithSettings {
  /** Kept when the Kith ends; without it, a new one that goes with it. */
  readonly profile?: string;
  readonly secrets?: SecretsMode;
  /** Instead of --headless. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Said {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** One line of the command line, from start to end. `input` goes to its standard input. */
export async function kith(
  words: readonly string[],
  { input, env }: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Said> {
  const run = new Run(process.execPath, [command, ...words], {
    ...(input === undefined ? {} : { input }),
    ...(env === undefined ? {} : { env }),
  });
  try {
    const { code } = await bounded(`kith ${words.join(' ')}`, run.ended, longest);
    return { code, output: run.output, errors: run.errors };
  } catch (error) {
    await run.end('SIGKILL');
    throw error;
  }
}

export const newProfile = (): Promise<string> => mkdtemp(join(tmpdir(), 'kith-profile-'));

/** A Kith that runs, and everything its house has told since. */
export class KithRun {
  readonly profile: string;
  readonly run: Run;
  readonly events = new EventQueue<HouseEvent>();
  /** All the bytes of meaning a window would have received: the snapshot and every event, as JSON. */
  readonly told: string[] = [];
  readonly #running: RunningKith;
  readonly #throwAway: boolean;

  constructor(profile: string, run: Run, running: RunningKith, throwAway: boolean) {
    this.profile = profile;
    this.run = run;
    this.#running = running;
    this.#throwAway = throwAway;
  }

  async join(): Promise<HouseSnapshot> {
    const heard = this.#running.onDidHear(({ events }) => {
      this.told.push(JSON.stringify(events));
      for (const event of events) this.events.push(event);
    });
    const closed = this.#running.onDidClose(() => {
      heard[Symbol.dispose]();
      closed[Symbol.dispose]();
    });
    const snapshot = await this.#running.ask('house.join', {});
    this.told.push(JSON.stringify(snapshot));
    return snapshot;
  }

  ask<V extends BridgeVerb>(verb: V, input: BridgeCalls[V]['in']): Promise<BridgeCalls[V]['out']> {
    return bounded(verb, this.#running.ask(verb, input));
  }

  /** Resolves with what a second start would say: where the window is. */
  openWindow(link?: string): Promise<string> {
    return bounded('the window', this.#running.openWindow(link));
  }

  /** A verb of the command line on this profile. */
  say(...words: readonly string[]): Promise<Said> {
    return kith([...words, '--profile', this.profile]);
  }

  /** Adds an account on that server by the command line, and waits until it is online. */
  async signIn(server: Prosody, name: string): Promise<AccountId> {
    const added = await kith(accountAdd(this.profile, server, name), { input: `${server.password}\n` });
    if (added.code !== 0) throw new Error(`account add ended with ${added.code}\n${added.errors}${added.output}`);
    const online = await this.connection(
      'online',
      (event) => event.type === 'status-changed' && event.status === 'online',
    );
    return online.account;
  }

  /** The next fact of a connection that matches. */
  async connection(
    what: string,
    matches: (event: ConnectionEvent, account: AccountId) => boolean,
  ): Promise<{ readonly account: AccountId; readonly event: ConnectionEvent }> {
    type Changed = Extract<HouseEvent, { type: 'connection-changed' }>;
    return this.events.next(
      what,
      (event): event is Changed => event.type === 'connection-changed' && matches(event.event, event.account),
    );
  }

  /** The next change of a message that matches, already stored. */
  async message(what: string, matches: (message: Message) => boolean): Promise<Message> {
    type Changed = Extract<HouseEvent, { type: 'messages-changed' }>;
    const { changed } = await this.events.next(
      what,
      (event): event is Changed => event.type === 'messages-changed' && event.changed.some(matches),
    );
    return changed.find(matches) as Message;
  }

  /** Without a word: nothing of Kith runs any more when this resolves. Its profile stays, also a throw-away one. */
  async kill(): Promise<void> {
    this.#running[Symbol.dispose]();
    await this.run.end('SIGKILL');
  }

  /** Resolves when the stored conversation with that address has a message that matches; with it. */
  stored(what: string, address: string, matches: (message: Message) => boolean): Promise<Message> {
    return until(what, async () => (await this.history(address)).find(matches), { every: 100 });
  }

  /** The conversation with that address as it is stored, oldest first. */
  async history(address: string): Promise<readonly Message[]> {
    const { id } = await this.ask('conversation.open', { address });
    return (await this.ask('history.page', { conversation: id, limit: 500 })).messages;
  }

  /** The same, page by page from the newest on, however long it is. */
  async wholeHistory(address: string): Promise<readonly Message[]> {
    const { id } = await this.ask('conversation.open', { address });
    const whole: Message[] = [];
    for (;;) {
      const before = whole[0]?.id;
      const { messages, more } = await this.ask('history.page', {
        conversation: id,
        limit: 500,
        ...(before === undefined ? {} : { place: { before } }),
      });
      whole.unshift(...messages);
      if (!more || messages.length === 0) return whole;
    }
  }

  /** As Ctrl-C and a session's end do. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.#running[Symbol.dispose]();
    const exit = await this.run.end(signal);
    if (this.#throwAway) await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
    return exit;
  }
}

/** The words that add an account whose password comes by standard input. */
export const accountAdd = (profile: string, server: Prosody, name: string): readonly string[] => [
  ...['account', 'add', server.address(name), '--password-stdin', '--profile', profile],
  ...['--set', `host=${server.host}`, '--set', `port=${server.port}`, '--set', `ca=${server.ca}`],
];

/** The bare start, for tests about starting; `onLine` hears what it says. */
export const startHeadless = (profile: string, onLine: (line: string) => void): Run =>
  new Run(process.execPath, [command, '--headless', '--profile', profile], { onLine });

/** Resolves when its house stands and has been joined. */
export async function startKith(settings: KithSettings = {}): Promise<KithRun> {
  const profile = settings.profile ?? (await newProfile());
  const flags = [...(settings.flags ?? ['--headless']), '--secrets', settings.secrets ?? 'plain'];
  let stands!: () => void;
  const standing = new Promise<void>((resolve) => (stands = resolve));
  const run = new Run(process.execPath, [command, ...flags, '--profile', profile], {
    onLine: stands,
    ...(settings.env === undefined ? {} : { env: settings.env }),
  });
  try {
    await bounded('Kith to stand', Promise.race([standing, run.ended]));
    const running = await findRunning(profile, { log: silentLog, clock: systemClock });
    if (running === undefined) throw new Error(`Kith does not stand\n${run.errors}${run.output}`);
    const started = new KithRun(profile, run, running, settings.profile === undefined);
    await started.join();
    return started;
  } catch (error) {
    await run.end('SIGKILL');
    throw error;
  }
}
