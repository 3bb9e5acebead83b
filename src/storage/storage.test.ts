import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryPlace, Store } from '../contracts/index.ts';
import {
  conversationId,
  unknownPresence,
  type AccountId,
  type ContactId,
  type Delivery,
  type HeldFile,
  type MessageId,
} from '../domain/index.ts';
import { account, amy, contact, home, message, own, storeAt, temporaryFolder, toAmy } from './samples.ts';

const place = temporaryFolder();
const withAmy = conversationId(home, toAmy);
let store: Store;
let number = 0;

beforeEach(() => {
  number += 1;
  store = storeAt(`${place.folder}/${number}`);
  store.saveAccount(account());
});
afterEach(() => store.close());
afterAll(() => place.remove());

/** Closes and opens again: what is asked afterwards comes from the disk. */
function again(): void {
  store.close();
  store = storeAt(`${place.folder}/${number}`);
}

describe('accounts', () => {
  it('come back as they were saved, in the order they were added', () => {
    const work = {
      ...account('work' as AccountId),
      parameters: { port: 5222, server: 'x', tls: true },
      enabled: false,
    };
    store.saveAccount(work);
    store.saveAccount({ ...account(), name: 'At home' });
    again();
    expect(store.accounts()).toEqual([{ ...account(), name: 'At home' }, work]);
  });

  it('take their messages, contacts and memory along when removed', () => {
    store.keep([message('a', 1), own('b', 2)]);
    store.saveContacts(home, [contact('amy')], []);
    store.remember(home, 'version', '7');
    store.removeAccount(home);
    expect(store.accounts()).toEqual([]);
    expect(store.conversations()).toEqual([]);
    expect(store.message('a' as MessageId)).toBeUndefined();
    expect(store.search({ words: 'words', limit: 10 }).messages).toEqual([]);
    store.saveAccount(account());
    expect(store.contacts(home)).toEqual([]);
    expect(store.memory(home)).toEqual([]);
  });

  it('that are gone have left nothing on the disk', () => {
    const other = account('other' as AccountId);
    store.saveAccount(other);
    for (let at = 0; at < 500; at += 1) {
      store.keep([message(`gone-${at}`, at, { body: `whispered-${at} softly` })]);
      store.keep([message(`kept-${at}`, at, { account: other.id, body: `spoken-${at} aloud` })]);
    }
    store.saveDraft(home, toAmy, 'whispered-draft');
    again();
    store.removeAccount(home);
    const folder = `${place.folder}/${number}`;
    const onDisk = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'latin1'));
    expect(onDisk.join('').match(/whispered|softly/gu)).toBeNull();
    expect(onDisk.join('')).toContain('spoken-499 aloud');
    expect(store.search({ words: 'aloud', limit: 5 }).messages).toHaveLength(5);
  });

  it('that are gone keep nothing more', () => {
    store.removeAccount(home);
    const gone = expect.objectContaining({ code: 'not-found' });
    expect(() => store.keep([message('a', 1)])).toThrow(gone);
    expect(() => store.saveContacts(home, [contact('amy')], [])).toThrow(gone);
    expect(() => store.remember(home, 'version', '7')).toThrow(gone);
  });
});

describe('small things', () => {
  it('are remembered, replaced and forgotten', () => {
    store.remember(home, 'version', '7');
    store.remember(home, 'version', '8');
    store.remember(home, 'other', 'x');
    store.remember(home, 'other', undefined);
    store.saveSetting('theme', 'dark');
    store.saveSetting('density', 'compact');
    store.saveSetting('density', undefined);
    again();
    expect(store.memory(home)).toEqual([['version', '8']]);
    expect(store.setting('theme')).toBe('dark');
    expect(store.setting('density')).toBeUndefined();
  });
});

