/** XEP-0352: while nobody looks, the server may keep presences and typing back until something comes that matters. */
import { DisposableStack } from '../../../src/base/index.ts';
import type { Feature } from '../session.ts';
import type { Standard } from '../standard.ts';
import { xml } from '../stream/element.ts';

const NS_CSI = 'urn:xmpp:csi:0';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0352',
    name: 'Client State Indication',
    version: '1.0.0',
    status: 'complete',
    test: 'test/interop/several-devices-at-prosody.test.ts',
  },
];

export const clientState: Feature = (session) => {
  const undo = new DisposableStack();
  let offered = false;
  let attended = true;
  const tell = (): void => {
    if (offered && session.address !== undefined) session.tell(xml(attended ? 'active' : 'inactive', NS_CSI));
  };
  undo.use(
    session.onDidBegin(({ established }) => {
      offered = established.features.child('csi', NS_CSI) !== undefined;
      attended = true;
    }),
  );
  // The server takes a continued session for an active one (section 4.2).
  undo.use(
    session.onDidResume(() => {
      if (!attended) tell();
    }),
  );
  undo.use(
    session.lend('attention', {
      set: async (looked) => {
        if (attended === looked) return;
        attended = looked;
        tell();
      },
    }),
  );
  return undo;
};
