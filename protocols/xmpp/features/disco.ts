/** XEP-0030: tells who asks what we can do. The list is what the features themselves advertise. */
import { DisposableStack, KithError } from '../../../src/base/index.ts';
import type { Feature } from '../session.ts';
import { capsNode, NS_CAPS, ownInfo, ownVerification } from './caps.ts';

export const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info';

export const disco: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_CAPS));
  undo.use(
    session.serve({ type: 'get', name: 'query', xmlns: NS_DISCO_INFO }, (query) => {
      const node = query.attribute('node');
      // XEP-0115 section 6.2: the node of our caps is asked for, and answered with itself.
      if (node !== undefined && node !== `${capsNode}#${ownVerification(session.advertised)}`)
        throw new KithError('not-found', 'There is no such node');
      return ownInfo(session.advertised, node);
    }),
  );
  return undo;
};
