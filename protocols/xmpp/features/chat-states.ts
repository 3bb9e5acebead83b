/** XEP-0085: who is writing just now. */
import { DisposableStack, newId } from '../../../src/base/index.ts';
import type { ChatState, ContactId } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import type { Feature, Session } from '../session.ts';
import { NS_CLIENT } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';
import { recipientOf } from './messages.ts';
import type { Standard } from '../standard.ts';

export const NS_CHAT_STATES = 'http://jabber.org/protocol/chatstates';
/** XEP-0334: nobody needs to know tomorrow who was writing today. */
const NS_HINTS = 'urn:xmpp:hints';

const states: ReadonlySet<string> = new Set<ChatState>(['active', 'composing', 'paused', 'inactive', 'gone']);

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0085',
    name: 'Chat State Notifications',
    version: '2.1',
    status: 'complete',
    test: 'test/interop/two-people-talk.test.ts',
    namespaces: [NS_CHAT_STATES],
  },
];

export const chatStates: Feature = (session) => {
  const undo = new DisposableStack();
  /** What each contact last let us know; whoever stands here understands states. */
  const heardOf = new Map<ContactId, ChatState>();
  const hear = (from: ContactId, state: ChatState) => {
    const before = heardOf.get(from) ?? 'active';
    heardOf.set(from, state);
    if (before !== state && session.contacts.get(from) !== undefined) say(session, from, state);
  };
  undo.use(session.advertise(NS_CHAT_STATES));
  // It says that we understand states, and so invites theirs: whoever tells none does not (XEP-0085 section 5.1).
  undo.use(session.dress(({ disclosure }) => (disclosure.typingNotices ? [xml('active', NS_CHAT_STATES)] : [])));
  undo.use(session.onDidBegin(() => heardOf.clear()));
  undo.use(
    session.onDidResume(() => {
      for (const [from, state] of heardOf) if (state === 'composing' || state === 'paused') say(session, from, state);
    }),
  );
  undo.use(
    session.onDidHear((heard) => {
      const state = heard.via === 'live' && heard.direction === 'incoming' ? stateIn(heard.message) : undefined;
      if (state !== undefined) hear(heard.peer, state);
    }),
  );
  undo.use(
    session.onDidReceivePresence((stanza) => {
      const from = bareAddress(stanza.attribute('from'));
      // Whoever left is not writing, and had no chance to say so.
      if (from === undefined || stanza.attribute('type') !== 'unavailable' || !heardOf.has(from)) return;
      if (session.contacts.get(from)?.presence.availability === 'offline') hear(from, 'gone');
    }),
  );
  undo.use(
    session.lend('chatStates', {
      set: async (target, state) => {
        if (target.kind === 'room') return;
        const to = recipientOf({ target });
        if (session.address === undefined || !understands(session, to, heardOf.has(to))) return;
        session.send(
          xml(
            'message',
            NS_CLIENT,
            { type: 'chat', id: newId(), to },
            xml(state, NS_CHAT_STATES),
            xml('no-store', NS_HINTS),
          ),
        );
      },
    }),
  );
  return undo;
};

export function stateIn(message: Element): ChatState | undefined {
  const name = message.childIn(NS_CHAT_STATES)?.name;
  return name !== undefined && states.has(name) ? (name as ChatState) : undefined;
}

/** To whom it means something (XEP-0085 section 5.1), and who may know that we are here. */
function understands(session: Session, to: ContactId, spokeOfIt: boolean): boolean {
  const contact = session.contacts.get(to);
  if (contact === undefined || contact.presence.availability === 'offline') return false;
  if (contact.theySeeUs !== 'yes' && !spokeOfIt) return false;
  return spokeOfIt || contact.abilities.includes('chat-states');
}

function say(session: Session, from: ContactId, state: ChatState): void {
  session.facts.say({ type: 'chat-state-changed', target: { kind: 'contact', contact: from }, from, state });
}
