/** The door on a socket: whoever may open the profile may ask the house, and a second start asks for a window here. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { asKithError, Emitter, KithError, type AsyncDisposable, type Log } from '../../base/index.ts';
import type { Answering, House } from '../../contracts/index.ts';
import { serveBridge, type Port } from '../bridge/index.ts';
import type { Environment } from '../profile.ts';
import { socketToOffer } from './address.ts';
import { askingBound, linePort } from './line-port.ts';
import { life } from './sign-of-life.ts';

/** What a second start wants of the first: its window, and in it the conversation a link leads to. */
export interface Knock {
  readonly id: number;
  readonly want: 'window';
  readonly link?: string;
}

export interface DoorDuties {
  readonly house: House;
  readonly env: Environment;
  readonly log: Log;
  /** Brings a window up, with the link in it if there is one. Resolves with one sentence for the person who knocked. */
  openWindow(link?: string): Promise<string>;
}

/** Disposing also ends the conversations with those inside: to them that is the end of Kith. */
export interface Door extends AsyncDisposable {
  readonly path: string;
  /** Lets nobody in any more and leaves no trace in the profile; who is inside may stay. */
  shut(): void;
}

/** Listens in the profile, mode 0600. Call it only while holding the profile: a socket found there is then a dead one. */
export async function openDoor(profile: string, duties: DoorDuties): Promise<Door> {
  const { log } = duties;
  const address = socketToOffer(profile, duties.env);
  rmSync(address.path, { force: true });
  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    visitors.add(socket);
    socket.on('close', () => visitors.delete(socket));
    serveBridge(answeringKnocks(linePort(socket, askingBound, log, refuseLong), duties), duties.house, log);
  });
  server.maxConnections = 64;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new KithError('disk', 'The socket in the profile cannot be made', { cause })),
    );
    // The mask keeps it closed from its first moment; the mode then says what is meant.
    const before = process.umask(0o177);
    server.listen(address.path, resolve);
    process.umask(before);
  });
  chmodSync(address.path, 0o600);
  let closed: Promise<void> | undefined;
  const shut = (): void => {
    closed ??= new Promise<void>((resolve) => server.close(() => resolve()));
    address.remove();
  };
  return {
    path: address.path,
    shut,
    async [Symbol.asyncDispose]() {
      shut();
      for (const socket of visitors) socket.destroySoon();
      await closed;
    },
  };
}

const refuseLong = (id: number): Answering => ({
  id,
  error: { code: 'invalid-argument', message: 'This is too long for Kith' },
});

/** Takes knocks out of what arrives, leaves questions to the bridge. */
function answeringKnocks(port: Port, duties: DoorDuties): Port {
  const questions = new Emitter<unknown>((error) => duties.log.error('A listener failed', { error: String(error) }));
  const received = port.onDidReceive((value) => {
    if (asksForLife(value)) return port.send({ [life]: true });
    if (!isKnock(value)) return questions.fire(value);
    duties.openWindow(value.link).then(
      (sentence) => port.send({ id: value.id, value: sentence }),
      (error: unknown) => {
        const { code, message } = asKithError(error);
        port.send({ id: value.id, error: { code, message } });
      },
    );
  });
  const closing = port.onDidClose(() => {
    received[Symbol.dispose]();
    closing[Symbol.dispose]();
  });
  return {
    send: (value) => port.send(value),
    get backlog() {
      return port.backlog;
    },
    onDidReceive: questions.event,
    onDidClose: port.onDidClose,
    close: (why) => port.close(why),
  };
}

const asksForLife = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { want?: unknown }).want === life;

function isKnock(value: unknown): value is Knock {
  if (typeof value !== 'object' || value === null) return false;
  const knock = value as Partial<Record<keyof Knock, unknown>>;
  const linkFits = knock.link === undefined || (typeof knock.link === 'string' && knock.link.length <= 8192);
  return knock.want === 'window' && typeof knock.id === 'number' && linkFits;
}