describe('contacts', () => {
  it('come back without the presence they had', () => {
    const bob = { ...contact('bob'), presence: { ...unknownPresence, availability: 'away' as const } };
    store.saveContacts(home, [contact('amy'), bob], []);
    store.saveContacts(home, [{ ...contact('amy'), alias: 'Amy' }], [bob.id]);
    again();
    expect(store.contacts(home)).toEqual([{ ...contact('amy'), alias: 'Amy' }]);
    store.saveContacts(home, [bob], []);
    expect(store.contacts(home).find((one) => one.id === bob.id)?.presence).toEqual(unknownPresence);
  });
});

describe('a message that comes again', () => {
  it('is swallowed when the archive gave it the same id', () => {
    expect(store.keep([message('a', 1, { archive: 'x1' })]).fresh).toHaveLength(1);
    expect(store.keep([message('b', 2, { archive: 'x1' })])).toEqual({
      fresh: [],
      confirmed: [],
      corrected: [],
      absorbed: [],
    });
  });

  it('is swallowed when the same sender gave it the same id, and teaches us its archive id', () => {
    store.keep([message('a', 1, { origin: 'o1' })]);
    expect(store.keep([message('b', 2, { origin: 'o1', archive: 'x1' })]).fresh).toEqual([]);
    expect(store.message('a' as MessageId)?.archive).toBe('x1');
    expect(store.keep([message('c', 3, { archive: 'x1' })]).fresh).toEqual([]);
  });

  it('is swallowed within one batch too', () => {
    expect(store.keep([message('a', 1, { origin: 'o1' }), message('b', 1, { origin: 'o1' })]).fresh).toHaveLength(1);
  });

  it('is another message when another sender used that id, or another conversation has it', () => {
    const bob = { from: 'bob@example.org' as ContactId, origin: 'o1' };
    const toBob = { kind: 'contact', contact: bob.from } as const;
    store.keep([message('a', 1, { origin: 'o1' })]);
    expect(store.keep([message('b', 2, bob), message('c', 3, { ...bob, target: toBob })]).fresh).toHaveLength(2);
  });

  it('is another message when a sender that counts from one again says other words under an old id', () => {
    store.keep([message('a', 1, { origin: '1', archive: 'x1' })]);
    const anew = message('b', 2, { origin: '1', archive: 'x2', body: 'something else' });
    expect(store.keep([anew]).fresh).toEqual([anew]);
    expect(store.keep([message('c', 3, { origin: '1', archive: 'x3', body: 'words of a' })]).fresh).toEqual([]);
  });

  it('confirms one of our own, whatever name of ours it bears', () => {
    store.keep([own('mine', 1, { delivery: { state: 'sending', at: 1 } })]);
    const copy = own('b', 2, {
      origin: 'mine',
      archive: 'x1',
      caughtUp: true,
      from: 'me@home.example/tablet' as ContactId,
    });
    expect(store.keep([copy])).toEqual({ fresh: [], confirmed: ['mine'], corrected: [], absorbed: [] });
    expect(store.message('mine' as MessageId)).toEqual(
      own('mine', 1, { archive: 'x1', delivery: { state: 'sending', at: 1 } }),
    );
  });

  it('from a stranger never confirms one of ours', () => {
    store.keep([own('mine', 1)]);
    expect(store.keep([message('b', 2, { origin: 'mine' })]).confirmed).toEqual([]);
  });
});

describe('a stored message', () => {
  it('comes back whole', () => {
    const whole = message('a', 5, {
      origin: 'o',
      archive: 'x',
      wantsReadMarker: true,
      caughtUp: true,
      body: 'ä\u{1F600}\n"',
    });
    const room = message('r', 6, { target: { kind: 'room', room: 'den@rooms.example' as never } });
    const failed = own('f', 7, { delivery: { state: 'failed', at: 8, reason: 'permission-denied', text: 'no' } });
    store.keep([whole, room, failed]);
    again();
    for (const one of [whole, room, failed]) expect(store.message(one.id)).toEqual(one);
  });

  it('keeps the words behind a NUL', () => {
    store.keep([message('a', 1, { body: 'before\0after' })]);
    expect(store.message('a' as MessageId)?.body).toBe('before\uFFFDafter');
  });

  it('is gone when removed, and the one before it is the last again', () => {
    store.keep([message('a', 1), message('b', 2)]);
    store.removeMessage('b' as MessageId);
    store.removeMessage('b' as MessageId);
    expect(store.conversation(withAmy)).toMatchObject({ unread: 1, last: { id: 'a' } });
    store.removeMessage('a' as MessageId);
    expect(store.conversation(withAmy)).toEqual({ id: withAmy, account: home, target: toAmy, unread: 0 });
    expect(store.search({ words: 'words', limit: 10 }).messages).toEqual([]);
  });
});

