/** A certificate nobody vouches for. */
import type { CertificateFacts } from '../../src/domain/index.ts';

export const facts: CertificateFacts = {
  domain: 'capulet.example',
  host: 'xmpp.capulet.example',
  reason: 'self-signed',
  subject: 'capulet.example, *.capulet.example',
  issuer: 'capulet.example',
  validFrom: 'Nov  3 00:00:00 2026 GMT',
  validTo: 'Nov  3 00:00:00 2027 GMT',
  fingerprint: '9C4E71A055D2B83F0E964A7BC1D82F60A3E597B418CC6D02F7A9304E5B6188D3',
};
