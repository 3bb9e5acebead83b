/** Why a connection ended or did not come about, in words that say which server and, where there is something to do, what. */
import { asKithError, type KithErrorCode } from '../../src/base/index.ts';
import type { StatusReason } from '../../src/domain/index.ts';

/** Sentences by code. `detail` are the stream's own words, for where they add something. */
const sentences: Partial<Record<KithErrorCode | 'requested', (server: string, detail: string) => string>> = {
  network: notConnected,
  unreachable: notConnected,
  'server-silent': (server) => `The server ${server} does not answer`,
  'server-refused': (server, detail) =>
    // A breach of the protocol is the server's doing, and no refusal.
    detail.startsWith('the server ')
      ? `The server ${server} ${detail.slice('the server '.length)}`
      : `The server ${server} refused the connection: ${detail}`,
  'server-unproven': (server) => `The server ${server} could not prove that it knows your password`,
  downgraded: (server, detail) => `No password was sent to ${server}, as somebody may stand in between: ${detail}`,
  'not-encrypted': (server, detail) => `No password was sent to ${server}: ${detail}`,
  certificate: (server, detail) => `No password was sent to ${server}: ${detail}`,
  'authentication-failed': notSignedIn,
  'permission-denied': notSignedIn,
  replaced: (server) => `Another program signed in to ${server} under the same device name`,
};

function notConnected(server: string, detail: string): string {
  return `No connection to ${server}: ${detail}`;
}

function notSignedIn(server: string, detail: string): string {
  return `Not signed in to ${server}: ${detail}`;
}

export interface Ending {
  readonly code: KithErrorCode | 'requested';
  readonly text: string;
}

export function reasonOf({ code, text }: Ending, server: string): StatusReason {
  const sentence = sentences[code];
  return { code, text: sentence === undefined ? text : sentence(server, continued(text)) };
}

export function reasonOfError(error: unknown, server: string): StatusReason {
  const { code, message } = asKithError(error);
  return reasonOf({ code, text: message }, server);
}

export const requested: StatusReason = { code: 'requested', text: '' };

/** A sentence as it goes on after a colon. */
function continued(text: string): string {
  const bare = text.trim().replace(/\.$/, '');
  if (bare === '') return 'nothing is known of the cause';
  return /^(The|A|There|An|It|This) /.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}