describe('delivery', () => {
  const state = (name: Delivery['state'], at = 9): Delivery => ({ state: name, at });
  it('only moves forwards, unless a person tries again', () => {
    store.keep([own('m', 1, { delivery: state('queued') })]);
    const id = 'm' as MessageId;
    expect(store.saveDelivery(id, state('delivered'))?.delivery).toEqual(state('delivered'));
    expect(store.saveDelivery(id, state('sent'))).toBeUndefined();
    expect(store.message(id)?.delivery?.state).toBe('delivered');
    expect(store.saveDelivery(id, state('queued'), true)?.delivery?.state).toBe('queued');
  });

  it('is nothing an incoming or unknown message has', () => {
    store.keep([message('m', 1)]);
    expect(store.saveDelivery('m' as MessageId, state('sent'))).toBeUndefined();
    expect(store.saveDelivery('none' as MessageId, state('sent'))).toBeUndefined();
  });

  it('finds what waits, oldest first', () => {
    store.keep([
      own('b', 2, { delivery: state('queued') }),
      own('a', 1, { delivery: state('queued') }),
      own('c', 3, { delivery: state('sent') }),
    ]);
    expect(store.outgoing(home, 'queued').map((one) => one.id)).toEqual(['a', 'b']);
    expect(store.outgoing('other' as AccountId, 'queued')).toEqual([]);
  });
});

