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
    test: 'test/interop/stream-meets-prosody.test.ts',
  },
  {
    id: 'XEP-0368',
    name: 'SRV records for XMPP over TLS',
    version: '1.1.0',
    status: 'complete',
    test: 'protocols/xmpp/stream/reaching.test.ts',
  },
  {
    id: 'XEP-0386',
    name: 'Bind 2',
    version: '1.1.0',
    status: 'complete',
    test: 'test/interop/signing-in-at-prosody.test.ts',
  },
  {
    id: 'XEP-0388',
    name: 'Extensible SASL Profile',
    version: '1.0.4',
    status: 'partial',
    test: 'test/interop/signing-in-at-prosody.test.ts',
    note: 'no further tasks after the password',
  },
  {
    id: 'XEP-0440',
    name: 'SASL Channel-Binding Type Capability',
    version: '1.0.0',
    status: 'complete',
    test: 'protocols/xmpp/stream/channel-binding.test.ts',
  },
  {
    id: 'XEP-0474',
    name: 'SASL SCRAM Downgrade Protection',
    version: '0.5.0',
    status: 'complete',
    test: 'protocols/xmpp/stream/authentication.test.ts',
  },
  {
    id: 'XEP-0484',
    name: 'Fast Authentication Streamlining Tokens',
    version: '0.2.0',
    status: 'partial',
    test: 'test/interop/signing-in-at-prosody.test.ts',
    note: 'HT-SHA-256 only',
  },
];
