/** XEP-0280: what our other devices send and receive, copied to us by our server. */
import { DisposableStack, ignore } from '../../../src/base/index.ts';
import { fromAccount } from '../address.ts';
import { forwarded, hear } from '../heard.ts';
import type { Feature, Session } from '../session.ts';
import { type Element, xml } from '../stream/element.ts';
import type { Standard } from '../standard.ts';

export const NS_CARBONS = 'urn:xmpp:carbons:2';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0280',
    name: 'Message Carbons',
    version: '1.0.1',
    status: 'complete',
    test: 'test/interop/two-people-talk.test.ts',
    namespaces: [NS_CARBONS],
  },
];

export const carbons: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_CARBONS));
  undo.use(
    session.onDidOpen(({ established }) => {
      // Switched on with the session itself (XEP-0386), so that nothing was missed in between.
      if (established.enabled.includes(NS_CARBONS)) return;
      const enabled = session.request({ type: 'set', payload: xml('enable', NS_CARBONS) });
      ignore(enabled, 'not every server copies', session.log);
    }),
  );
  undo.use(
    session.unwrap(NS_CARBONS, (copy, stanza) => {
      if (copy.name !== 'received' && copy.name !== 'sent') return false;
      take(session, copy, stanza);
      return true;
    }),
  );
  return undo;
};

/**
 * Only our own account may say what our devices said: from anyone else a copy is a forgery that would put words into
 * somebody's mouth (CVE-2017-5593).
 */
function take(session: Session, copy: Element, stanza: Element): void {
  if (!fromAccount(stanza.attribute('from'), session.self)) {
    session.log.warn('a forged copy of a message was dropped');
    return;
  }
  const inside = forwarded(copy);
  if (inside === undefined) return;
  const { message, ...stamp } = inside;
  const heard = hear(message, session.listener, { via: 'carbon', ...stamp });
  const direction = copy.name === 'sent' ? 'outgoing' : 'incoming';
  if (heard?.direction === direction) session.bring(heard);
}
