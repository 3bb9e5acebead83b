/** Links of the scheme xmpp: (RFC 5122), with the actions of XEP-0147 that open a conversation or a room, or ask to see someone. */
import { KithError } from '../../src/base/index.ts';
import type { ProtocolLink } from '../../src/contracts/index.ts';
import type { RoomId } from '../../src/domain/index.ts';
import { normaliseAddress } from './address.ts';
import { tokenIn } from './invitation.ts';
import type { Standard } from './standard.ts';
import { decoded } from './uri.ts';

/** A link may come from any web page: what is longer is refused before it is looked at. */
const longestLink = 16_384;
const longestBody = 8_192;

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0147',
    name: 'XMPP URI Scheme Query Components',
    version: '1.2',
    status: 'partial',
    test: 'protocols/xmpp/links.test.ts',
    note: 'message, subscribe, roster and join; a password in a link is not read',
  },
];

/**
 * Undefined when the link is of another scheme; 'invalid-argument' when it is broken; 'not-supported' when it wants
 * something that is neither a conversation, a room nor a subscription. Nothing is ever sent by a link: its body is a draft.
 */
export function parseLink(uri: string): ProtocolLink | undefined {
  const scheme = /^\s*xmpp:/i.exec(uri)?.[0];
  if (scheme === undefined) return undefined;
  if (uri.length > longestLink) throw broken('it is too long');
  const [whole = ''] = uri.slice(scheme.length).trimEnd().split('#', 1);
  const asked = whole.indexOf('?');
  const path = asked === -1 ? whole : whole.slice(0, asked);
  const query = asked === -1 ? '' : whole.slice(asked + 1);
  const { via, target } = ends(path);
  const contact = normaliseAddress(decoded(target));
  const { action, body, invitation } = wish(query);
  const by = via === undefined ? {} : { via: normaliseAddress(decoded(via)) };
  if (action === 'join') return { room: contact as string as RoomId, action, ...by };
  return {
    contact,
    action,
    ...(body === undefined ? {} : { body }),
    ...(invitation === undefined ? {} : { invitation }),
    ...by,
  };
}

/**
 * `//account@server/` before the target names the account that is to be used (RFC 5122 section 2.3). With nothing behind
 * it, the writer of the link meant the person: such links are common and can mean nothing else here.
 */
function ends(path: string): { via?: string; target: string } {
  if (!path.startsWith('//')) return { target: path };
  const slash = path.indexOf('/', 2);
  const rest = slash === -1 ? '' : path.slice(slash + 1);
  if (rest === '') return { target: path.slice(2, slash === -1 ? undefined : slash) };
  return { via: path.slice(2, slash), target: rest };
}

function wish(query: string): { action: ProtocolLink['action']; body?: string; invitation?: string } {
  const [first = '', ...pairs] = query.split(';');
  // A query that begins with a key is only parameters: the plain wish to talk.
  const action = first.includes('=') ? '' : decoded(first).toLowerCase();
  if (action === 'subscribe' || action === 'join') return { action };
  if (action === 'roster') {
    const token = tokenIn(pairs);
    return { action: 'subscribe', ...(token === undefined ? {} : { invitation: token }) };
  }
  if (action === 'register')
    throw new KithError(
      'not-supported',
      'This link is an invitation to make an account: kith account register takes it',
    );
  if (action !== '' && action !== 'message')
    throw new KithError('not-supported', `This link asks for “${readable(action)}”, which is not possible here`);
  const body = pairs.find((pair) => pair.startsWith('body='));
  if (body === undefined) return { action: 'message' };
  const text = printable(decoded(body.slice('body='.length)));
  if (text.length > longestBody) throw broken('its text is too long');
  return text === '' ? { action: 'message' } : { action: 'message', body: text };
}

/** Line ends stay; characters that could rearrange or hide a draft do not. */
function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
}

function readable(action: string): string {
  return printable(action).replaceAll('\n', ' ').slice(0, 40);
}

function broken(why: string): KithError {
  return new KithError('invalid-argument', `This link is broken: ${why}`);
}