describe('history', () => {
  const read = (limit: number, from?: HistoryPlace) =>
    store.history({ account: home, target: toAmy, limit, ...(from === undefined ? {} : { place: from }) });
  const page = (limit: number, before?: string) =>
    read(limit, before === undefined ? undefined : { before: before as MessageId });
  const ids = (of: ReturnType<typeof page>) => of.messages.map((one) => one.id);

  it('is ordered by time, and of one moment by arrival', () => {
    store.keep([message('c', 2), message('a', 1), message('d', 2), message('b', 1)]);
    expect(ids(page(10))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is read page by page to its beginning, and is not disturbed by what arrives meanwhile', () => {
    store.keep(['a', 'b', 'c', 'd', 'e'].map((id) => message(id, 5)));
    expect(page(2)).toMatchObject({ more: true });
    expect(ids(page(2))).toEqual(['d', 'e']);
    store.keep([message('f', 5), message('g', 4)]);
    expect(ids(page(2, 'd'))).toEqual(['b', 'c']);
    expect(ids(page(9, 'b'))).toEqual(['g', 'a']);
    expect(page(2, 'g')).toEqual({ messages: [], more: false, ahead: true });
    expect(page(7)).toMatchObject({ more: false });
  });

  it('is read from the middle on, both ways', () => {
    store.keep(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, index) => message(id, index < 3 ? 5 : 10 * index)));
    const around = (id: string, limit: number) => read(limit, { around: id as MessageId });
    expect(ids(around('d', 4))).toEqual(['b', 'c', 'd', 'e']);
    expect(around('d', 4)).toMatchObject({ more: true, ahead: true });
    expect(ids(around('b', 3))).toEqual(['a', 'b', 'c']);
    expect(ids(around('a', 4))).toEqual(['a', 'b']);
    expect(around('a', 4)).toMatchObject({ more: false, ahead: true });
    expect(ids(around('g', 4))).toEqual(['d', 'e', 'f', 'g']);
    expect(around('g', 4)).toMatchObject({ more: true, ahead: false });
    const after = (id: string) => read(2, { after: id as MessageId });
    expect(ids(after('a'))).toEqual(['b', 'c']);
    expect(after('e')).toMatchObject({ messages: [{ id: 'f' }, { id: 'g' }], more: true, ahead: false });
    expect(ids(read(2, { since: 6 }))).toEqual(['c', 'd']);
    expect(ids(read(2, { since: 30 }))).toEqual(['c', 'd']);
    expect(ids(read(2, { since: 99 }))).toEqual(['f', 'g']);
    expect(() => around('gone', 4)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('is empty where nothing was said, and says so when its cursor is gone', () => {
    expect(page(5)).toEqual({ messages: [], more: false, ahead: false });
    store.keep([message('a', 1)]);
    expect(() => page(5, 'gone')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('knows the oldest archive id', () => {
    expect(store.oldestArchived(home, toAmy)).toBeUndefined();
    store.keep([message('a', 1), message('c', 3, { archive: 'x3' }), message('b', 2, { archive: 'x2' })]);
    expect(store.oldestArchived(home, toAmy)).toEqual({ archive: 'x2', at: 2 });
  });

  it('knows when they last said something, or we did and an archive has it, whatever we said since', () => {
    expect(store.lastHeard(home, toAmy)).toBeUndefined();
    store.keep([message('a', 3), message('b', 2), message('c', 9, { direction: 'outgoing' })]);
    expect(store.lastHeard(home, toAmy)).toBe(store.message('a' as MessageId)?.at);
    store.keep([message('d', 5, { direction: 'outgoing', archive: 'x5' })]);
    expect(store.lastHeard(home, toAmy)).toBe(5);
  });
});

describe('a conversation', () => {
  const elsewhere = { kind: 'contact', contact: 'bob@example.org' as ContactId } as const;
  const unread = () => store.conversation(withAmy)?.unread;

  it('counts what came in and shows the newest', () => {
    store.keep([message('b', 5), message('a', 3), own('c', 4)]);
    expect(store.conversation(withAmy)).toMatchObject({ unread: 2, last: { id: 'b' } });
  });

  it('counts which of what is unread names us', () => {
    store.keep([message('a', 1, { mention: true }), message('b', 2), message('c', 3, { mention: true })]);
    expect(store.conversation(withAmy)).toMatchObject({ unread: 3, mentions: 2 });
    store.acknowledge(withAmy, 'b' as MessageId);
    again();
    expect(store.conversation(withAmy)).toMatchObject({ unread: 1, mentions: 1, last: { id: 'c', mention: true } });
    store.acknowledge(withAmy, 'c' as MessageId);
    expect(store.conversation(withAmy)).not.toHaveProperty('mentions');
  });

  it('is read up to the message acknowledged, once', () => {
    store.keep([
      message('a', 1, { wantsReadMarker: true }),
      message('b', 2, { wantsReadMarker: true }),
      message('c', 3),
    ]);
    expect(store.acknowledge(withAmy, 'b' as MessageId)?.id).toBe('b');
    expect(unread()).toBe(1);
    expect(store.acknowledge(withAmy, 'a' as MessageId)).toBeUndefined();
    expect(store.acknowledge(withAmy, 'c' as MessageId)).toBeUndefined();
    expect(unread()).toBe(0);
    again();
    expect(unread()).toBe(0);
  });

  it('knows a message by the id its sender gave it, the newest of several, and none of ours', () => {
    store.keep([
      message('a', 1, { origin: '7', archive: 'x1' }),
      message('b', 2, { origin: '7', archive: 'x2' }),
      own('c', 3, { origin: '8' }),
    ]);
    expect(store.findIncoming(withAmy, '7')).toBe('b');
    expect(store.findIncoming(withAmy, '8')).toBeUndefined();
    expect(store.findIncoming(conversationId(home, elsewhere), '7')).toBeUndefined();
  });

  it('asks no read marker of what does not want one, and ignores an acknowledgement from elsewhere', () => {
    store.keep([message('a', 1, { wantsReadMarker: true }), message('b', 2)]);
    expect(store.acknowledge(conversationId(home, elsewhere), 'b' as MessageId)).toBeUndefined();
    expect(unread()).toBe(2);
    expect(store.acknowledge(withAmy, 'b' as MessageId)?.id).toBe('a');
  });

  it('is read up to what we wrote on another device, but not by what is queued here', () => {
    store.keep([message('a', 1), message('c', 3)]);
    store.keep([own('q', 9, { delivery: { state: 'queued', at: 9 } })]);
    expect(unread()).toBe(2);
    store.keep([own('b', 2, { caughtUp: true })]);
    expect(unread()).toBe(1);
  });

  it('does not count what the archive brings from before the read point, yet counts what the server held back', () => {
    store.keep([message('c', 30)]);
    store.acknowledge(withAmy, 'c' as MessageId);
    store.keep([message('a', 10, { caughtUp: true }), message('d', 40, { caughtUp: true })]);
    expect(unread()).toBe(1);
    store.keep([message('b', 20)]);
    expect(unread()).toBe(2);
  });

  it('stands before those whose last word is older', () => {
    const bob = 'bob@example.org' as ContactId;
    store.keep([message('a', 2), message('b', 1, { from: bob, target: { kind: 'contact', contact: bob } })]);
    expect(store.conversations().map((one) => one.last?.from)).toEqual([amy, bob]);
  });
});

describe('a transaction', () => {
  it('that fails leaves nothing, and a part that fails leaves the rest', () => {
    expect(() =>
      store.together(() => {
        store.saveSetting('one', '1');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(store.setting('one')).toBeUndefined();
    store.together(() => {
      store.saveSetting('one', '1');
      expect(() => store.keep([message('a', 1), message('b', 2, { account: 'gone' as AccountId })])).toThrow(
        'no longer',
      );
      store.saveSetting('two', '2');
    });
    again();
    expect([store.setting('one'), store.setting('two')]).toEqual(['1', '2']);
    expect(store.conversations()).toEqual([]);
  });
});

describe('what was written and not sent', () => {
  it('is kept for each conversation, also for one without a message, and goes with the account', () => {
    store.saveDraft(home, toAmy, 'Dear');
    store.saveDraft(home, toAmy, 'Dear Amy\n\0');
    again();
    expect(store.drafts()).toEqual([{ account: home, target: toAmy, text: 'Dear Amy\n\uFFFD' }]);
    store.saveDraft(home, toAmy, '');
    expect(store.drafts()).toEqual([]);
    store.saveDraft(home, toAmy, 'Dear');
    store.removeAccount(home);
    expect(store.drafts()).toEqual([]);
    expect(() => store.saveDraft(home, toAmy, 'x')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('the file that a message is', () => {
  const held = 'held' as HeldFile;
  const file = { url: '', name: 'plan.pdf', size: 9, held };

  it('comes back as it was, and may get an address and with it other words', () => {
    const url = 'https://files.example/plan.pdf';
    store.keep([own('a', 1, { body: 'plan.pdf', file }), message('b', 2)]);
    again();
    expect(store.message('a' as MessageId)?.file).toEqual(file);
    expect(store.message('b' as MessageId)).not.toHaveProperty('file');
    expect(store.saveFile('a' as MessageId, { ...file, url }, url)).toMatchObject({ body: url, file: { url } });
    again();
    expect(store.message('a' as MessageId)).toMatchObject({ body: url, file: { ...file, url } });
    expect(store.conversation(withAmy)?.last).not.toHaveProperty('file');
    expect(store.search({ words: 'plan', limit: 5 }).messages).toHaveLength(1);
    expect(store.saveFile('gone' as MessageId, file)).toBeUndefined();
  });

  it('is among those that are held: what waits, and what is kept, the newest first', () => {
    const holding = (name: string, url: string) => ({ url, name, held: name as HeldFile });
    store.keep([
      own('a', 1, { file: holding('waits', '') }),
      own('b', 2, { file: holding('old', 'https://x') }),
      own('c', 3, { file: holding('new', 'https://x') }),
      own('d', 4, { file: { url: 'https://x', name: 'gone' } }),
    ]);
    expect(store.heldFiles()).toEqual({ waiting: ['waits'], kept: ['new', 'old'] });
  });
});
