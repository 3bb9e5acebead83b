/** What contacts' programs can do (XEP-0115 section 6, XEP-0390): each kind of program is asked once, and remembered over restarts. */
import { DisposableStack, ignore } from '../../../src/base/index.ts';
import type { ContactAbility, ContactId } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import { NS_CORRECTION, NS_MARKERS } from '../said.ts';
import type { Feature, Session } from '../session.ts';
import { type Element, xml } from '../stream/element.ts';
import { type Claim, claimIn, NS_DISCO_INFO } from './caps.ts';
import { NS_CHAT_STATES } from './chat-states.ts';
import { NS_RECEIPTS } from './receipts.ts';

/** In the order they are listed with a contact. */
const abilityOf: readonly (readonly [namespace: string, ability: ContactAbility])[] = [
  [NS_RECEIPTS, 'receipts'],
  [NS_CORRECTION, 'corrections'],
  [NS_CHAT_STATES, 'chat-states'],
  [NS_MARKERS, 'read-markers'],
];
const memoryKey = 'caps';
const kept = 200;
/** Of those who bear the same hash. */
const mostAsked = 3;

export const abilities: Feature = (session) => {
  const undo = new DisposableStack();
  const known = recall(session.memory.get(memoryKey));
  /** Hashes being asked for, with the contacts that wait for the answer and where to ask them. */
  const asking = new Map<string, Map<ContactId, string>>();

  /** Tells whether what they answer is what the hash is of. */
  const learn = async (contact: ContactId, address: string, claim: Claim, waiting: Iterable<ContactId>) => {
    const payload = xml('query', NS_DISCO_INFO, { node: claim.node });
    const info = (await session.request({ type: 'get', to: address, payload })).child('query', NS_DISCO_INFO);
    if (info === undefined) return false;
    const found = abilitiesIn(info);
    // Only what the hash proves holds for others with the same hash: else one could speak for all.
    const proven = claim.proves(info);
    if (proven) remember(session, known, claim.key, found);
    for (const one of proven ? waiting : [contact]) {
      // Whoever was removed meanwhile stays removed.
      if (session.contacts.get(one) !== undefined) session.contacts.change(one, { abilities: found });
    }
    return proven;
  };
  const ask = async (contact: ContactId, address: string, claim: Claim) => {
    const waiting = new Map([[contact, address]]);
    asking.set(claim.key, waiting);
    try {
      // The first to bear a hash may lie about it, or be gone: then another is asked, but not all.
      const asked = new Set<ContactId>();
      for (let next: [ContactId, string] | undefined = [contact, address]; next !== undefined;) {
        asked.add(next[0]);
        const learned = await learn(...next, claim, waiting.keys()).catch(() => false);
        if (learned || asked.size === mostAsked) return;
        next = [...waiting].find(([one]) => !asked.has(one));
      }
    } finally {
      asking.delete(claim.key);
    }
  };
  undo.use(
    session.onDidReceivePresence((stanza) => {
      const address = stanza.attribute('from') ?? '';
      const contact = bareAddress(address);
      const claim = claimIn(stanza);
      if (contact === undefined || claim === undefined || stanza.attribute('type') !== undefined) return;
      if (contact === session.self || session.contacts.get(contact) === undefined) return;
      const found = known.get(claim.key);
      if (found !== undefined) session.contacts.change(contact, { abilities: found });
      else if (asking.has(claim.key)) asking.get(claim.key)?.set(contact, address);
      else ignore(ask(contact, address, claim), 'a program need not say what it can do', session.log);
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
  key: string,
  found: readonly ContactAbility[],
): void {
  known.set(key, found);
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
  session.memory.set(memoryKey, JSON.stringify([...known]));
}

function recall(text: string | undefined): Map<string, readonly ContactAbility[]> {
  try {
    return new Map(JSON.parse(text ?? '[]') as [string, ContactAbility[]][]);
  } catch {
    // A damaged memory costs one question for each kind of program.
    return new Map();
  }
}
