/** HTTPS to where files lie: verified, to the very address given, and never waiting for ever. Addresses and headers here are secrets: none stands in an error or a log. */
import { lookup } from 'node:dns';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { BlockList, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect, type ConnectionOptions, rootCertificates } from 'node:tls';
import { asKithError, type Clock, type Disposable, disposable, KithError } from '../../../src/base/index.ts';
import type { Detour } from './detour.ts';

export interface Travel {
  readonly clock: Clock;
  /** Further authorities, PEM. */
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
  /** The way when there is none straight. */
  readonly detour: Detour | undefined;
}

/** Milliseconds in which something must move. */
const patience = 60_000;

/** Undefined for all but a plain https address: no other way is safe, and credentials in it are nobody's business. */
export function secureAddress(text: string): URL | undefined {
  if (text.length > 8192 || !URL.canParse(text) || /\s/.test(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url : undefined;
}

export interface Trip extends Disposable {
  readonly signal: AbortSignal;
  /** Something moved. */
  stir(): void;
  /** Ends it, for this reason. */
  end(reason: KithError): void;
  /** What ended it: our own reason before what then broke. */
  fault(error: unknown): KithError;
}

/** Ends when it is called off, when nothing moves for a minute, and after `within` milliseconds if that is given. */
export function travel({ clock, signal }: Travel, within?: number): Trip {
  const ending = new AbortController();
  const end = (reason: KithError): void => ending.abort(reason);
  const late = (): void => end(new KithError('timeout', 'The server that keeps the file took too long'));
  const called = (): void => end(new KithError('cancelled', 'The file was called off'));
  if (signal.aborted) called();
  signal.addEventListener('abort', called);
  let lull = clock.after(patience, late);
  const bound = within === undefined ? undefined : clock.after(within, late);
  return {
    signal: ending.signal,
    stir() {
      lull[Symbol.dispose]();
      lull = clock.after(patience, late);
    },
    end,
    fault: (error) => (ending.signal.aborted ? asKithError(ending.signal.reason) : faultOf(error)),
    ...disposable(() => {
      signal.removeEventListener('abort', called);
      lull[Symbol.dispose]();
      bound?.[Symbol.dispose]();
      ending.abort();
    }),
  };
}

export interface Asked {
  readonly method: 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  /** True where only the open network may be asked. */
  readonly outside?: boolean;
}

/** Nothing is sent of us but what stands in `headers`; redirects are answers like any other. */
export function begin(url: URL, { method, headers, outside = false }: Asked, { ca, detour }: Travel, trip: Trip) {
  const address = url.hostname.replace(/^\[|\]$/g, '');
  // What a proxy looks up is not seen here, so there the name itself has to tell.
  if (outside && (isIP(address) === 0 ? detour !== undefined && soundsNear(address) : isNear(address))) throw near();
  const trust = {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  } as const;
  const way: RequestOptions =
    detour === undefined
      ? { agent: false, ...trust, ...(outside ? { lookup: lookUpOutside } : {}) }
      : {
          createConnection: (_options, opened) => {
            secured(detour({ host: address, port: Number(url.port) || 443 }), address, trust).then(
              (socket) => opened(null, socket),
              // Told this way it is heard also before there is a socket.
              (error: unknown) => opened(asKithError(error), undefined as never),
            );
            return undefined;
          },
        };
  const asked: ClientRequest = request(url, { method, headers, signal: trip.signal, maxHeaderSize: 16_384, ...way });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.on('error', reject);
  });
  return { asked, answered };
}

async function secured(coming: Promise<Socket>, host: string, trust: ConnectionOptions): Promise<Socket> {
  const socket = await coming;
  return connect({ socket, host, ...(isIP(host) === 0 ? { servername: host } : {}), ...trust });
}

/** Loopback, links, and networks at home (RFC 6890): a stranger's link must not make us knock at doors inside. */
const nearby = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  nearby.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  nearby.addSubnet(network, prefix, 'ipv6');

/** BlockList reads IPv4 inside IPv6 as IPv4. */
export const isNear = (address: string): boolean => nearby.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Names without a domain, and those kept for one machine or one house (RFC 6761, 6762, 8375). */
export const soundsNear = (name: string): boolean =>
  /^[^.]*\.?$|\.(?:localhost|local|internal|lan|home\.arpa)\.?$/.test(name);

const near = (): KithError => new KithError('permission-denied', 'This file lies inside a private network');

const lookUpOutside: LookupFunction = (host, options, callback) =>
  lookup(host, { ...options, all: true }, (error, found) => {
    const inside = error === null && found.some(({ address }) => isNear(address));
    if (error !== null || inside) return callback(error ?? (near() as NodeJS.ErrnoException), []);
    if (options.all === true) return callback(null, found);
    callback(null, found[0]?.address ?? '', found[0]?.family);
  });

const diskFaults: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'EEXIST', 'EFBIG']);
const certificateFault = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER|ALTNAME/;

function faultOf(error: unknown): KithError {
  if (error instanceof KithError) return error;
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall === 'open') return new KithError('not-found', 'The file is not here any more');
  if (diskFaults.has(code)) return new KithError('disk', 'The disk does not give or take the file');
  if (certificateFault.test(code))
    return new KithError('certificate', 'The certificate of the server that keeps files is not trusted');
  if (code.startsWith('HPE_'))
    return new KithError('server-refused', 'The server that keeps files does not speak HTTP');
  return new KithError('network', 'The server that keeps files cannot be reached');
}
