/** XEP-0199: answers whoever asks whether we are still there. */
import type { Feature } from '../session.ts';
import type { Standard } from '../standard.ts';

export const NS_PING = 'urn:xmpp:ping';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0199',
    name: 'XMPP Ping',
    version: '2.0.1',
    status: 'complete',
    test: 'test/interop/what-others-may-ask.test.ts',
    namespaces: [NS_PING],
  },
];

export const ping: Feature = (session) => session.serve({ type: 'get', name: 'ping', xmlns: NS_PING }, () => undefined);
