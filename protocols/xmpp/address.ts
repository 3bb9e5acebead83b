/** Addresses (RFC 7622): strict with what a person types, lenient with what a server says. */
import { domainToASCII, domainToUnicode } from 'node:url';
import { parse } from '@xmpp/jid';
import { KithError } from '../../src/base/index.ts';
import type { ContactId } from '../../src/domain/index.ts';

const example = 'amy@example.org';

/** RFC 7622 section 3: each part has at most this many bytes of UTF-8. */
const longestPart = 1023;

/** The bare address as it is kept and compared. What cannot be one is 'invalid-argument', in words that say what is wrong. */
export function normaliseAddress(typed: string): ContactId {
  const address = typed.trim();
  if (address === '') throw wrong('An address is missing');
  if (address.length > 3 * longestPart + 2) throw wrong('This address is too long');
  if (/^xmpp:/i.test(address)) throw wrong('Leave out “xmpp:”');
  const bare = address.split('/', 1)[0] ?? '';
  const at = bare.indexOf('@');
  if (at === -1) throw wrong('The “@” and the server are missing');
  if (bare.indexOf('@', at + 1) !== -1) throw wrong('There is more than one “@”');
  return `${localPart(bare.slice(0, at))}@${domainPart(bare.slice(at + 1))}` as ContactId;
}

/** The bare form of an address a server gave us; undefined when it is none. */
export function bareAddress(address: string | undefined): ContactId | undefined {
  if (address === undefined || address === '') return undefined;
  // Nearly all addresses are spelled plainly already, and every stanza bears some.
  const plain = /^[a-z0-9._+-]+@(?!.*xn--)[a-z0-9.-]*[a-z0-9](?=\/|$)/.exec(address);
  if (plain !== null) return plain[0] as ContactId;
  try {
    const { local, domain } = parse(address);
    const server = spelledDomain(domain);
    return (local === '' ? server : `${local.normalize('NFC')}@${server}`) as ContactId;
  } catch {
    return undefined;
  }
}

/** What stands behind the first slash; empty for a bare address. */
export function resourceOf(address: string): string {
  const slash = address.indexOf('/');
  return slash === -1 ? '' : address.slice(slash + 1);
}

/** What stands before the @ of a bare address. */
export function usernameOf(address: ContactId): string {
  return address.slice(0, address.indexOf('@'));
}

export function domainOf(address: string): string {
  const bare = address.split('/', 1)[0] ?? '';
  return bare.slice(bare.indexOf('@') + 1);
}

/** Said by our account itself, not by one of our devices: the bare address, or nobody named (RFC 6120 section 8.1.2.1). */
export function fromAccount(from: string | undefined, self: ContactId): boolean {
  return from === undefined || (!from.includes('/') && bareAddress(from) === self);
}

function localPart(typed: string): string {
  if (typed === '') throw wrong('The name before the “@” is missing');
  const local = narrow(typed).toLowerCase().normalize('NFC');
  const refused = /["&'/:<>@\s]|\p{C}/u.exec(local)?.[0];
  if (refused !== undefined) throw wrong(`The name before the “@” may not contain ${spoken(refused)}`);
  // Letters that only look like others (ligatures, superscripts) are refused, as RFC 8264 section 9.17 has it.
  if (local.normalize('NFKC') !== local) throw wrong('The name before the “@” contains a letter that is not allowed');
  if (bytes(local) > longestPart) throw wrong('The name before the “@” is too long');
  return local;
}

function domainPart(typed: string): string {
  if (typed === '') throw wrong('The server after the “@” is missing');
  if (/^\[[0-9a-f:.]+\]$/i.test(typed)) return typed.toLowerCase();
  const refused = /[\s"&'/:<>@[\]\\?#%_!*()+,;=$|^`{}~]|\p{C}/u.exec(typed)?.[0];
  if (refused !== undefined) throw wrong(`The server after the “@” may not contain ${spoken(refused)}`);
  const domain = spelledDomain(typed);
  const labels = domainToASCII(domain).split('.');
  // What no name can be spelled from, such as a bare 'xn--', comes out empty as a whole.
  if (labels.length === 1 && labels[0] === '' && /[^.]/.test(typed))
    throw wrong('The server after the “@” is not the name of one');
  if (labels.some((label) => label === '')) throw wrong('The server after the “@” has a dot too many');
  if (labels.some((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)))
    throw wrong('The server after the “@” is not the name of one');
  if (labels.join('.').length > 253) throw wrong('The server after the “@” is too long');
  return domain;
}

/** Unicode spelling, lower case, without the root's dot: 'XN--bcher-KVA.example.' is 'bücher.example'. */
function spelledDomain(domain: string): string {
  const bare = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  const lower = bare.toLowerCase();
  if (/^[a-z0-9.-]*$/.test(lower) && !lower.includes('xn--')) return lower;
  const spelled = domainToUnicode(domainToASCII(bare));
  return spelled === '' ? lower.normalize('NFC') : spelled;
}

/** Full-width and half-width letters as their ordinary form (RFC 8265 section 3.3.2). */
function narrow(text: string): string {
  return text.replace(/[\uff00-\uffef]+/g, (wide) => wide.normalize('NFKC'));
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

function spoken(character: string): string {
  if (/\s/.test(character)) return 'a space';
  return /\p{C}/u.test(character) ? 'an invisible character' : `“${character}”`;
}

function wrong(what: string): KithError {
  return new KithError('invalid-argument', `${what}. An address looks like ${example}.`);
}
