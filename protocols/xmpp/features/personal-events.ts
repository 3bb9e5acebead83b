/** What people publish of themselves (XEP-0163): heard from contacts and from ourselves, fetched by name, published by us. */
import { asKithError, type Disposable, disposable } from '../../../src/base/index.ts';
import type { ContactId } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import { NS_PUBLISH_OPTIONS } from '../server-abilities.ts';
import type { Session } from '../session.ts';
import type { Standard } from '../standard.ts';
import { type Element, xml } from '../stream/element.ts';
import { NS_DATA } from './data-forms.ts';

const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
const NS_EVENT = `${NS_PUBSUB}#event`;

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0163',
    name: 'Personal Eventing Protocol',
    version: '1.2.2',
    status: 'complete',
    test: 'test/interop/pictures-and-names.test.ts',
  },
  {
    id: 'XEP-0060',
    name: 'Publish-Subscribe',
    version: '1.26.0',
    status: 'partial',
    test: 'protocols/xmpp/features/avatars.test.ts',
    note: 'as far as personal events need it',
  },
  {
    id: 'XEP-0004',
    name: 'Data Forms',
    version: '2.13.1',
    status: 'partial',
    test: 'protocols/xmpp/features/avatars.test.ts',
    note: 'filled in where a protocol says what stands in them',
  },
];

export interface Published {
  /** Our own account, or a contact: never a stranger. */
  readonly from: ContactId;
  readonly id: string;
  /** Undefined when it was taken back. */
  readonly payload: Element | undefined;
}

/** Asks servers for everything published at this node, and hears it. */
export function watch(session: Session, node: string, hear: (published: Published) => void): Disposable {
  const advertised = session.advertise(`${node}+notify`);
  const heard = session.unwrap(NS_EVENT, (event, stanza) => {
    const items = event.child('items');
    if (event.name !== 'event' || items?.attribute('node') !== node) return false;
    const from = bareAddress(stanza.attribute('from') ?? session.self);
    if (from === undefined || (from !== session.self && session.contacts.get(from) === undefined)) return true;
    for (const item of items.elements()) {
      const id = item.attribute('id') ?? '';
      if (item.name === 'item') hear({ from, id, payload: item.elements()[0] });
      if (item.name === 'retract') hear({ from, id, payload: undefined });
    }
    return true;
  });
  return disposable(() => {
    heard[Symbol.dispose]();
    advertised[Symbol.dispose]();
  });
}

/** Resolves with the payload of one item, or of the newest; rejects 'not-found' and as the other side refuses. */
export async function published(
  session: Session,
  from: ContactId,
  node: string,
  id?: string,
): Promise<Element | undefined> {
  const item = id === undefined ? undefined : xml('item', NS_PUBSUB, { id });
  const items = xml('items', NS_PUBSUB, { node, ...(id === undefined ? { max_items: '1' } : {}) }, item);
  const answer = await session.request({ type: 'get', to: from, payload: xml('pubsub', NS_PUBSUB, {}, items) });
  return answer.child('pubsub', NS_PUBSUB)?.child('items')?.child('item')?.elements()[0];
}

/** Everything at a node of our own; nothing where there is none. Rejects as the server refuses. */
export async function publishedByUs(session: Session, node: string): Promise<readonly Published[]> {
  const payload = xml('pubsub', NS_PUBSUB, {}, xml('items', NS_PUBSUB, { node }));
  try {
    const answer = await session.request({ type: 'get', payload });
    const items = answer.child('pubsub', NS_PUBSUB)?.child('items')?.childrenNamed('item') ?? [];
    return items.map((item) => ({
      from: session.self,
      id: item.attribute('id') ?? '',
      payload: item.elements()[0],
    }));
  } catch (error) {
    if (asKithError(error).code === 'not-found') return [];
    throw error;
  }
}

/** For what our devices tell each other: every item stays, for nobody else to read (XEP-0223). */
export const amongOurDevices: Readonly<Record<string, string>> = {
  'pubsub#persist_items': 'true',
  'pubsub#max_items': 'max',
  'pubsub#send_last_published_item': 'never',
  'pubsub#access_model': 'whitelist',
};

/** `options` are required of the node (XEP-0060 section 7.1.5); where it was made otherwise, the server's refusal stands. */
export async function publish(
  session: Session,
  node: string,
  id: string,
  payload: Element,
  options: Readonly<Record<string, string>> = {},
): Promise<void> {
  const item = xml('publish', NS_PUBSUB, { node }, xml('item', NS_PUBSUB, { id }, payload));
  const fields = Object.entries({ FORM_TYPE: NS_PUBLISH_OPTIONS, ...options }).map(([name, value]) =>
    xml(
      'field',
      NS_DATA,
      { var: name, type: name === 'FORM_TYPE' ? 'hidden' : undefined },
      xml('value', NS_DATA, {}, value),
    ),
  );
  const wanted =
    fields.length === 1
      ? undefined
      : xml('publish-options', NS_PUBSUB, {}, xml('x', NS_DATA, { type: 'submit' }, ...fields));
  await session.request({ type: 'set', payload: xml('pubsub', NS_PUBSUB, {}, item, wanted) });
}
