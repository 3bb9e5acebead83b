/** The papers the stream follows. */
import type { Standard } from '../standard.ts';

export const standards: readonly Standard[] = [
  {
    id: 'RFC 6120',
    name: 'XMPP Core',
    status: 'complete',
    test: 'test/interop/stream-meets-prosody.test.ts',
  },
  {
    id: 'RFC 7622',
    name: 'XMPP Address Format',
    status: 'complete',
    test: 'protocols/xmpp/address.test.ts',
  },
  {
    id: 'XEP-0198',
    name: 'Stream Management',
    version: '1.6.1',
    status: 'complete',
    test: 'protocols/xmpp/stream/management.test.ts',
  },
  {
    id: 'XEP-0368',
    name: 'SRV records for XMPP over TLS',
    version: '1.1.0',
    status: 'partial',
    test: 'protocols/xmpp/stream/encryption.test.ts',
    note: 'direct TLS where the account says so',
  },
];
