/** XEP-0184: asks whether what we say arrived, and says so of what others say. */
import { DisposableStack, newId } from '../../../src/base/index.ts';
import type { MessageId } from '../../../src/domain/index.ts';
import type { Heard } from '../heard.ts';
import type { Feature, Session } from '../session.ts';
import { NS_CLIENT } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';
import type { Standard } from '../standard.ts';

export const NS_RECEIPTS = 'urn:xmpp:receipts';

/** An offline store and an archive may both bring the same message: it is answered once. */
const remembered = 500;

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0184',
    name: 'Message Delivery Receipts',
    version: '1.4.0',
    status: 'complete',
    test: 'test/interop/two-people-talk.test.ts',
    namespaces: [NS_RECEIPTS],
  },
];

export const receipts: Feature = (session) => {
  const undo = new DisposableStack();
  const answered = new Set<string>();
  undo.use(session.advertise(NS_RECEIPTS));
  undo.use(session.dress(() => [xml('request', NS_RECEIPTS)]));
  undo.use(
    session.onDidHear((heard) => {
      if (heard.direction !== 'incoming') return;
      const id = receiptIn(heard.message);
      if (id !== undefined) return session.outbox.delivered(id, heard.peer, heard.at);
      if (!mayAnswer(session, heard)) return;
      const key = `${heard.peer} ${heard.message.attribute('id')}`;
      if (answered.has(key)) return;
      answered.add(key);
      const [oldest] = answered;
      if (answered.size > remembered && oldest !== undefined) answered.delete(oldest);
      answer(session, heard.message);
    }),
  );
  return undo;
};

/** The id of the message that this one confirms. */
export function receiptIn(message: Element): MessageId | undefined {
  return message.child('received', NS_RECEIPTS)?.attribute('id') as MessageId | undefined;
}

/** A receipt tells that we are online: only those who may see that are answered. Copies are answered by the device they were for. */
function mayAnswer(session: Session, { message, peer, via, missed }: Heard): boolean {
  if (via !== 'live' && missed !== true) return false;
  if (message.child('request', NS_RECEIPTS) === undefined || message.attribute('id') === undefined) return false;
  return session.contacts.get(peer)?.theySeeUs === 'yes';
}

/** 'It arrived' is true once it is on disk. */
function answer(session: Session, message: Element): void {
  const type = message.attribute('type');
  const receipt = xml(
    'message',
    NS_CLIENT,
    { id: newId(), to: message.attribute('from'), type },
    xml('received', NS_RECEIPTS, { id: message.attribute('id') }),
  );
  session.facts.whenStored(() => {
    if (session.address !== undefined) session.send(receipt);
  });
}
