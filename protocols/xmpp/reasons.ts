/** Why a connection ended or did not come about, in words that say which server and, where there is something to do, what. */
import { asKithError, type KithErrorCode } from '../../src/base/index.ts';
import type { StatusReason } from '../../src/domain/index.ts';

/** Sentences for what the stream calls by a code. The stream's own words follow where they add something. */
const sentences: Partial<Record<KithErrorCode | 'requested', (server: string) => string>> = {
  network: (server) => `The server ${server} cannot be reached`,
  'server-silent': (server) => `The server ${server} does not answer`,
  'server-refused': (server) => `The server ${server} refused the connection`,
  'server-unproven': (server) =>
    `The server ${server} could not prove that it knows your password, so nothing was sent`,
  'not-encrypted': (server) => `The server ${server} offers no encryption, so no password was sent`,
  certificate: (server) => `The certificate of ${server} is not trusted, so no password was sent`,
  'authentication-failed': (server) => `The server ${server} does not accept this address and password`,
  'password-needed': (server) => `The password for ${server} is needed`,
  replaced: (server) => `Another program signed in to ${server} under the same device name`,
};

/** These words of the stream name machines and causes worth reading. */
const detailed: ReadonlySet<string> = new Set(['network', 'server-refused', 'not-encrypted', 'certificate']);

export function reasonOf(
  error: { readonly code: KithErrorCode | 'requested'; readonly text: string },
  server: string,
): StatusReason {
  const sentence = sentences[error.code]?.(server);
  if (sentence === undefined) return { code: error.code, text: error.text };
  const detail = error.text.trim().replace(/\.$/, '');
  if (!detailed.has(error.code) || detail === '') return { code: error.code, text: sentence };
  return { code: error.code, text: `${sentence}: ${detail}` };
}

export function reasonOfError(error: unknown, server: string): StatusReason {
  const { code, message } = asKithError(error);
  return reasonOf({ code, text: message }, server);
}

export const requested: StatusReason = { code: 'requested', text: '' };
