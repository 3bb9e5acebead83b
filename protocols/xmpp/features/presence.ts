/** Who is there (RFC 6121 section 4): ours sent, theirs folded into one per contact. */
import { asKithError, DisposableStack, ignore, KithError, wordTable } from '../../../src/base/index.ts';
import { offlinePresence, type Presence, samePresence, unknownPresence } from '../../../src/domain/index.ts';
import { bareAddress, resourceOf } from '../address.ts';
import type { Beginning, Feature, Session } from '../session.ts';
import { NS_CLIENT, readError } from '../stanza-errors.ts';
import { type Element, xml } from '../stream/element.ts';
import { NS_PING } from './ping.ts';
import { Resources } from './resources.ts';

/** The words of `<show/>` by availability; none means available. */
const shows = { available: undefined, busy: 'dnd', away: 'away', 'extended-away': 'xa' } as const;
const availabilities = wordTable<Presence['availability']>({
  chat: 'available',
  dnd: 'busy',
  away: 'away',
  xa: 'extended-away',
});
/** Longer words of others are cut: nobody reads them, and everybody's copy grows. */
const longestMessage = 1_000;

export const presence: Feature = (session) => {
  const undo = new DisposableStack();
  const resources = new Resources();
  /** What the others were last told. */
  let own: Presence = offlinePresence;
  /** What to tell them as soon as this session is open; undefined once it is. */
  let waiting: Presence | undefined;

  const announce = (wanted: Presence) => {
    const stanza = ownPresence(session, wanted);
    if (waiting !== undefined && session.address !== undefined) {
      waiting = wanted;
      return;
    }
    session.send(stanza);
    for (const to of session.rooms.shows(stanza)) session.send(stanza.with({ to }));
    own = wanted;
    session.facts.say({ type: 'self-changed', contact: session.self, presence: own });
  };
  undo.use(
    session.onDidBegin((beginning: Beginning) => {
      resources.clear();
      session.contacts.forgetPresences();
      waiting = beginning.presence;
    }),
  );
  undo.use(
    session.onDidOpen((beginning) => {
      const wanted = waiting ?? beginning.presence;
      waiting = undefined;
      announce(wanted);
      ignore(settle(session), 'whoever has not answered may still be there', session.log);
    }),
  );
  undo.use(
    session.onDidResume((beginning) => {
      // What the person asked for meanwhile was not heard by anyone.
      if (waiting === undefined && samePresence(beginning.presence, own))
        session.facts.say({ type: 'self-changed', contact: session.self, presence: own });
      else announce(beginning.presence);
    }),
  );
  undo.use(
    session.onDidEnd(() => {
      waiting = undefined;
    }),
  );
  undo.use(session.onDidReceivePresence((stanza) => receive(session, resources, stanza)));
  undo.use(session.lend('presence', { setOwn: async (wanted) => announce(wanted) }));
  undo.use(session.lend('devices', { list: async (of) => resources.all(of) }));
  return undo;
};

/** Rejects what cannot be shown to others. */
export function ownPresence(session: Pick<Session, 'adornments' | 'parameters'>, wanted: Presence): Element {
  const message = wanted.message === '' ? undefined : xml('status', NS_CLIENT, {}, wanted.message);
  if (wanted.availability === 'offline') return xml('presence', NS_CLIENT, { type: 'unavailable' }, message);
  if (wanted.availability === 'hidden' || wanted.availability === 'unknown')
    throw new KithError('not-supported', 'This network has no way to be online and not seen');
  const show = wanted.status === 'chat' && wanted.availability === 'available' ? 'chat' : shows[wanted.availability];
  return xml(
    'presence',
    NS_CLIENT,
    {},
    show === undefined ? undefined : xml('show', NS_CLIENT, {}, show),
    message,
    ownPriority(session),
    ...session.adornments,
  );
}

/** RFC 6121 section 4.7.2.3. Nothing of it means zero. */
function ownPriority({ parameters }: Pick<Session, 'parameters'>): Element | undefined {
  const { priority } = parameters;
  return typeof priority === 'number' && priority !== 0 ? xml('priority', NS_CLIENT, {}, String(priority)) : undefined;
}

/** A server sends the presence of those who are there; of the others it says nothing. Once it has answered a ping after ours, silence means offline. */
async function settle(session: Session): Promise<void> {
  try {
    await session.request({ type: 'get', payload: xml('ping', NS_PING) });
  } catch (error) {
    const { code } = asKithError(error);
    // Lost on the way: this session says nothing more. Any other answer is one.
    if (code === 'network' || code === 'not-online') return;
  }
  session.contacts.settle();
}

function receive(session: Session, resources: Resources, stanza: Element): void {
  const from = stanza.attribute('from') ?? session.self;
  const contact = bareAddress(from);
  if (contact === undefined) return;
  // Our own other devices are not contacts.
  if (contact === session.self) return noteOwn(session, resources, from, stanza);
  if (session.contacts.get(contact) === undefined) {
    // It may have overtaken the list, which is answered in a promise; in the same read both arrive at once.
    if (!session.contacts.listed) session.contacts.whenListed(() => receive(session, resources, stanza));
    // A stranger's presence makes no contact, and is not kept either.
    return;
  }
  const resource = resourceOf(from);
  switch (stanza.attribute('type')) {
    case undefined:
      resources.set(contact, resource, readPresence(stanza), priorityOf(stanza));
      break;
    case 'unavailable':
      if (resource === '') resources.drop(contact);
      else resources.remove(contact, resource, readPresence(stanza));
      break;
    case 'error': {
      const { condition, text } = readError(stanza);
      // Ours was under way to a device that left meanwhile; of the others it says nothing.
      if (condition === 'recipient-unavailable') return;
      resources.drop(contact);
      return session.contacts.setPresence(contact, { availability: 'unknown', status: 'error', message: text });
    }
    default:
      return;
  }
  session.contacts.setPresence(contact, resources.best(contact));
}

function noteOwn(session: Session, resources: Resources, from: string, stanza: Element): void {
  if (from === session.address) return;
  const resource = resourceOf(from);
  const type = stanza.attribute('type');
  if (type === undefined) resources.set(session.self, resource, readPresence(stanza), priorityOf(stanza));
  if (type === 'unavailable') resources.remove(session.self, resource, offlinePresence);
}

export function readPresence(stanza: Element): Presence {
  const message = (stanza.child('status')?.text() ?? '').slice(0, longestMessage);
  if (stanza.attribute('type') === 'unavailable') return { ...offlinePresence, message };
  if (stanza.attribute('type') !== undefined) return unknownPresence;
  const show = stanza.child('show')?.text().trim() ?? '';
  const availability = availabilities(show);
  return availability === undefined
    ? { availability: 'available', status: 'available', message }
    : { availability, status: show, message };
}

function priorityOf(stanza: Element): number {
  const priority = Number.parseInt(stanza.child('priority')?.text() ?? '0', 10);
  return priority >= -128 && priority <= 127 ? priority : 0;
}
