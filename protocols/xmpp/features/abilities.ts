/** What contacts' programs can do (XEP-0115 section 6): each kind of program is asked once, and remembered over restarts. */
import { DisposableStack, ignore } from '../../../src/base/index.ts';
import type { ContactAbility, ContactId } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import { NS_MARKERS } from '../said.ts';
import type { Feature, Session } from '../session.ts';
import { type Element, xml } from '../stream/element.ts';
import { NS_CAPS, verificationOf } from './caps.ts';
import { NS_CHAT_STATES } from './chat-states.ts';
import { NS_DISCO_INFO } from './disco.ts';
import { NS_RECEIPTS } from './receipts.ts';

/** In the order they are listed with a contact. */
const abilityOf: readonly (readonly [namespace: string, ability: ContactAbility])[] = [
  [NS_RECEIPTS, 'receipts'],
  [NS_CHAT_STATES, 'chat-states'],
  [NS_MARKERS, 'read-markers'],
];
const key = 'caps';
const kept = 200;

export const abilities: Feature = (session) => {
  const undo = new DisposableStack();
  const known = recall(session.memory.get(key));
  /** Hashes being asked for, with the contacts that wait for the answer. */
  const asking = new Map<string, Set<ContactId>>();

  const learn = async (contact: ContactId, address: string, caps: Element, ver: string) => {
    const waiting = new Set([contact]);
    asking.set(ver, waiting);
    try {
      const node = `${caps.attribute('node') ?? ''}#${ver}`;
      const payload = xml('query', NS_DISCO_INFO, { node });
      const info = (await session.request({ type: 'get', to: address, payload })).child('query', NS_DISCO_INFO);
      if (info === undefined) return;
      const found = abilitiesIn(info);
      // Only what the hash proves holds for others with the same hash: else one could speak for all.
      const proven = caps.attribute('hash') === 'sha-1' && verificationOf(info) === ver;
      if (proven) remember(session, known, ver, found);
      for (const one of proven ? waiting : [contact]) {
        // Whoever was removed meanwhile stays removed.
        if (session.contacts.get(one) !== undefined) session.contacts.change(one, { abilities: found });
      }
    } finally {
      asking.delete(ver);
    }
  };
  undo.use(
    session.onDidReceivePresence((stanza) => {
      const address = stanza.attribute('from') ?? '';
      const contact = bareAddress(address);
      const caps = stanza.child('c', NS_CAPS);
      const ver = caps?.attribute('ver');
      if (contact === undefined || caps === undefined || ver === undefined || stanza.attribute('type') !== undefined)
        return;
      if (contact === session.self || session.contacts.get(contact) === undefined) return;
      const found = known.get(ver);
      if (found !== undefined) session.contacts.change(contact, { abilities: found });
      else if (asking.has(ver)) asking.get(ver)?.add(contact);
      else ignore(learn(contact, address, caps, ver), 'a program need not say what it can do', session.log);
    }),
  );
  return undo;
};

function abilitiesIn(info: Element): readonly ContactAbility[] {
  const features = new Set(info.childrenNamed('feature').map((feature) => feature.attribute('var')));
  return ['text', ...abilityOf.filter(([namespace]) => features.has(namespace)).map(([, ability]) => ability)];
}

function remember(
  session: Session,
  known: Map<string, readonly ContactAbility[]>,
  ver: string,
  found: readonly ContactAbility[],
): void {
  known.set(ver, found);
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
  session.memory.set(key, JSON.stringify([...known]));
}

function recall(text: string | undefined): Map<string, readonly ContactAbility[]> {
  try {
    return new Map(JSON.parse(text ?? '[]') as [string, ContactAbility[]][]);
  } catch {
    // A damaged memory costs one question for each kind of program.
    return new Map();
  }
}
