/** SOCKS version 5 (RFC 1928), with a name and a password where the proxy wants them (RFC 1929). Names of machines are left to the proxy to look up. */
import { isIPv4, isIPv6 } from 'node:net';
import { KithError } from '../../../src/base/index.ts';
import { asciiDomain } from './address.ts';
import type { Place } from './dialling.ts';
import { credentialsRefused, credentialsWanted, type Credentials } from './proxy-refusal.ts';
import type { ProxyTalk } from './proxy-talk.ts';

const version = 5;
const nothingNeeded = 0;
const nameAndPassword = 2;
const connectCommand = 1;
const kindOfAddress = { ipv4: 1, name: 3, ipv6: 4 };

/** The replies of RFC 1928 section 6, by their number. */
const replies: readonly ((place: string) => string)[] = [
  () => '',
  (place) => `cannot reach ${place}`,
  (place) => `does not allow a connection to ${place}`,
  (place) => `has no way to the network of ${place}`,
  (place) => `cannot find or reach ${place}`,
  (place) => `was refused by ${place}`,
  (place) => `waited in vain for ${place}`,
  () => 'makes no connections for others',
  (place) => `cannot go to an address like ${place}`,
];

/** Resolves when the proxy has connected. Rejects with what it did instead, as the rest of a sentence that begins with its name. */
export async function askSocks5(talk: ProxyTalk, place: Place, credentials: Credentials | undefined): Promise<void> {
  const methods = credentials === undefined ? [nothingNeeded] : [nothingNeeded, nameAndPassword];
  talk.write(Uint8Array.of(version, methods.length, ...methods));
  const [, method] = spoken(await talk.read(2), version);
  if (method === nameAndPassword && credentials !== undefined) await signIn(talk, credentials);
  else if (method !== nothingNeeded) throw credentialsWanted(credentials);
  talk.write(Buffer.concat([Uint8Array.of(version, connectCommand, 0), addressOf(place), portOf(place)]));
  const [, reply = 1, , kind] = spoken(await talk.read(4), version);
  if (reply !== 0)
    throw new KithError('network', (replies[reply] ?? replies[1])?.(`${place.host}:${place.port}`) ?? '');
  // Where the proxy itself stands now is not asked, and must be read all the same.
  const length = kind === kindOfAddress.name ? ((await talk.read(1))[0] ?? 0) : kind === kindOfAddress.ipv6 ? 16 : 4;
  await talk.read(length + 2);
}

async function signIn(talk: ProxyTalk, { name, password }: Credentials): Promise<void> {
  const [who, what] = [Buffer.from(name), Buffer.from(password)];
  // The length of each is one byte, and not nought.
  if ([who, what].some(({ length }) => length === 0 || length > 255)) throw credentialsRefused();
  talk.write(Buffer.concat([Uint8Array.of(1, who.length), who, Uint8Array.of(what.length), what]));
  const [, status] = await talk.read(2);
  if (status !== 0) throw credentialsRefused();
}

function spoken(answer: Buffer, expected: number): Buffer {
  if (answer[0] === expected) return answer;
  throw new KithError('network', 'does not speak SOCKS 5');
}

function addressOf({ host }: Place): Buffer {
  if (isIPv4(host)) return Buffer.of(kindOfAddress.ipv4, ...host.split('.').map(Number));
  if (isIPv6(host)) return Buffer.concat([Buffer.of(kindOfAddress.ipv6), bytesOfIpv6(host)]);
  const name = Buffer.from(asciiDomain(host), 'latin1');
  if (name.length === 0 || name.length > 255) throw new KithError('network', `cannot be asked for ‘${host}’`);
  return Buffer.concat([Buffer.of(kindOfAddress.name, name.length), name]);
}

function portOf({ port }: Place): Buffer {
  return Buffer.of(port >> 8, port & 0xff);
}

/** Eight groups, of which '::' stands for those left out (RFC 4291 section 2.2). */
function bytesOfIpv6(address: string): Buffer {
  // Spelled with groups alone, whatever way it was written.
  const { hostname } = new URL(`http://[${address.split('%')[0]}]`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const left = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const bytes = Buffer.alloc(16);
  [...before, ...left, ...after].forEach((group, nth) => bytes.writeUInt16BE(Number.parseInt(group, 16), nth * 2));
  return bytes;
}
