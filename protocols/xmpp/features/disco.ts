/** XEP-0030: tells who asks what we can do. The list is what the features themselves advertise. */
import { DisposableStack, KithError } from '../../../src/base/index.ts';
import type { Feature } from '../session.ts';
import { NS_CAPS, NS_DISCO_INFO, ownInfo, ownNodes } from './caps.ts';
import { NS_CAPS_2 } from './caps-hash.ts';

export const disco: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_CAPS, NS_CAPS_2));
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
