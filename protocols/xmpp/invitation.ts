/** Links that bring somebody along: to a server that makes an account for them, or to somebody who wants them among their people. */
import { KithError } from '../../src/base/index.ts';
import { normaliseAddress } from './address.ts';
import type { Standard } from './standard.ts';
import { type Element, xml } from './stream/element.ts';
import { decoded } from './uri.ts';

const NS_PREAUTH = 'urn:xmpp:pars:0';
const longestToken = 512;

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0379',
    name: 'Pre-Authenticated Roster Subscription',
    version: '0.3.3',
    status: 'partial',
    note: 'tokens are given out by the server, not by us',
    test: 'test/interop/a-friend-is-brought.test.ts',
  },
  {
    id: 'XEP-0445',
    name: 'Pre-Authenticated In-Band Registration',
    version: '0.2.0',
    status: 'complete',
    test: 'test/interop/a-friend-is-brought.test.ts',
  },
];

export interface Invitation {
  /** Where it makes an account. */
  readonly server: string;
  readonly token: string;
}

/** The link of an invitation by which an account can be made (XEP-0401 section 3). Throws 'invalid-argument'. */
export function readInvitation(link: string): Invitation {
  const [, whom = '', action = '', rest = ''] = /^\s*xmpp:([^?#]+)\?([^;#]+);([^#]*)/i.exec(link) ?? [];
  const token = tokenIn(rest.split(';'));
  if (!['register', 'roster'].includes(action.toLowerCase()) || token === undefined)
    throw new KithError('invalid-argument', 'This is no invitation. One begins with “xmpp:” and has “preauth=” in it');
  if (!makesAccounts(link))
    throw new KithError('invalid-argument', 'This invitation is for somebody who has an account');
  // Of a server, or of somebody there.
  const normal = normaliseAddress(whom.includes('@') ? decoded(whom) : `somebody@${decoded(whom)}`);
  return { server: normal.slice(normal.indexOf('@') + 1), token };
}

/** Whether an account can be made by it: somebody's own invitation says so where their server lets them (XEP-0401 section 3). */
export const makesAccounts = (link: string): boolean => /\?register;|;ibr=y(?:;|$)/i.test(link);

/** Among what a link says besides what it wants. */
export function tokenIn(pairs: readonly string[]): string | undefined {
  const written = pairs.find((pair) => pair.startsWith('preauth='))?.slice('preauth='.length) ?? '';
  return /^[\w.~+/=%-]+$/.test(written) && written.length <= longestToken ? decoded(written) : undefined;
}

/** Proves that we were invited: before an account is made (XEP-0445 section 3), or in a wish to see somebody (XEP-0379 section 4). */
export const proof = (token: string): Element => xml('preauth', NS_PREAUTH, { token });

/** Where no server proves anything: only our address, with the wish to be added. */
export const plainInvitation = (self: string): string =>
  `xmpp:${self.split('@').map(encodeURIComponent).join('@')}?roster`;
