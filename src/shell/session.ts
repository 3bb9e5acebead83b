/** One run of Kith from its start to its end: hands over to a Kith that runs already, or opens the house, its door and its window. */
import {
  asKithError,
  AsyncDisposableStack,
  ignore,
  pause,
  type Clock,
  type Disposable,
  type Log,
} from '../base/index.ts';
import type { House } from '../contracts/index.ts';
import type { Places } from './profile.ts';
import { openDoor, type RunningKith } from './socket/index.ts';
import type { Terminal } from './terminal.ts';
import type { Shell } from './window.ts';
import { windowsOf } from './windows.ts';

/** Ending properly may take this long, in milliseconds; what is not done then is left to the next start. */
const endingBound = 1_700;
/** A profile in use is tried so often, so far apart in milliseconds. */
const tries = 30;
const tryPause = 100;

export interface SessionDuties {
  readonly places: Places;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly log: Log;
  /** False for a start without a person: no window is opened, and closing one that was asked for later does not end Kith. */
  readonly windowed: boolean;
  readonly link?: string;
  /** The Kith that has this profile open. Rejects 'profile-in-use' when it does not answer, 'cancelled' when it hangs up. */
  findRunning(): Promise<RunningKith | undefined>;
  /** Throws 'profile-in-use' when another process holds the profile. */
  holdProfile(): Promise<HeldProfile>;
  /** Called when the first window is wanted, and not before. Windows that come before the house stands wait for it. */
  openShell(house: () => Promise<House>): Promise<Shell>;
  /** Hears every reason to end that lies outside: signals, faults nobody foresaw. */
  listenForEnd(end: (code: number) => void): Disposable;
}

/** Ours alone until it is disposed, which comes after the house has ended. */
export interface HeldProfile extends Disposable {
  /** Accounts connect when `connectAfter` resolves. */
  openHouse(connectAfter: Promise<void> | undefined): Promise<House>;
}

/** Resolves with the exit code when everything is undone. */
export async function runSession(duties: SessionDuties): Promise<number> {
  const { log } = duties;
  const running = await findAlive(duties);
  if (running !== undefined) return handOver(running, duties);

  const ending = new AsyncDisposableStack();
  let end!: (code: number) => void;
  const ended = new Promise<number>((resolve) => (end = resolve));
  ending.use(duties.listenForEnd(end));
  const opening = open(duties, ending, end);
  try {
    const other = await Promise.race([opening, ended.then(() => undefined)]);
    if (other !== undefined) return await handOver(other, duties);
    const code = await ended;
    log.info('Kith is ending', { code });
    return code;
  } catch (error) {
    log.error('Kith could not start', { code: asKithError(error).code });
    throw error;
  } finally {
    await settle(opening, ending, duties);
  }
}

/** Another Kith to hand over to, or nothing when this one stands. */
async function open(
  duties: SessionDuties,
  ending: AsyncDisposableStack,
  end: (code: number) => void,
): Promise<RunningKith | undefined> {
  const { clock, log, places, terminal } = duties;
  // Whoever asked for the end hears of it when everything is done: the door's last visitors leave after the house.
  const last = ending.use(new AsyncDisposableStack());
  const held = await holdOrFind(duties);
  if ('openWindow' in held) return held;
  ending.use(held);
  let opening: Promise<House> | undefined;
  const house = (): Promise<House> => {
    // What a person waits for first is the window; two cores do not carry its start and that of the protocols at once.
    opening ??= held.openHouse(duties.windowed ? windows.shown : undefined);
    ignore(opening, 'whoever waits for the house hears of it', log);
    return opening;
  };
  const windows = ending.use(
    windowsOf({
      clock,
      log,
      house,
      openShell: (ours) => duties.openShell(ours),
      closedLast: () => duties.windowed && end(0),
    }),
  );
  // A window takes longer to come up than a house: it is sent for first.
  const said = duties.windowed ? await windows.open(duties.link) : 'Kith is running without a window.';
  const standing = ending.use(await house());
  // Once more, since they are to go before the house; what has gone is not there the second time.
  ending.use(windows);
  ending.use(standing.onDidWantQuit(() => end(0)));
  const openWindow = (link?: string): Promise<string> => windows.open(link);
  const door = last.use(await openDoor(places.profile, { house: standing, env: terminal.env, log, openWindow }));
  ending.defer(() => door.shut());
  terminal.say(said);
  log.info('Kith stands', { windowed: duties.windowed });
  return undefined;
}

/** Whoever holds the profile is on its way to its door, or on its way out: both are waited for. */
async function holdOrFind(duties: SessionDuties): Promise<HeldProfile | RunningKith> {
  for (let left = tries; ; left -= 1) {
    try {
      return await duties.holdProfile();
    } catch (error) {
      if (asKithError(error).code !== 'profile-in-use' || left === 0) throw error;
    }
    const running = await findAlive(duties);
    if (running !== undefined) return running;
    await pause(duties.clock, tryPause);
  }
}

/** One that hangs up before a word is on its way out or has no room; the profile tells which. */
async function findAlive(duties: SessionDuties): Promise<RunningKith | undefined> {
  try {
    return await duties.findRunning();
  } catch (error) {
    if (asKithError(error).code === 'cancelled') return undefined;
    throw error;
  }
}

async function handOver(running: RunningKith, { link, terminal, windowed }: SessionDuties): Promise<number> {
  try {
    if (!windowed) {
      terminal.say('Kith is already running with this profile.');
      return 0;
    }
    terminal.say(`Kith is already running with this profile. ${await running.openWindow(link)}`);
    return 0;
  } finally {
    running[Symbol.dispose]();
  }
}

/** What is still being opened is let open first, so that it can be closed. Never throws, never takes longer than its bound. */
async function settle(
  opening: Promise<unknown>,
  ending: AsyncDisposableStack,
  { clock, log }: SessionDuties,
): Promise<void> {
  const complain = (error: unknown): void => log.warn('Something did not end well', { code: asKithError(error).code });
  const done = opening.then(
    () => ending[Symbol.asyncDispose](),
    () => ending[Symbol.asyncDispose](),
  );
  let bound: Disposable | undefined;
  const late = new Promise<'late'>((resolve) => (bound = clock.after(endingBound, () => resolve('late'))));
  if ((await Promise.race([done.catch(complain), late])) === 'late') log.warn('Ending took too long and was cut short');
  bound?.[Symbol.dispose]();
}
