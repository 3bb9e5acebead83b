/** The other side of the door: finding the Kith that holds a profile. */
import { connect, type Socket } from 'node:net';
import { type Clock, KithError, type Disposable, type Log } from '../../base/index.ts';
import { bridgeOver, type AskingEnd, type Port } from '../bridge/index.ts';
import { socketToAsk } from './address.ts';
import type { Knock } from './door.ts';
import { answeringBound, linePort } from './line-port.ts';
import { watchLife } from './sign-of-life.ts';

export interface RunningKith extends AskingEnd, Disposable {
  /** Resolves with a sentence for the person. */
  openWindow(link?: string): Promise<string>;
}

export interface Caller {
  readonly log: Log;
  readonly clock: Clock;
  /** Which process holds the profile, where the system tells. Asked only about one that does not answer. */
  holder?(): Promise<number | undefined>;
}

/**
 * The Kith that has this profile open, or undefined when there is none (also when one died and left its socket). Rejects
 * 'cancelled' when it hangs up at once, and 'profile-in-use' when it gives no sign of life; what is asked of it later rejects
 * with that too as soon as it falls silent.
 */
export async function findRunning(profile: string, { log, clock, holder }: Caller): Promise<RunningKith | undefined> {
  const path = socketToAsk(profile);
  if (path === undefined) return undefined;
  const socket = await reach(path);
  if (socket === undefined) return undefined;
  const port = linePort(socket, answeringBound, log);
  let silence: KithError | undefined;
  const asking = bridgeOver(port, log, () => silence);
  const sign = watchLife(port, clock, async () => {
    silence = silent(await holder?.());
    socket.destroy();
  });
  await sign.catch((error: unknown) => {
    throw silence ?? error;
  });
  return {
    ...asking,
    openWindow: (link) => knock(port, link, () => silence),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => resolve(undefined));
  });
}

function silent(pid: number | undefined): KithError {
  const [who, cure] =
    pid === undefined
      ? ['A Kith', 'Wake it or end it']
      : [`Kith (process ${pid})`, `If it was stopped, kill -CONT ${pid} lets it go on; kill -KILL ${pid} ends it`];
  return new KithError(
    'profile-in-use',
    `${who} has this profile and does not answer. ${cure}. What it stored is safe.`,
  );
}

function knock(port: Port, link: string | undefined, why: () => KithError | undefined): Promise<string> {
  const asked: Knock = { id: 0, want: 'window', ...(link === undefined ? {} : { link }) };
  return new Promise((resolve, reject) => {
    const answered = port.onDidReceive((value) => {
      const answer = value as { id?: number; value?: string; error?: { code: KithError['code']; message: string } };
      if (answer.id !== 0) return;
      answered[Symbol.dispose]();
      closing[Symbol.dispose]();
      if (answer.error === undefined) resolve(String(answer.value));
      else reject(new KithError(answer.error.code, answer.error.message));
    });
    const closing = port.onDidClose(() => reject(why() ?? new KithError('cancelled', 'Kith did not answer')));
    port.send(asked);
  });
}
