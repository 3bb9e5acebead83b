/** XEP-0092: says which program this is, and nothing about the machine; not even that, if the person so chooses. */
import { disposable } from '../../../src/base/index.ts';
import type { Feature } from '../session.ts';
import { xml } from '../stream/element.ts';
import packageFile from '../../../package.json' with { type: 'json' };
import type { Standard } from '../standard.ts';

const NS_VERSION = 'jabber:iq:version';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0092',
    name: 'Software Version',
    version: '1.1',
    status: 'complete',
    test: 'test/interop/what-others-may-ask.test.ts',
    namespaces: [NS_VERSION],
  },
];

export const version: Feature = (session) => {
  if (session.parameters['tellProgram'] === false) return disposable(() => {});
  return session.serve({ type: 'get', name: 'query', xmlns: NS_VERSION }, () =>
    xml(
      'query',
      NS_VERSION,
      {},
      xml('name', NS_VERSION, {}, 'Kith'),
      xml('version', NS_VERSION, {}, packageFile.version),
    ),
  );
};
