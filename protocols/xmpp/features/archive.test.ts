import { describe, expect, it } from 'vitest';
import { asked, type Kept, page, result } from '../../../test/harness/fake-archive.ts';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, newContact } from '../../../src/domain/index.ts';
import { archive } from './archive.ts';
import { messages } from './messages.ts';
import { readMarkers } from './read-markers.ts';
import { receipts } from './receipts.ts';

const mam = 'urn:xmpp:mam:2';
const amy = 'amy@home.example' as ContactId;
const target = { kind: 'contact', contact: amy } as const;
const marking = [['server-abilities', mam]] as const;
const rig = (settings: RigSettings = {}) =>
  new XmppRig({
    features: [messages, receipts, readMarkers, archive],
    remembered: [newContact(amy, { theySeeUs: 'yes' })],
    ...settings,
  });

const heard = (one: XmppRig) => one.said('messages-received').flatMap((event) => event.messages);

describe('catching up', () => {
  it('the very first time takes the newest fifty, and remembers the last', async () => {
    const one = rig();
    await one.online();
    expect(asked(one)).toEqual({ max: '50', before: '' });
    await page(one, [{ id: 'a1' }, { id: 'a2', ours: true }], false);
    expect(heard(one)).toMatchObject([
      { body: 'a1', archive: 'a1', direction: 'incoming', caughtUp: true, at: Date.UTC(2026, 0, 5, 8, 1) },
      { body: 'a2', archive: 'a2', direction: 'outgoing', origin: 'origin-of-a2', delivery: { state: 'sent' } },
    ]);
    expect(one.seat.kept.get('archive')).toBe(`${Date.UTC(2026, 0, 5, 8, 2)} a2`);
    expect(one.server.written.filter(({ element }) => element.child('query', mam))).toHaveLength(1);
  });

  it('learns what another of our devices showed meanwhile, in its order', async () => {
    const one = rig({ memory: [['archive', '0 a2']] });
    await one.online();
    const read = '<displayed xmlns="urn:xmpp:chat-markers:0" id="origin-of-a3"/>';
    const arrived = '<received xmlns="urn:xmpp:chat-markers:0" id="origin-of-a5"/>';
    const marks: readonly Kept[] = [
      { id: 'a4', ours: true, body: '', inside: read },
      { id: 'a6', ours: true, body: '', inside: arrived },
    ];
    await page(one, [{ id: 'a3' }, marks[0]!, { id: 'a5' }, marks[1]!], true);
    const facts = one.seat.heard.events.filter(({ type }) => type === 'messages-received' || type === 'read-elsewhere');
    expect(facts).toMatchObject([
      { messages: [{ body: 'a3' }] },
      { type: 'read-elsewhere', target, origin: 'origin-of-a3' },
      { messages: [{ body: 'a5' }] },
    ]);
  });

  it('believes only our own archive what we have read', async () => {
    const one = rig({ memory: [['archive', '0 a2']] });
    await one.online();
    const read = '<displayed xmlns="urn:xmpp:chat-markers:0" id="origin-of-a3"/>';
    await page(one, [{ id: 'a4', ours: true, body: '', inside: read, from: ' from="amy@home.example"' }], true);
    expect(one.said('read-elsewhere')).toEqual([]);
  });

  it('remembers how far it came only when it is on disk', async () => {
    const one = rig({ storesAtOnce: false, memory: [['archive', '0 a2']] });
    await one.online();
    const before = one.seat.living.revision;
    await page(one, [{ id: 'a3' }], true);
    one.connection.stored(before);
    expect(one.seat.kept.get('archive')).toBe('0 a2');
    one.connection.stored(one.seat.living.revision);
    expect(one.seat.kept.get('archive')).toMatch(/ a3$/);
  });

  it('ends when nothing is new, or when the archive repeats itself', async () => {
    const one = rig({ memory: [['archive', '0 a2']] });
    await one.online();
    await page(one, [{ id: 'a2' }], false);
    expect(one.server.written.filter(({ element }) => element.child('query', mam))).toHaveLength(1);
  });

  it('falls back on the time when the archive no longer knows the message', async () => {
    const one = rig({ memory: [['archive', `${Date.UTC(2026, 0, 4)} a2`]] });
    await one.online();
    await one.refuses('query', mam, 'item-not-found');
    expect(asked(one)).toEqual({ max: '100', FORM_TYPE: mam, start: '2026-01-04T00:00:00.000Z' });
    await page(one, [{ id: 'a3' }], true);
    expect(heard(one).map(({ body }) => body)).toEqual(['a3']);
  });

  it('moves on with every live message that our server marked, once nothing is missing', async () => {
    const live = (id: string) =>
      `<message from="amy@home.example/x" type="chat" id="o${id}"><body>${id}</body><stanza-id xmlns="urn:xmpp:sid:0" by="me@home.example" id="${id}"/></message>`;
    const one = rig({ memory: [['archive', '0 a2'], ...marking] });
    await one.online();
    await one.says(live('a4'));
    expect(one.seat.kept.get('archive')).toBe('0 a2');
    await page(one, [{ id: 'a3' }, { id: 'a4' }], true);
    await one.says(live('a5'), live('a6'));
    expect(one.seat.kept.get('archive')).toMatch(/ a6$/);
  });

  const said = (body: string) =>
    `<message from="amy@home.example/x" type="chat" id="o${body}"><body>${body}</body></message>`;

  it('lets what comes meanwhile stand below what was missed, and unacknowledged until it is on disk', async () => {
    const one = rig({ memory: [['archive', '0 a2'], ...marking], storesAtOnce: false });
    await one.online();
    await one.says(said('now'), said('and now'));
    expect(heard(one)).toEqual([]);
    expect(one.server.handledUpTo).toBe(0);
    await page(one, [{ id: 'a3' }, { id: 'a4' }], true);
    expect(heard(one).map(({ body }) => body)).toEqual(['a3', 'a4', 'now', 'and now']);
    expect(one.server.handledUpTo).toBe(0);
    one.connection.stored(one.seat.living.revision);
    expect(one.server.handledUpTo).toBe(5);
  });

  it('waits for an archive that is slow and goes on answering', async () => {
    const one = rig({ memory: [['archive', '0 a2'], ...marking] });
    await one.online();
    await one.says(said('now'));
    await one.clock.advance(9_000);
    await page(one, [{ id: 'a3' }], false);
    await one.clock.advance(9_000);
    expect(heard(one).map(({ body }) => body)).toEqual(['a3']);
    await page(one, [{ id: 'a4' }], true);
    expect(heard(one).map(({ body }) => body)).toEqual(['a4', 'now']);
  });

  it('keeps nobody waiting for an archive that does not answer, or that there is none of', async () => {
    const one = rig({ memory: marking });
    await one.online();
    await one.says(said('first'));
    expect(heard(one)).toEqual([]);
    await one.clock.advance(10_000);
    expect(heard(one).map(({ body }) => body)).toEqual(['first']);
    const without = rig();
    await without.online();
    await without.says(said('at once'));
    expect(heard(without).map(({ body }) => body)).toEqual(['at once']);
  });

  it('hears twice nothing of what it held back when the socket broke', async () => {
    const one = rig({ memory: [['archive', '0 a2'], ...marking] });
    await one.online();
    const { element } = one.server.written.find((written) => written.element.child('query', mam) !== undefined)!;
    await one.says(said('again'));
    one.server.break();
    await one.online({ resumed: true });
    await one.says(
      said('again'),
      `<iq type="result" id="${element.attribute('id')}"><fin xmlns="${mam}" complete="true"/></iq>`,
    );
    expect(heard(one).map(({ body }) => body)).toEqual(['again']);
  });

  it('tells receipts that came meanwhile, and gives those that were asked for', async () => {
    const one = rig({ memory: [['archive', '0 a2']] });
    await one.online();
    await page(
      one,
      [
        { id: 'a3', body: '', inside: '<received xmlns="urn:xmpp:receipts" id="m1"/>' },
        { id: 'a4', inside: '<request xmlns="urn:xmpp:receipts"/>' },
      ],
      true,
    );
    expect(one.said('delivery-changed')).toMatchObject([{ message: 'm1', delivery: { state: 'delivered' } }]);
    expect(one.written().at(-1)?.child('received', 'urn:xmpp:receipts')?.attribute('id')).toBe('origin-of-a4');
  });

  it('gives no receipts for what was there before the very first time', async () => {
    const one = rig();
    await one.online();
    await page(one, [{ id: 'a1', inside: '<request xmlns="urn:xmpp:receipts"/>' }], true);
    expect(one.written().filter(({ name }) => name === 'message')).toEqual([]);
  });

  it('is silent where the server keeps no archive', async () => {
    const one = rig();
    await one.online();
    await one.refuses('query', mam, 'service-unavailable');
    expect(one.seat.living.status).toBe('online');
    expect(heard(one)).toEqual([]);
  });

  it('does not begin again when the session is resumed', async () => {
    const one = rig();
    await one.online();
    await page(one, [], true);
    one.server.break();
    await one.online({ resumed: true });
    expect(one.written()).toEqual([]);
  });

  it.each([' from="mallory@evil.example"', ' from="home.example"', ' from="me@home.example/phone"'])(
    'believes nobody but our own archive (%s)',
    async (from) => {
      const one = rig();
      await one.online();
      await one.says(result(one, { id: 'a1', from }), result(one, { id: 'a2' }).replace(/queryid="/, 'queryid="x'));
      expect(heard(one)).toEqual([]);
      await page(one, [{ id: 'a3', from: ' from="me@home.example"' }], true);
      expect(heard(one).map(({ body }) => body)).toEqual(['a3']);
    },
  );
});

describe('scrolling back', () => {
  it('brings older messages of one contact, oldest first, and says nothing as a fact', async () => {
    const one = rig();
    await one.online();
    await page(one, [], true);
    one.written();
    const older = one.connection.facets.archive?.page(target, 'a9', 2);
    expect(asked(one)).toEqual({ max: '2', before: 'a9', FORM_TYPE: mam, with: amy });
    await page(one, [{ id: 'a7', ours: true }, { id: 'a8' }], false);
    await expect(older).resolves.toMatchObject({
      complete: false,
      messages: [
        { archive: 'a7', direction: 'outgoing', delivery: { state: 'sent' } },
        { archive: 'a8', from: amy, caughtUp: true },
      ],
    });
    expect(heard(one)).toEqual([]);
  });

  it('leaves out what an archive gives that was said with somebody else', async () => {
    const one = rig();
    await one.online();
    await page(one, [], true);
    one.written();
    const older = one.connection.facets.archive?.page(target, 'a9', 2);
    await one.says(result(one, { id: 'a6' }).replaceAll(amy, 'bob@home.example'));
    await page(one, [{ id: 'a8' }], true);
    await expect(older).resolves.toMatchObject({ complete: true, messages: [{ archive: 'a8', from: amy }] });
  });

  it('tells by receipts and markers what became of ours, and reads on for what they took of the page', async () => {
    const one = rig();
    await one.online();
    await page(one, [], true);
    const older = one.connection.facets.archive?.page(target, 'a9', 2);
    const marker = '<displayed xmlns="urn:xmpp:chat-markers:0" id="origin-of-a6"/>';
    await page(one, [{ id: 'a7' }, { id: 'a8', body: '', inside: marker }], false);
    expect(asked(one)).toMatchObject({ before: 'a7' });
    await page(one, [{ id: 'a5' }, { id: 'a6', ours: true }], true);
    await expect(older).resolves.toMatchObject({
      complete: false,
      messages: [{ archive: 'a6', delivery: { state: 'read' } }, { archive: 'a7' }],
    });
    expect(one.said('delivery-changed')).toEqual([]);
  });

  it('begins with the newest, and says when it is at the beginning', async () => {
    const one = rig();
    await one.online();
    await page(one, [], true);
    const newest = one.connection.facets.archive?.page(target, undefined, 20);
    expect(asked(one)).toMatchObject({ before: '' });
    await page(one, [{ id: 'a1' }], true);
    await expect(newest).resolves.toMatchObject({ complete: true, messages: [{ archive: 'a1' }] });
  });

  it('goes past pages without words', async () => {
    const one = rig();
    await one.online();
    await page(one, [], true);
    const older = one.connection.facets.archive?.page(target, 'a9', 1);
    await page(one, [{ id: 'a8', body: '' }], false);
    expect(asked(one)).toMatchObject({ before: 'a8' });
    await page(one, [{ id: 'a7' }], false);
    await expect(older).resolves.toMatchObject({ complete: false, messages: [{ archive: 'a7' }] });
  });

  it.each([
    ['service-unavailable', { messages: [], complete: true, absent: true }],
    ['item-not-found', { messages: [], complete: true }],
  ])('is at its end where the server says %s', async (condition, end) => {
    const one = rig();
    await one.online();
    await page(one, [], true);
    const older = one.connection.facets.archive?.page(target, 'a9', 20);
    await one.refuses('query', mam, condition);
    await expect(older).resolves.toEqual(end);
  });

  it('is impossible while offline', async () => {
    await expect(rig().connection.facets.archive?.page(target, undefined, 20)).rejects.toMatchObject({
      code: 'not-online',
    });
  });
});
