import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../contracts/index.ts';
import { type ContactId, conversationId, type Message, type MessageId, type RoomId } from '../domain/index.ts';
import { account, home, message, own, storeAt, temporaryFolder, toAmy } from './samples.ts';

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

const shown = (target: Message['target'] = toAmy) =>
  store.history({ account: home, target, limit: 100 }).messages.map(({ id, body }) => `${id}: ${body}`);
const said = (id: string, at: number, more: Partial<Message> = {}) =>
  message(id, at, { origin: `o-${id}`, body: id, ...more });
const correction = (id: string, of: string, at: number, more: Partial<Message> = {}) =>
  said(id, at, { replaces: `o-${of}`, ...more });

describe('a correction', () => {
  it('is shown in its original, with the wordings before it, and over a start', () => {
    store.keep([said('airlock', 1)]);
    const kept = store.keep([correction('widow', 'airlock', 2), correction('window', 'airlock', 3)]);
    expect(kept).toMatchObject({ fresh: [], absorbed: ['widow', 'window'] });
    const corrected = {
      id: 'airlock',
      body: 'window',
      at: 1,
      edit: {
        by: 'window',
        at: 3,
        before: [
          { body: 'airlock', at: 1 },
          { body: 'widow', at: 2 },
        ],
      },
    };
    expect(kept.corrected).toMatchObject([corrected]);
    store.close();
    store = storeAt(`${place.folder}/${number}`);
    expect(store.history({ account: home, target: toAmy, limit: 9 }).messages).toMatchObject([corrected]);
    expect(store.conversation(withAmy)?.last).toMatchObject(corrected);
    expect(store.shown('widow' as MessageId)).toMatchObject(corrected);
  });

  it('may be without styling where the first was not, and with it again', () => {
    store.keep([said('a', 1, { unstyled: true })]);
    expect(store.shown('a' as MessageId)).toMatchObject({ unstyled: true });
    store.keep([correction('b', 'a', 2)]);
    expect(store.shown('a' as MessageId)).not.toHaveProperty('unstyled');
    store.keep([correction('c', 'a', 3, { unstyled: true })]);
    expect(store.shown('a' as MessageId)).toMatchObject({ body: 'c', unstyled: true });
  });

  it('neither counts as unread nor makes unread what was read', () => {
    store.keep([said('a', 1)]);
    store.keep([correction('b', 'a', 2)]);
    expect(store.conversation(withAmy)?.unread).toBe(1);
    store.acknowledge(withAmy, 'a' as MessageId);
    store.keep([correction('c', 'a', 3)]);
    expect(store.conversation(withAmy)?.unread).toBe(0);
  });

  it('does not make its conversation the newest one, nor its message the last', () => {
    store.keep([said('a', 1), said('b', 2)]);
    store.keep([correction('c', 'a', 3)]);
    expect(store.conversation(withAmy)?.last?.id).toBe('b');
    expect(shown()).toEqual(['a: c', 'b: b']);
  });

  it('is found by its words, under its original, and no longer by those before', () => {
    store.keep([said('a', 1, { body: 'airlock' })]);
    store.keep([correction('b', 'a', 2, { body: 'window' })]);
    expect(store.search({ words: 'window', limit: 9 }).messages).toMatchObject([{ id: 'a' }]);
    expect(store.search({ words: 'airlock', limit: 9 }).messages).toEqual([]);
  });

  it('of something that is not here is a message, counted as one, until its original comes', () => {
    const alone = store.keep([correction('b', 'a', 2)]);
    expect(alone.fresh.map(({ id }) => id)).toEqual(['b']);
    expect(store.conversation(withAmy)).toMatchObject({ unread: 1, last: { id: 'b' } });
    const kept = store.keep([said('a', 1)]);
    expect(kept).toMatchObject({ absorbed: ['b'], fresh: [{ id: 'a', body: 'b', edit: { by: 'b' } }], corrected: [] });
    expect(shown()).toEqual(['a: b']);
    expect(store.conversation(withAmy)).toMatchObject({ unread: 1, last: { id: 'a', body: 'b' } });
  });

  it('also takes the place of an earlier correction of what is not here, and both find their original', () => {
    store.keep([correction('b', 'a', 2)]);
    store.keep([correction('c', 'a', 3)]);
    expect(shown()).toEqual(['b: c']);
    store.keep([said('a', 1)]);
    expect(store.history({ account: home, target: toAmy, limit: 9 }).messages).toMatchObject([
      { id: 'a', body: 'c', edit: { before: [{ body: 'a' }, { body: 'b' }] } },
    ]);
  });

  it('that comes late, but was said before another one, does not undo that one', () => {
    store.keep([said('a', 1)]);
    store.keep([correction('c', 'a', 3)]);
    store.keep([correction('b', 'a', 2)]);
    expect(shown()).toEqual(['a: c']);
  });

  it('of a correction, as some programs write it, is one of the original', () => {
    store.keep([said('a', 1)]);
    store.keep([correction('b', 'a', 2)]);
    store.keep([correction('c', 'b', 3)]);
    expect(shown()).toEqual(['a: c']);
  });

  it('that comes again is the same', () => {
    store.keep([said('a', 1), correction('b', 'a', 2)]);
    const again = correction('b2', 'a', 2, { body: 'b', origin: 'o-b', archive: 'kept-7' });
    expect(store.keep([again])).toMatchObject({ fresh: [], corrected: [] });
    expect(shown()).toEqual(['a: b']);
    expect(store.keep([said('a2', 1, { body: 'a', origin: 'o-a', archive: 'kept-6' })]).fresh).toEqual([]);
  });

  it('by somebody else is their own message: nobody puts words into the mouth of another', () => {
    store.keep([said('a', 1), own('mine', 2, { origin: 'o-mine' })]);
    store.keep([
      correction('b', 'a', 3, { from: 'bob@example.org' as ContactId }),
      own('c', 4, { body: 'c', replaces: 'o-a' }),
      correction('d', 'mine', 5),
    ]);
    expect(shown()).toEqual(['a: a', 'mine: words of mine', 'b: b', 'c: c', 'd: d']);
  });

  it('in another conversation is nothing to this one', () => {
    store.keep([said('a', 1)]);
    const bob = { kind: 'contact', contact: 'bob@example.org' as ContactId } as const;
    store.keep([correction('b', 'a', 2, { target: bob })]);
    expect(shown()).toEqual(['a: a']);
    expect(shown(bob)).toEqual(['b: b']);
  });

  it('of one of ours has a delivery of its own, which is what is shown', () => {
    store.keep([own('mine', 1, { delivery: { state: 'read', at: 1 } })]);
    store.keep([own('fix', 2, { replaces: 'mine', body: 'better', delivery: { state: 'queued', at: 2 } })]);
    expect(store.outgoing(home, 'queued').map(({ id }) => id)).toEqual(['fix']);
    store.saveDelivery('fix' as MessageId, { state: 'sent', at: 3 });
    expect(store.shown('fix' as MessageId)).toMatchObject({ id: 'mine', body: 'better', delivery: { state: 'sent' } });
  });

  it('that is taken away leaves the message as it was put before', () => {
    store.keep([own('mine', 1), own('fix', 2, { replaces: 'mine', body: 'better' })]);
    store.removeMessage('fix' as MessageId);
    expect(store.message('mine' as MessageId)).toMatchObject({ body: 'words of mine' });
    expect(store.message('mine' as MessageId)?.edit).toBeUndefined();
    store.keep([own('fix2', 2, { replaces: 'mine', body: 'best' })]);
    store.removeMessage('mine' as MessageId);
    expect(store.message('fix2' as MessageId)).toBeUndefined();
    expect(store.conversation(withAmy)?.last).toBeUndefined();
  });

  it('may itself be put anew while nobody has it', () => {
    store.keep([own('mine', 1), own('fix', 2, { replaces: 'mine', body: 'better' })]);
    store.reword('fix' as MessageId, 'best');
    expect(shown()).toEqual(['mine: best']);
    expect(store.search({ words: 'best', limit: 9 }).messages).toMatchObject([{ id: 'mine' }]);
  });
});

describe('a correction in a room', () => {
  const room = { kind: 'room', room: 'play@rooms.example' as RoomId } as const;
  const by = (nick: string, occupant?: string): Partial<Message> => ({
    target: room,
    nick,
    from: `play@rooms.example/${nick}` as ContactId,
    ...(occupant === undefined ? {} : { occupant }),
  });

  it('is by the same occupant, whatever they are called by now', () => {
    store.keep([said('a', 1, by('Romeo', 'r1')), correction('b', 'a', 2, by('Montague', 'r1'))]);
    expect(shown(room)).toEqual(['a: b']);
  });

  it('is not by another who bears the name now, nor by one without an id', () => {
    store.keep([
      said('a', 1, by('Romeo', 'r1')),
      correction('b', 'a', 2, by('Romeo', 'p2')),
      correction('c', 'a', 3, by('Romeo')),
    ]);
    expect(shown(room)).toEqual(['a: a', 'b: b', 'c: c']);
  });

  it('is by the same name where the room has no ids', () => {
    store.keep([
      said('a', 1, by('Romeo')),
      correction('b', 'a', 2, by('Juliet')),
      correction('c', 'a', 3, by('Romeo')),
    ]);
    expect(shown(room)).toEqual(['a: c', 'b: b']);
  });
});
