/** XEP-0030: tells who asks what we can do. The list is what the features themselves advertise. */
import { DisposableStack, KithError } from '../../../src/base/index.ts';
import type { Feature } from '../session.ts';
import { capsOf, NS_CAPS, NS_DISCO_INFO, ownInfo, ownNodes } from './caps.ts';
import { NS_CAPS_2 } from './caps-hash.ts';
import type { Standard } from '../standard.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0030',
    name: 'Service Discovery',
    version: '2.5.0',
    status: 'complete',
    test: 'protocols/xmpp/features/disco.test.ts',
    namespaces: [NS_DISCO_INFO],
  },
  {
    id: 'XEP-0115',
    name: 'Entity Capabilities',
    version: '1.6.0',
    status: 'complete',
    test: 'test/interop/what-a-hash-spares.test.ts',
    namespaces: [NS_CAPS],
  },
  {
    id: 'XEP-0390',
    name: 'Entity Capabilities 2.0',
    version: '0.3.2',
    status: 'complete',
    test: 'protocols/xmpp/features/disco.test.ts',
    namespaces: [NS_CAPS_2],
  },
];

export const disco: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_CAPS, NS_CAPS_2));
  undo.use(session.adorn(() => capsOf(session.advertised)));
  undo.use(
    session.serve({ type: 'get', name: 'query', xmlns: NS_DISCO_INFO }, (query) => {
      const node = query.attribute('node');
      // XEP-0115 section 6.2: the node of our caps is asked for, and answered with itself.
      if (node !== undefined && !ownNodes(session.advertised).includes(node))
        throw new KithError('not-found', 'There is no such node');
      return ownInfo(session.advertised, node);
    }),
  );
  return undo;
};
