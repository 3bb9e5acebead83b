/** Who asks to see us (RFC 6121 section 3): a question for the person, kept with the contact until it is answered. */
import type { ContactId } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import type { Feature, Session } from '../session.ts';
import { NS_CLIENT } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';

const longestRequest = 1_000;

export const subscriptions: Feature = (session) =>
  session.onDidReceivePresence((stanza) => {
    const from = bareAddress(stanza.attribute('from'));
    if (from === undefined || from === session.self) return;
    if (stanza.attribute('type') === 'subscribe') asked(session, from, stanza);
    if (stanza.attribute('type') === 'unsubscribe') withdrawn(session, from);
  });

function asked(session: Session, from: ContactId, stanza: Element): void {
  if (session.contacts.get(from)?.theySeeUs === 'yes') {
    // They already may, and their server does not know (RFC 6121 section 3.1.3).
    session.send(xml('presence', NS_CLIENT, { type: 'subscribed', to: from }));
    return;
  }
  const words = (stanza.child('status')?.text() ?? '').trim().slice(0, longestRequest);
  session.contacts.setRequest(from, words);
}

function withdrawn(session: Session, from: ContactId): void {
  const contact = session.contacts.get(from);
  if (contact?.theySeeUs !== 'asked') return;
  if (contact.listed) session.contacts.setRequest(from, undefined);
  else session.contacts.remove(from);
}
