/** TLS over an open socket. The name that counts is always the account's domain, whatever machine answers. */
import { isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  type SecureContext,
  type SecureVersion,
  type TLSSocket,
} from 'node:tls';
import { KithError } from '../../../src/base/index.ts';
import type { CertificateFacts } from '../../../src/domain/index.ts';
import { asciiDomain } from './address.ts';
import { certificateFacts } from './certificate.ts';
import type { Patience } from './patience.ts';
import type { Target } from './targets.ts';

export interface Encrypting {
  readonly domain: string;
  readonly target: Target;
  /** The only authorities that count, PEM; undefined for those Node knows. */
  readonly ca: string | undefined;
  /** The newest version of TLS to offer; undefined for the newest there is. */
  readonly newest: SecureVersion | undefined;
  trust(facts: CertificateFacts): Promise<boolean>;
}

/** What stands between the password and the world: a certificate that verified, one a person accepted, or nothing, as the person allowed. */
export type Protection = 'verified' | 'accepted' | 'none';

export interface Encrypted {
  readonly socket: TLSSocket;
  readonly protection: Exclude<Protection, 'none'>;
}

/**
 * Rejects 'certificate' when it does not verify and is not accepted, 'not-encrypted' when no encryption could be agreed on,
 * 'network' when the connection broke. The socket is destroyed in every such case.
 */
export async function encrypt(plain: Socket, to: Encrypting, patience: Patience): Promise<Encrypted> {
  const name = asciiDomain(to.domain).replace(/^\[|\]$/g, '');
  const socket = connect({
    socket: plain,
    secureContext: contextFor(to),
    // An address of the internet protocol may not stand in SNI (RFC 6066 section 3).
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(to.target.directTls ? { ALPNProtocols: ['xmpp-client'] } : {}),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
    // Verified all the same; but the person may be asked before the connection is given up, and nothing is sent until then.
    rejectUnauthorized: false,
  });
  // Whoever waits hears of it below; later errors are the wire's.
  socket.on('error', () => {});
  try {
    await patience.step(secured(socket), 'The beginning of encryption');
    if (socket.authorized) return { socket, protection: 'verified' };
    const problem = problemOf(socket);
    const facts = certificateFacts(socket.getPeerCertificate(true), problem, to.domain, to.target.host);
    if (!(await patience.until(to.trust(facts))))
      throw new KithError('certificate', `The certificate of ${to.domain} cannot be verified (${facts.reason})`);
    return { socket, protection: 'accepted' };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

type Contextual = Pick<Encrypting, 'ca' | 'newest'>;

/** Reading a list of authorities takes 30 ms, and each attempt of an account brings the same one. */
let last: (Contextual & { readonly context: SecureContext }) | undefined;

function contextFor({ ca, newest }: Contextual): SecureContext {
  if (last === undefined || last.ca !== ca || last.newest !== newest) {
    // Whoever names authorities of their own wants no other to be able to vouch for this server.
    const authorities = ca === undefined ? {} : { ca };
    const versions = { minVersion: 'TLSv1.2', maxVersion: newest ?? 'TLSv1.3' } as const;
    last = { ca, newest, context: createSecureContext({ ...versions, ...authorities }) };
  }
  return last.context;
}

function secured(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', (cause: NodeJS.ErrnoException) => reject(handshakeError(cause)));
    socket.once('close', () => reject(new KithError('network', 'The server closed the connection')));
  });
}

function handshakeError(cause: NodeJS.ErrnoException): KithError {
  const code = cause.code ?? '';
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return new KithError('not-encrypted', 'The server offers no encryption that could be agreed on', { cause });
  return new KithError('network', 'The connection broke', { cause });
}

/** A code at run time, whatever the types say. */
function problemOf(socket: TLSSocket): string {
  const problem: unknown = socket.authorizationError;
  if (problem instanceof Error) return (problem as NodeJS.ErrnoException).code ?? problem.message;
  return String(problem);
}
