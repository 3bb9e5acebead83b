/** What a server's refusal means to the house: the conditions of RFC 6120 as our closed codes. */
import { KithError, type KithErrorCode, wordTable } from '../../../src/base/index.ts';
import type { Element } from './element.ts';
import { ns } from './namespaces.ts';

/** RFC 6120 section 4.9.3. What is not listed is 'server-refused'; what passes by itself is 'network', so that it is tried again. */
const streamConditions = wordTable<KithErrorCode>({
  conflict: 'replaced',
  'connection-timeout': 'network',
  'internal-server-error': 'network',
  'not-authorized': 'authentication-failed',
  'remote-connection-failed': 'network',
  reset: 'network',
  'resource-constraint': 'network',
  'system-shutdown': 'network',
});

/** RFC 6120 section 6.5, each with what it means to the house and to a person. What is not listed is 'server-refused'. */
export const saslConditions = {
  // Another password would not help.
  'account-disabled': ['permission-denied', 'The account has been disabled'],
  'credentials-expired': [
    'authentication-failed',
    'The password has expired. Whoever runs the server can say how to set a new one',
  ],
  'encryption-required': ['not-encrypted', 'The server wants a better encrypted connection'],
  'not-authorized': ['authentication-failed', 'The server does not accept this address and password'],
  // It passes by itself, so it is tried again.
  'temporary-auth-failure': ['network', 'The server cannot check passwords at the moment'],
} as const satisfies Readonly<Record<string, Refusal>>;

const refusalOf = wordTable<Refusal>(saslConditions);

/** What a refusal means to the house, and how it is said. */
export type Refusal = readonly [code: KithErrorCode, says: string];

export function streamError(error: Element): KithError {
  const condition = conditionIn(error, ns.streamConditions);
  const code = streamConditions(condition) ?? 'server-refused';
  if (code === 'replaced') return new KithError(code, 'Signed in somewhere else under the same name');
  return new KithError(code, saying('The server ended the connection', condition, error, ns.streamConditions));
}

export function saslFailure(failure: Element): KithError {
  const condition = saslCondition(failure);
  const known = refusalOf(condition);
  if (known !== undefined) return new KithError(known[0], withWords(known[1], failure, failure.xmlns));
  return new KithError('server-refused', saying('It lets nobody in', condition, failure, failure.xmlns));
}

/** In the second profile it should be of the first one's namespace (XEP-0388 section 2.6.2), and is not everywhere. Empty for no failure. */
export function saslCondition(failure: Element): string {
  if (failure.name !== 'failure') return '';
  const condition = conditionIn(failure, ns.sasl);
  return condition === undefinedCondition ? conditionIn(failure, failure.xmlns) : condition;
}

/** `answer` is an iq of type 'error', or the failure of another protocol that carries a stanza condition. */
export function refusal(what: string, answer: Element): KithError {
  const error = answer.child('error') ?? answer;
  return new KithError(
    'server-refused',
    saying(what, conditionIn(error, ns.stanzaConditions), error, ns.stanzaConditions),
  );
}

const undefinedCondition = 'undefined-condition';

function conditionIn(error: Element, xmlns: string): string {
  return error.elements().find((child) => child.xmlns === xmlns && child.name !== 'text')?.name ?? undefinedCondition;
}

/** The condition is for whoever knows the protocol; the server's own words, if it has some, are for people. */
function saying(what: string, condition: string, error: Element, xmlns: string): string {
  return withWords(`${what} (${condition})`, error, xmlns);
}

function withWords(what: string, error: Element, xmlns: string): string {
  const words = error.child('text', xmlns)?.text().trim() ?? '';
  return words === '' ? what : `${what}: ${words.slice(0, 200)}`;
}
