/** The list of contacts (RFC 6121 section 2), fetched only when it changed (section 2.6, once XEP-0237). */
import { DisposableStack, ignore } from '../../../src/base/index.ts';
import type { Contact, ContactId } from '../../../src/domain/index.ts';
import { proof } from '../invitation.ts';
import type { Beginning, Feature, Session } from '../session.ts';
import { NS_CLIENT } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';
import { type RosterItem, readItem } from './roster-item.ts';
import type { Standard } from '../standard.ts';

export const NS_ROSTER = 'jabber:iq:roster';
const NS_APPROVAL = 'urn:xmpp:features:pre-approval';
const NS_ROSTER_VERSION = 'urn:xmpp:features:rosterver';

/** Under this key: the version the remembered contacts are of, and how many they were. */
const versionKey = 'roster';

export const standards: readonly Standard[] = [
  {
    id: 'RFC 6121',
    name: 'Instant Messaging and Presence',
    status: 'complete',
    test: 'test/interop/two-people-talk.test.ts',
  },
  {
    id: 'XEP-0237',
    name: 'Roster Versioning',
    version: '1.3',
    status: 'complete',
    test: 'test/interop/kept-at-the-server.test.ts',
  },
];

export const roster: Feature = (session) => {
  const undo = new DisposableStack();
  let approves = false;
  undo.use(
    session.onDidBegin((beginning) => {
      approves = beginning.established.features.child('sub', NS_APPROVAL) !== undefined;
      const received = receive(session, beginning);
      // Servers visit every contact when we are announced, and the list waits behind that (RFC 6121 section 2.2).
      session.first(received);
      ignore(received, 'says itself what went wrong', session.log);
    }),
  );
  undo.use(session.onDidResume(() => session.contacts.sayAgain()));
  undo.use(
    session.serve({ type: 'set', name: 'query', xmlns: NS_ROSTER, onlyOwn: true, silent: true }, (query) => {
      for (const item of query.childrenNamed('item')) take(session, item);
      rememberVersion(session, query.attribute('ver'));
      return undefined;
    }),
  );
  undo.use(
    session.lend('roster', {
      request: async (contact, { alias, groups, message, welcome, invitation }) => {
        const before = session.contacts.get(contact);
        await write(session, contact, alias ?? before?.alias ?? '', groups ?? before?.groups ?? []);
        // Section 3.4: an answer given before the question. Elsewhere it would be taken for a grant nobody asked for.
        if (welcome === true && approves && before?.theySeeUs !== 'yes') subscription(session, contact, 'subscribed');
        if (before?.weSeeThem !== 'yes') subscription(session, contact, 'subscribe', message, invitation);
        // Who asks to see someone that asked the same has said yes by that.
        if (before?.theySeeUs === 'asked') grant(session, contact);
      },
      authorise: async (contact) => grant(session, contact),
      refuse: async (contact) => {
        const asked = session.contacts.get(contact);
        subscription(session, contact, 'unsubscribed');
        if (asked?.listed === false) session.contacts.remove(contact);
        else if (asked !== undefined) session.contacts.setRequest(contact, undefined);
      },
      remove: async (contact) => {
        const open = session.contacts.get(contact);
        if (open?.theySeeUs === 'asked') subscription(session, contact, 'unsubscribed');
        if (open?.listed === false) return session.contacts.remove(contact);
        await change(session, xml('item', NS_ROSTER, { jid: contact, subscription: 'remove' }));
      },
      rename: async (contact, alias) => write(session, contact, alias, session.contacts.get(contact)?.groups ?? []),
      setGroups: async (contact, groups) => write(session, contact, session.contacts.get(contact)?.alias ?? '', groups),
    }),
  );
  return undo;
};

/** Asks for the list, or only whether it changed. Without an answer the remembered one stands, and nobody is called offline. */
async function receive(session: Session, { established }: Beginning): Promise<void> {
  const versioned = established.features.child('ver', NS_ROSTER_VERSION) !== undefined;
  try {
    const answer = await session.request({
      type: 'get',
      payload: xml('query', NS_ROSTER, versioned ? { ver: knownVersion(session) } : {}),
    });
    const query = answer.child('query', NS_ROSTER);
    // An empty answer: what we have is current, and pushes bring the rest.
    if (query !== undefined) replace(session, query);
    session.contacts.received();
  } catch (error) {
    session.log.warn('the contact list was not received', { error: String(error) });
  }
}

function replace(session: Session, query: Element): void {
  const listed = new Set<ContactId>();
  for (const element of query.childrenNamed('item')) {
    const item = readItem(element);
    if (item === undefined || item.subscription === 'remove') continue;
    listed.add(item.id);
    keep(session, item);
  }
  for (const contact of [...session.contacts.all()]) {
    if (contact.listed && !listed.has(contact.id)) session.contacts.remove(contact.id);
  }
  rememberVersion(session, query.attribute('ver'));
}

function take(session: Session, element: Element): void {
  const item = readItem(element);
  if (item === undefined) return;
  if (item.subscription === 'remove') session.contacts.remove(item.id);
  else keep(session, item);
}

function keep(session: Session, item: RosterItem): void {
  const before = session.contacts.get(item.id);
  const asks = before?.theySeeUs === 'asked' && item.contact.theySeeUs === 'no';
  if (before?.request !== undefined && !asks) session.contacts.setRequest(item.id, undefined);
  session.contacts.change(item.id, asks ? { ...item.contact, theySeeUs: 'asked' } : item.contact);
}

/** Empty asks the server for the whole list and for a version of it. */
function knownVersion(session: Session): string {
  const [count, ...version] = (session.memory.get(versionKey) ?? '').split(' ');
  // The list may have been lost where the version was not: then it is worth nothing.
  return Number(count) === listedIn(session.remembered) ? version.join(' ') : '';
}

function rememberVersion(session: Session, version: string | undefined): void {
  if (version === undefined) return;
  const count = listedIn(session.contacts.all());
  // Never ahead of the list itself: a version without its contacts would hide them for ever.
  session.facts.whenStored(() => session.memory.set(versionKey, `${count} ${version}`));
}

function listedIn(contacts: Iterable<Contact>): number {
  let count = 0;
  for (const contact of contacts) if (contact.listed) count += 1;
  return count;
}

/** The whole item is written each time: a part left out would be taken away. */
function write(session: Session, contact: ContactId, alias: string, groups: readonly string[]): Promise<void> {
  const name = alias === '' ? undefined : alias;
  const inside = groups.map((group) => xml('group', NS_ROSTER, {}, group));
  return change(session, xml('item', NS_ROSTER, { jid: contact, name }, ...inside));
}

async function change(session: Session, item: Element): Promise<void> {
  await session.request({ type: 'set', payload: xml('query', NS_ROSTER, {}, item) });
}

function grant(session: Session, contact: ContactId): void {
  subscription(session, contact, 'subscribed');
  session.contacts.setRequest(contact, undefined);
}

function subscription(session: Session, to: ContactId, type: string, message = '', invitation?: string): void {
  const words = message === '' ? undefined : xml('status', NS_CLIENT, {}, message);
  const proven = invitation === undefined ? undefined : proof(invitation);
  session.send(xml('presence', NS_CLIENT, { type, to }, words, proven));
}
