/** A machine between us and the server, as the person set it: reached, told where to go on to, and given what it wants to know of us. */
import type { Socket } from 'node:net';
import { asKithError, KithError } from '../../../src/base/index.ts';
import { dial, type Dialling, type Place } from './dialling.ts';
import { askHttpProxy } from './http-connect.ts';
import { CredentialsRefused, type Credentials } from './proxy-refusal.ts';
import { ProxyTalk } from './proxy-talk.ts';
import { askSocks5 } from './socks5.ts';

export interface Proxy extends Place {
  readonly kind: 'socks5' | 'http';
  /** The name it knows us by. Without one it is told nothing of us. */
  readonly name?: string;
  /** For the name. Asked for again, as 'refused', when it was not the right one. Rejecting ends the attempt with that error. */
  password(why: 'needed' | 'refused'): Promise<string>;
}

const asking = { socks5: askSocks5, http: askHttpProxy };

/** `place` is looked up by the proxy, not here. Rejects 'unreachable', 'network' or 'permission-denied', naming the proxy, and 'cancelled'; nothing is left open then. */
export async function dialThrough(proxy: Proxy, place: Place, dialling: Dialling): Promise<Socket> {
  for (let why: 'needed' | 'refused' = 'needed'; ; why = 'refused') {
    // Before the proxy is reached: a person may take longer than it waits.
    const credentials = await credentialsFor(proxy, why, dialling);
    try {
      return await passOn(proxy, place, credentials, dialling);
    } catch (error) {
      if (error instanceof CredentialsRefused && credentials !== undefined) continue;
      throw naming(proxy, asKithError(error));
    }
  }
}

async function credentialsFor(
  { name, password }: Proxy,
  why: 'needed' | 'refused',
  { patience }: Dialling,
): Promise<Credentials | undefined> {
  return name === undefined ? undefined : { name, password: await patience.until(password(why)) };
}

async function passOn(
  proxy: Proxy,
  place: Place,
  credentials: Credentials | undefined,
  dialling: Dialling,
): Promise<Socket> {
  const socket = await reached(proxy, dialling);
  const talk = new ProxyTalk(socket);
  try {
    await dialling.patience.step(asking[proxy.kind](talk, place, credentials), 'The proxy');
    talk.release();
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function reached(proxy: Proxy, dialling: Dialling): Promise<Socket> {
  try {
    return await dial(proxy, dialling);
  } catch (error) {
    const { code } = asKithError(error);
    throw code === 'unreachable' ? new KithError(code, 'cannot be reached', { cause: error }) : error;
  }
}

/** Whatever went wrong, it is the proxy that a person has to look at. */
function naming({ host, port }: Proxy, error: KithError): KithError {
  const who = `The proxy ${host}:${port}`;
  switch (error.code) {
    case 'server-silent':
      return new KithError('network', `${who} does not answer`, { cause: error });
    case 'network':
    case 'unreachable':
    case 'permission-denied':
      return new KithError(error.code, `${who} ${error.message}`, { cause: error });
    default:
      return error;
  }
}
