/** XEP-0191: whom the server keeps away from us, with a word to its people about why (XEP-0377). What of a blocked one comes all the same is neither shown nor answered. */
import { DisposableStack, ignore } from '../../../src/base/index.ts';
import { type ContactId, unknownPresence } from '../../../src/domain/index.ts';
import { bareAddress, domainOf, resourceOf } from '../address.ts';
import type { Feature, Session } from '../session.ts';
import type { Standard } from '../standard.ts';
import { type Element, xml } from '../stream/element.ts';

const NS_BLOCKING = 'urn:xmpp:blocking';
const NS_REPORTING = 'urn:xmpp:reporting:1';
const memoryKey = 'blocked';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0191',
    name: 'Blocking Command',
    version: '1.3',
    status: 'complete',
    test: 'test/interop/blocking-at-prosody.test.ts',
  },
  {
    id: 'XEP-0377',
    name: 'Spam Reporting',
    version: '0.3.1',
    status: 'partial',
    test: 'test/interop/blocking-at-prosody.test.ts',
    note: 'the sender with a reason, without the messages',
  },
];

export const blocking: Feature = (session) => {
  const undo = new DisposableStack();
  // Known from the start: what waited at the server comes before the list does.
  const blocked = new Set(recall(session));
  const changed = () => {
    session.memory.set(memoryKey, blocked.size === 0 ? undefined : [...blocked].join('\n'));
    session.facts.say({ type: 'blocked-changed', blocked: [...blocked] });
  };
  const add = (items: readonly ContactId[]) => {
    for (const item of items) {
      blocked.add(item);
      forget(session, item);
    }
    changed();
  };
  undo.use(session.refuse((from) => isIn(blocked, from)));
  undo.use(
    session.onDidOpen(() => {
      const listed = session.request({ type: 'get', payload: xml('blocklist', NS_BLOCKING) }).then((answer) => {
        blocked.clear();
        add(itemsOf(answer.child('blocklist', NS_BLOCKING)));
      });
      ignore(listed, 'not every server can block', session.log);
    }),
  );
  const pushed = (name: 'block' | 'unblock', take: (items: readonly ContactId[]) => void) =>
    undo.use(
      session.serve({ type: 'set', name, xmlns: NS_BLOCKING, onlyOwn: true, silent: true }, (element) => {
        take(itemsOf(element));
        return undefined;
      }),
    );
  pushed('block', add);
  pushed('unblock', (items) => {
    // Without items, everybody (section 3.4).
    if (items.length === 0) blocked.clear();
    for (const item of items) blocked.delete(item);
    changed();
  });
  undo.use(
    session.lend('blocking', {
      block: async (contact, report) => {
        const why =
          report === undefined ? undefined : xml('report', NS_REPORTING, { reason: `urn:xmpp:reporting:${report}` });
        const item = xml('item', NS_BLOCKING, { jid: contact }, why);
        await session.request({ type: 'set', payload: xml('block', NS_BLOCKING, {}, item) });
        add([contact]);
      },
      unblock: async (contact) => {
        const item = xml('item', NS_BLOCKING, { jid: contact });
        await session.request({ type: 'set', payload: xml('unblock', NS_BLOCKING, {}, item) });
        if (blocked.delete(contact)) changed();
      },
    }),
  );
  return undo;
};

/** What is shown of them from now on: nothing, and no open question. */
function forget(session: Session, item: ContactId): void {
  const contact = session.contacts.get(item);
  if (contact === undefined) return;
  if (contact.theySeeUs === 'asked' && !contact.listed) return session.contacts.remove(item);
  if (contact.theySeeUs === 'asked') session.contacts.setRequest(item, undefined);
  session.contacts.setPresence(item, unknownPresence);
}

/** One address, all its devices, one device, or a whole server (section 2). */
function isIn(blocked: ReadonlySet<string>, from: string): boolean {
  if (blocked.size === 0) return false;
  const bare = bareAddress(from);
  if (bare === undefined) return false;
  return blocked.has(bare) || blocked.has(domainOf(bare)) || blocked.has(`${bare}/${resourceOf(from)}`);
}

function itemsOf(list: Element | undefined): readonly ContactId[] {
  return (list?.childrenNamed('item') ?? []).flatMap((item) => {
    const address = item.attribute('jid') ?? '';
    const bare = bareAddress(address);
    if (bare === undefined) return [];
    const resource = resourceOf(address);
    return [(resource === '' ? bare : `${bare}/${resource}`) as ContactId];
  });
}

function recall(session: Session): readonly ContactId[] {
  return (session.memory.get(memoryKey) ?? '').split('\n').filter((one) => one !== '') as ContactId[];
}
