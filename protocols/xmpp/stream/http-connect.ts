/** CONNECT of HTTP (RFC 9110 section 9.3.6), with a name and a password by the Basic scheme (RFC 7617) where the proxy wants them. */
import { isIPv6 } from 'node:net';
import { KithError } from '../../../src/base/index.ts';
import { asciiDomain } from './address.ts';
import type { Place } from './dialling.ts';
import { credentialsRefused, credentialsWanted, type Credentials } from './proxy-refusal.ts';
import type { ProxyTalk } from './proxy-talk.ts';

/** Bytes a proxy may take for its answer. */
const mostHeader = 16 * 1024;

/** Resolves when the proxy has connected. Rejects with what it did instead, as the rest of a sentence that begins with its name. */
export async function askHttpProxy(talk: ProxyTalk, place: Place, credentials: Credentials | undefined): Promise<void> {
  const host = isIPv6(place.host) ? `[${place.host}]` : asciiDomain(place.host);
  const to = `${host}:${place.port}`;
  // Nothing that could end the line stands in a name.
  if (!/^[!-~]+$/.test(host)) throw new KithError('network', `cannot be asked for ‘${place.host}’`);
  const signedIn = credentials === undefined ? '' : `Proxy-Authorization: Basic ${basic(credentials)}\r\n`;
  talk.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n${signedIn}\r\n`);
  const header = await talk.readTo('\r\n\r\n', mostHeader);
  const [, status, words = ''] = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?\r\n/.exec(header ?? '') ?? [];
  if (status === undefined) throw new KithError('network', 'does not speak HTTP');
  if (status.startsWith('2')) return;
  // 407 is right; tinyproxy says 401 of a password that is not. Nobody but the proxy can have said it.
  if (status === '407' || status === '401')
    throw credentials === undefined ? credentialsWanted(credentials) : credentialsRefused();
  throw new KithError('network', `${refusals[status] ?? 'does not connect'} to ${to} (${status}${said(words)})`);
}

const refusals: Readonly<Record<string, string>> = {
  403: 'does not allow a connection',
  404: 'finds no way',
  405: 'makes no connections',
  502: 'cannot connect',
  503: 'cannot connect',
  504: 'waited in vain to connect',
};

function basic({ name, password }: Credentials): string {
  return Buffer.from(`${name}:${password}`, 'utf8').toString('base64');
}

/** The proxy's own words, for a person who has to do with whoever runs it. */
function said(words: string): string {
  const readable = words.replace(/[^ -~]/g, '').trim();
  return readable === '' ? '' : ` ${readable.slice(0, 80)}`;
}
