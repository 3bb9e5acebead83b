/** XEP-0333: asks whether what we say was shown, says so of what others say when the person has seen it, and hears it from our other devices. */
import { DisposableStack, newId } from '../../../src/base/index.ts';
import type { ContactId, MessageId } from '../../../src/domain/index.ts';
import { NS_MARKERS } from '../said.ts';
import type { Feature, Session } from '../session.ts';
import { NS_CLIENT } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';
import { recipientOf } from './messages.ts';
import type { Standard } from '../standard.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0333',
    name: 'Displayed Markers',
    version: '0.4',
    status: 'complete',
    test: 'test/interop/two-people-talk.test.ts',
    namespaces: [NS_MARKERS],
  },
];

export const readMarkers: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_MARKERS));
  undo.use(session.dress(({ disclosure }) => (disclosure.readMarkers ? [xml('markable', NS_MARKERS)] : [])));
  undo.use(
    session.onDidHear((heard) => {
      const marked = markerIn(heard.message);
      if (heard.direction === 'outgoing') {
        // A copy or the archive, and both only from our own account (CVE-2017-5593).
        if (marked?.state === 'read' && heard.via !== 'live') readElsewhere(session, heard.peer, marked.id);
        return;
      }
      if (marked?.state === 'read') session.outbox.read(marked.id, heard.peer, heard.at);
      if (marked?.state === 'delivered') session.outbox.delivered(marked.id, heard.peer, heard.at);
    }),
  );
  undo.use(
    session.lend('readMarkers', {
      markRead: async (target, origin) => {
        const to = recipientOf({ target });
        // Whoever may not see us does not learn when we look, either.
        if (session.contacts.get(to)?.theySeeUs !== 'yes') return;
        session.send(
          xml('message', NS_CLIENT, { type: 'chat', id: newId(), to }, xml('displayed', NS_MARKERS, { id: origin })),
        );
      },
    }),
  );
  return undo;
};

function readElsewhere(session: Session, contact: ContactId, origin: string): void {
  session.facts.say({ type: 'read-elsewhere', target: { kind: 'contact', contact }, origin });
}

/** What this message says of one of ours; sent by another device of ours, of one of theirs. Older programs also mark arrival. */
export function markerIn(
  message: Element,
): { readonly id: MessageId; readonly state: 'read' | 'delivered' } | undefined {
  const displayed = message.child('displayed', NS_MARKERS) ?? message.child('acknowledged', NS_MARKERS);
  const id = (displayed ?? message.child('received', NS_MARKERS))?.attribute('id');
  if (id === undefined) return undefined;
  return { id: id as MessageId, state: displayed === undefined ? 'delivered' : 'read' };
}
