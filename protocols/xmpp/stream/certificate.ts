/** What a person is told of a certificate that does not verify. */
import type { DetailedPeerCertificate } from 'node:tls';
import type { CertificateFacts } from '../../../src/domain/index.ts';

const reasons: Readonly<Record<string, CertificateFacts['reason']>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  CERT_UNTRUSTED: 'unknown-issuer',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  CERT_REVOKED: 'revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
};

/** `problem` is the code OpenSSL or Node gave. */
export function certificateFacts(
  certificate: DetailedPeerCertificate,
  problem: string,
  domain: string,
  host: string,
): CertificateFacts {
  return {
    domain,
    host,
    reason: reasons[problem] ?? 'other',
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: certificate.valid_from ?? '',
    validTo: certificate.valid_to ?? '',
    fingerprint: (certificate.fingerprint256 ?? '').replaceAll(':', ''),
  };
}

/** The common name; without one, every part of the distinguished name. */
function nameOf(name: DetailedPeerCertificate['subject'] | undefined): string {
  if (name === undefined) return '';
  const parts: [string, string | string[] | undefined][] = Object.entries(name);
  const common = parts.find(([key]) => key === 'CN')?.[1];
  if (common !== undefined) return [common].flat().join(', ');
  return parts.map(([key, value]) => `${key}=${[value ?? []].flat().join('+')}`).join(', ');
}
