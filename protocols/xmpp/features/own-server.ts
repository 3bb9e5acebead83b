/** Asks once a session what our account can do at its server (XEP-0030). */
import { ignore } from '../../../src/base/index.ts';
import type { Feature, Session } from '../session.ts';
import { xml } from '../stream/element.ts';
import { NS_DISCO_INFO } from './caps.ts';

export const ownServer: Feature = (session) =>
  session.onDidOpen(() => ignore(learn(session), 'a server may not tell', session.log));

async function learn(session: Session): Promise<void> {
  const answer = await session.request({ type: 'get', to: session.self, payload: xml('query', NS_DISCO_INFO) });
  const features = answer.child('query', NS_DISCO_INFO)?.childrenNamed('feature') ?? [];
  session.server.learn(features.map((feature) => feature.attribute('var') ?? ''));
}
