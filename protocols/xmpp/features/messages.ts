/** Talking with one contact (RFC 6121 section 5): what is said, and what becomes of it. */
import { DisposableStack, KithError, type KithErrorCode } from '../../../src/base/index.ts';
import type { ContactId, DeliveryState, MessageId, OutgoingMessage } from '../../../src/domain/index.ts';
import { type Heard, NS_IDS } from '../heard.ts';
import { said } from '../said.ts';
import type { Feature, Session } from '../session.ts';
import { NS_CLIENT, readError } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';

export const messages: Feature = (session) => {
  const undo = new DisposableStack();
  /** Written, not acknowledged. */
  const inFlight = new Set<MessageId>();
  const recipients = new Recipients();

  undo.use(session.advertise(NS_IDS));
  undo.use(
    session.lend('messages', {
      send: async (message) => {
        const to = recipientOf(message);
        session.send(stanzaOf(message, to, session.dressed(message)), () => {
          if (inFlight.delete(message.id)) deliver(session, message.id, 'sent');
        });
        inFlight.add(message.id);
        recipients.add(message.id, to);
        deliver(session, message.id, 'sending');
      },
    }),
  );
  undo.use(
    session.onDidEnd(() => {
      for (const id of inFlight) deliver(session, id, 'unconfirmed');
      inFlight.clear();
    }),
  );
  undo.use(
    session.onDidBounce((heard) => {
      const id = heard.message.attribute('id') as MessageId | undefined;
      if (id === undefined || !recipients.mayAnswer(id, heard.peer)) return;
      inFlight.delete(id);
      const { code, text } = readError(heard.message);
      deliver(session, id, 'failed', { reason: code, text });
    }),
  );
  undo.use(session.onDidHear((heard) => receive(session, heard)));
  return undo;
};

function receive(session: Session, heard: Heard): void {
  const message = said(heard, session.account, session.self);
  if (message === undefined) return;
  // A stranger who writes becomes a contact that stands in no list.
  if (heard.peer !== session.self) session.contacts.change(heard.peer, {});
  session.facts.say({ type: 'messages-received', messages: [message] });
}

function recipientOf(message: OutgoingMessage): ContactId {
  if (message.target.kind === 'contact') return message.target.contact;
  throw new KithError('not-supported', 'Rooms cannot be written to yet');
}

/** The id is also the origin id, by which our own archive and our other devices will name it (XEP-0359). */
export function stanzaOf(message: OutgoingMessage, to: ContactId, dress: readonly Element[]): Element {
  return xml(
    'message',
    NS_CLIENT,
    { type: 'chat', id: message.id, to },
    xml('body', NS_CLIENT, {}, message.body),
    xml('origin-id', NS_IDS, { id: message.id }),
    ...dress,
  );
}

function deliver(
  session: Session,
  message: MessageId,
  state: DeliveryState,
  why: { readonly reason?: KithErrorCode; readonly text?: string } = {},
): void {
  session.facts.say({
    type: 'delivery-changed',
    message,
    delivery: { state, at: session.clock.now(), ...why },
  });
}

/** Whom the last messages went to: only they may say what became of them. */
class Recipients {
  readonly #by = new Map<MessageId, ContactId>();

  add(id: MessageId, to: ContactId): void {
    this.#by.set(id, to);
    const [oldest] = this.#by.keys();
    if (this.#by.size > 1_000 && oldest !== undefined) this.#by.delete(oldest);
  }

  /** Of an older message we no longer know; its id, which nobody can guess, must do. */
  mayAnswer(id: MessageId, from: ContactId): boolean {
    const to = this.#by.get(id);
    return to === undefined || to === from;
  }
}
