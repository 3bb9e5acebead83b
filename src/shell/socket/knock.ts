/** The other side of the door: finding the Kith that holds a profile. */
import { connect, type Socket } from 'node:net';
import { KithError, type Disposable, type Log } from '../../base/index.ts';
import { bridgeOver, type AskingEnd, type Port } from '../bridge/index.ts';
import { socketToAsk } from './address.ts';
import type { Knock } from './door.ts';
import { answeringBound, linePort } from './line-port.ts';

export interface RunningKith extends AskingEnd, Disposable {
  /** Resolves with a sentence for the person. */
  openWindow(link?: string): Promise<string>;
}

/** The Kith that has this profile open, or undefined when there is none (also when one died and left its socket). */
export async function findRunning(profile: string, log: Log): Promise<RunningKith | undefined> {
  const path = socketToAsk(profile);
  if (path === undefined) return undefined;
  const socket = await reach(path);
  if (socket === undefined) return undefined;
  const port = linePort(socket, answeringBound, log);
  return {
    ...bridgeOver(port, log),
    openWindow: (link) => knock(port, link),
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

function knock(port: Port, link: string | undefined): Promise<string> {
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
    const closing = port.onDidClose(() => reject(new KithError('cancelled', 'Kith did not answer')));
    port.send(asked);
  });
}
