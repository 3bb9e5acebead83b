/** HTTPS to where files lie: verified, to the very address given, and never waiting for ever. Addresses and headers here are secrets: none stands in an error or a log. */
import { lookup } from 'node:dns';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { asKithError, type Clock, type Disposable, disposable, KithError } from '../../../src/base/index.ts';

export interface Travel {
  readonly clock: Clock;
  /** Further authorities, PEM. */
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
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
export function begin(url: URL, { method, headers, outside = false }: Asked, { ca }: Travel, trip: Trip) {
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (outside && isIP(address) !== 0 && isNear(address)) throw near();
  const asked: ClientRequest = request(url, {
    method,
    headers,
    signal: trip.signal,
    agent: false,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    maxHeaderSize: 16_384,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(outside ? { lookup: lookUpOutside } : {}),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.on('error', reject);
  });
  return { asked, answered };
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
