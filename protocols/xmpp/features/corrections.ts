/** XEP-0308: what we said is put otherwise, as a message of its own that names the first. Who may replace what is decided where messages are read. */
import { DisposableStack } from '../../../src/base/index.ts';
import { NS_CORRECTION } from '../said.ts';
import type { Feature } from '../session.ts';
import type { Standard } from '../standard.ts';
import { xml } from '../stream/element.ts';
import { write } from './messages.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0308',
    name: 'Last Message Correction',
    version: '1.2.1',
    status: 'complete',
    test: 'protocols/xmpp/features/corrections.test.ts',
    namespaces: [NS_CORRECTION],
  },
];

export const corrections: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_CORRECTION));
  undo.use(
    session.lend('corrections', {
      correct: async (message, replaces) => write(session, message, [xml('replace', NS_CORRECTION, { id: replaces })]),
    }),
  );
  return undo;
};
