/** Errors as stanzas carry them (RFC 6120 section 8.3): read into ours, and written for what we do not serve. */
import { KithError, type KithErrorCode, wordTable } from '../../src/base/index.ts';
import { type Element, xml } from './stream/element.ts';

export const NS_STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';
export const NS_CLIENT = 'jabber:client';

/** Conditions of RFC 6120 section 8.3.3 by what they mean to us; what is not named here is a refusal. */
const codes = wordTable<KithErrorCode>({
  'bad-request': 'invalid-argument',
  'jid-malformed': 'invalid-argument',
  'not-acceptable': 'invalid-argument',
  conflict: 'already-exists',
  'feature-not-implemented': 'not-supported',
  'service-unavailable': 'not-supported',
  'item-not-found': 'not-found',
  gone: 'not-found',
  forbidden: 'permission-denied',
  'not-allowed': 'permission-denied',
  'not-authorized': 'permission-denied',
  'registration-required': 'permission-denied',
  'subscription-required': 'permission-denied',
  'recipient-unavailable': 'not-online',
  'remote-server-not-found': 'not-found',
  'remote-server-timeout': 'timeout',
});

const sentences = wordTable<string>({
  'remote-server-not-found': 'Their server cannot be found',
  'remote-server-timeout': 'Their server does not answer',
  'item-not-found': 'There is nobody at this address',
  'recipient-unavailable': 'They cannot be reached now',
  'service-unavailable': 'They cannot be reached, or do not take messages from you',
  'feature-not-implemented': 'The other side does not know how to do this',
  'policy-violation': 'The server’s rules forbid this',
  'resource-constraint': 'The server is too busy',
  'not-acceptable': 'The other side does not accept this',
  forbidden: 'This is not allowed',
  'not-allowed': 'This is not allowed',
});

export interface StanzaError {
  readonly code: KithErrorCode;
  /** As the standard spells it; empty when the answer bears none. */
  readonly condition: string;
  /** The other side's words, else ours. */
  readonly text: string;
}

/** What the `<error/>` inside a stanza of type error says. */
export function readError(stanza: Element): StanzaError {
  const error = stanza.child('error');
  const condition = error?.elements().find((child) => child.xmlns === NS_STANZAS && child.name !== 'text')?.name ?? '';
  const said = error?.child('text', NS_STANZAS)?.text().trim().slice(0, 500) ?? '';
  return {
    code: codes(condition) ?? 'server-refused',
    condition,
    text: said !== '' ? said : (sentences(condition) ?? 'The server refused this'),
  };
}

export function errorOf(stanza: Element): KithError {
  const { code, text } = readError(stanza);
  return new KithError(code, text);
}

/** Answers a request with an error of this condition. */
export function refusal(request: Element, type: 'cancel' | 'modify' | 'auth' | 'wait', condition: string): Element {
  return xml(
    'iq',
    NS_CLIENT,
    { type: 'error', id: request.attribute('id'), to: request.attribute('from') },
    xml('error', NS_CLIENT, { type }, xml(condition, NS_STANZAS)),
  );
}
