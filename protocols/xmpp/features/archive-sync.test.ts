import { describe, expect, it } from 'vitest';
import { asked, page, result } from '../../../test/harness/fake-archive.ts';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import type { KithError } from '../../../src/base/index.ts';
import { type ContactId, newContact } from '../../../src/domain/index.ts';
import { archive } from './archive.ts';
import { messages } from './messages.ts';
import { receipts } from './receipts.ts';

const minute = (count: number) => Date.UTC(2026, 0, 5, 8, count);
const known = ['archive', `${minute(2)} a2`] as const;
const open = (after: number, before: number) =>
  [
    'archive-gaps',
    JSON.stringify([
      {
        after: { id: `a${after}`, at: minute(after) },
        before: { id: `a${before}`, at: minute(before) },
        missed: true,
      },
    ]),
  ] as const;
const rig = (settings: RigSettings = {}) =>
  new XmppRig({
    features: [messages, receipts, archive],
    remembered: [newContact('amy@home.example' as ContactId, { theySeeUs: 'yes' })],
    ...settings,
  });
const amy = { kind: 'contact', contact: 'amy@home.example' as ContactId } as const;
const back = async (one: XmppRig) => {
  await one.online();
  return one;
};
const told = (one: XmppRig) =>
  one
    .said('messages-received')
    .map((event) => [event.messages.map(({ body }) => body).join(' '), event.earlier ?? false]);
const gaps = (one: XmppRig) => one.seat.kept.get('archive-gaps');
const questions = (one: XmppRig) =>
  one.server.written.filter(({ element }) => element.child('query', 'urn:xmpp:mam:2') !== undefined).length;

describe('coming back after days', () => {
  it('asks for what followed the last message known, then for the newest, then backwards for what lies between', async () => {
    const one = await back(rig({ memory: [known] }));
    expect(asked(one)).toEqual({ max: '100', after: 'a2' });
    await page(one, [{ id: 'a3' }, { id: 'a4' }], false);
    expect(asked(one)).toEqual({ max: '100', before: '' });
    await page(one, [{ id: 'a9' }, { id: 'a10' }], false);
    expect(asked(one)).toEqual({ max: '100', before: 'a9' });
    await page(one, [{ id: 'a7' }, { id: 'a8' }], false);
    expect(asked(one)).toEqual({ max: '100', before: 'a7' });
    await page(one, [{ id: 'a3' }, { id: 'a4' }, { id: 'a5' }, { id: 'a6' }], false);
    expect(told(one)).toEqual([
      ['a3 a4', false],
      ['a9 a10', false],
      ['a7 a8', true],
      ['a5 a6', true],
    ]);
    expect(questions(one)).toBe(4);
    expect(gaps(one)).toBeUndefined();
    expect(one.seat.kept.get('archive')).toBe(`${minute(10)} a10`);
  });

  it('takes page after page in order while they are about as old as what was there: the stamps decide nothing then', async () => {
    const one = await back(rig({ memory: [known] }));
    await page(one, [{ id: 'a2-just-after' }], false);
    expect(asked(one)).toEqual({ max: '100', after: 'a2-just-after' });
    await page(one, [{ id: 'a3' }], true);
    expect(questions(one)).toBe(2);
    expect(gaps(one)).toBeUndefined();
  });

  it('fetches everything anew when some of what was on disk is lost, and answers none of it', async () => {
    const one = await back(rig({ memory: [known, ['holes-on-disk', 'yes']] }));
    const request = '<request xmlns="urn:xmpp:receipts"/>';
    expect(asked(one)).toMatchObject({ max: '100', start: '1970-01-01T00:00:00.000Z' });
    await page(one, [{ id: 'a1', inside: request }], false);
    await page(one, [{ id: 'a9', inside: request }], false);
    expect(one.seat.kept.get('holes-on-disk')).toBeUndefined();
    expect(asked(one)).toEqual({ max: '100', before: 'a9' });
    await page(one, [{ id: 'a4', inside: request }], true);
    expect(told(one)).toEqual([
      ['a1', true],
      ['a9', true],
      ['a4', true],
    ]);
    expect(one.written().filter(({ name }) => name === 'message')).toEqual([]);
  });

  it.each([
    ['was empty the first time', async (one: XmppRig) => page(one, [], true)],
    [
      'never answered the first time, and messages came',
      async (one: XmppRig) => one.says('<message from="amy@home.example/x"><body>hi</body></message>'),
    ],
  ])('misses nothing that was said since the first sign-in when the archive %s', async (_, happens) => {
    const one = await back(rig());
    const start = new Date(one.clock.now() - 3_600_000).toISOString();
    await happens(one);
    one.server.break(false);
    await one.online();
    expect(asked(one)).toEqual({ max: '100', FORM_TYPE: 'urn:xmpp:mam:2', start });
    await page(one, [{ id: 'a1' }], true);
    expect(one.seat.kept.get('archive')).toBe(`${minute(1)} a1`);
  });

  it('asks once when there is no more than a page', async () => {
    const one = await back(rig({ memory: [known] }));
    await page(one, [{ id: 'a3' }], true);
    expect(questions(one)).toBe(1);
    expect(gaps(one)).toBeUndefined();
  });

  it('goes on after a socket that broke just before the next page was asked for, and lets nothing be heard too early', async () => {
    const one = await back(rig({ memory: [known, ['server-abilities', 'urn:xmpp:mam:2']] }));
    const live = '<message from="amy@home.example/x" type="chat"><body>live</body></message>';
    await one.says(live);
    const id = one.asked('query', 'urn:xmpp:mam:2').attribute('id');
    const ends = '<set xmlns="http://jabber.org/protocol/rsm"><first>a3</first><last>a3</last></set>';
    one.server.say(
      result(one, { id: 'a3' }),
      `<iq type="result" id="${id}"><fin xmlns="urn:xmpp:mam:2">${ends}</fin></iq>`,
    );
    one.server.break();
    await one.settle();
    await one.online({ resumed: true });
    await one.says(live);
    expect(told(one)).toEqual([['a3', false]]);
    await page(one, [{ id: 'a4' }], true);
    expect(told(one)).toEqual([
      ['a4', false],
      ['live', false],
    ]);
  });

  it('goes on in order where the newest is not far', async () => {
    const one = await back(rig({ memory: [known] }));
    await page(one, [{ id: 'a3' }, { id: 'a4' }], false);
    await page(one, [{ id: 'a4' }, { id: 'a5' }], false);
    expect(asked(one)).toEqual({ max: '100', after: 'a4' });
    await page(one, [{ id: 'a5' }], true);
    expect(told(one)).toEqual([
      ['a3 a4', false],
      ['a5', false],
    ]);
    expect(gaps(one)).toBeUndefined();
    expect(one.seat.kept.get('archive')).toBe(`${minute(5)} a5`);
  });

  it('knows of the gap as soon as the newest is on disk, and not before', async () => {
    const one = await back(rig({ memory: [known], storesAtOnce: false }));
    await page(one, [{ id: 'a3' }], false);
    await page(one, [{ id: 'a9' }], false);
    expect([gaps(one), one.seat.kept.get('archive')]).toEqual([undefined, known[1]]);
    one.connection.stored(one.seat.living.revision);
    expect([gaps(one), one.seat.kept.get('archive')]).toEqual([open(3, 9)[1], `${minute(9)} a9`]);
  });

  it('goes on with a gap that was left when it was killed in the middle, after what is new since', async () => {
    const one = await back(rig({ memory: [['archive', `${minute(9)} a9`], open(3, 7)] }));
    expect(asked(one)).toEqual({ max: '100', after: 'a9' });
    await page(one, [{ id: 'a10' }], true);
    expect(asked(one)).toEqual({ max: '100', before: 'a7' });
    await page(one, [{ id: 'a3' }, { id: 'a4' }], false);
    expect(told(one)).toEqual([
      ['a10', false],
      ['a4', true],
    ]);
    expect(gaps(one)).toBeUndefined();
  });

  it('calls nothing filled that is not on disk', async () => {
    const one = await back(rig({ memory: [['archive', `${minute(9)} a9`], open(3, 7)], storesAtOnce: false }));
    await page(one, [], true);
    await page(one, [{ id: 'a5' }, { id: 'a6' }], false);
    expect(gaps(one)).toBe(open(3, 7)[1]);
    one.connection.stored(one.seat.living.revision);
    await one.settle();
    expect(gaps(one)).toBe(open(3, 5)[1]);
    expect(asked(one)).toEqual({ max: '100', before: 'a5' });
  });

  it('forgets no gap that the next session found while this one was still being written', async () => {
    const one = await back(rig({ memory: [['archive', `${minute(9)} a9`], open(3, 7)], storesAtOnce: false }));
    await page(one, [], true);
    await page(one, [{ id: 'a5' }, { id: 'a6' }], false);
    one.server.break(false);
    await one.online();
    await page(one, [{ id: 'a10' }], false);
    await page(one, [{ id: 'a20' }], false);
    one.connection.stored(one.seat.living.revision);
    await one.settle();
    const [older] = JSON.parse(open(3, 5)[1]) as readonly unknown[];
    const [newer] = JSON.parse(open(10, 20)[1]) as readonly unknown[];
    expect(JSON.parse(gaps(one) ?? '')).toEqual([older, newer]);
    expect(questions(one)).toBe(3);
  });

  it('puts what lies between above what follows it, also when both were said in one second', async () => {
    const one = await back(rig({ memory: [['archive', `${minute(9)} a9`], open(3, 7)] }));
    await page(one, [], true);
    await page(one, [{ id: 'a6' }, { id: 'a7-just-before' }], true);
    const [event] = one.said('messages-received');
    expect(event?.messages.map(({ at }) => at)).toEqual([minute(6), minute(7) - 1]);
  });

  describe('tells whoever would send something again', () => {
    const asking = (one: XmppRig) => {
      const waiting = { over: false, refused: undefined as string | undefined };
      one.connection.facets.archive!.readThrough(amy).then(
        () => (waiting.over = true),
        (error: KithError) => (waiting.refused = error.code),
      );
      return waiting;
    };

    it('when its gaps are filled too, and on disk', async () => {
      const one = await back(rig({ memory: [['archive', `${minute(9)} a9`], open(3, 7)], storesAtOnce: false }));
      const waiting = asking(one);
      await page(one, [], true);
      expect(waiting.over).toBe(false);
      await page(one, [{ id: 'a3' }, { id: 'a4', ours: true }], false);
      expect(waiting.over).toBe(false);
      one.connection.stored(one.seat.living.revision);
      await one.settle();
      expect(waiting.over).toBe(true);
    });

    it('when it cannot be read, or there is none', async () => {
      for (const condition of ['internal-server-error', 'service-unavailable']) {
        const one = await back(rig({ memory: [known] }));
        const waiting = asking(one);
        await one.refuses('query', 'urn:xmpp:mam:2', condition);
        expect(waiting.over).toBe(true);
      }
    });

    it('not when the session was lost before, but when the next one has read it', async () => {
      const one = await back(rig({ memory: [known] }));
      const waiting = asking(one);
      one.server.break(false);
      await one.settle();
      expect(waiting.over).toBe(false);
      await one.online();
      expect(waiting.over).toBe(false);
      await page(one, [{ id: 'a3', ours: true }], true);
      expect(waiting.over).toBe(true);
    });

    it('that it does not know, when the connection is closed before', async () => {
      const one = await back(rig({ memory: [known] }));
      const waiting = asking(one);
      await one.connection[Symbol.asyncDispose]();
      await one.settle();
      expect(waiting).toEqual({ over: false, refused: 'not-online' });
    });
  });

  it('gives a gap up when the archive has forgotten what stood there', async () => {
    const one = await back(rig({ memory: [['archive', `${minute(9)} a9`], open(3, 7)] }));
    await page(one, [], true);
    await one.refuses('query', 'urn:xmpp:mam:2', 'item-not-found');
    expect(gaps(one)).toBeUndefined();
  });

  it('keeps a gap over a server that has no time for it', async () => {
    const one = await back(rig({ memory: [['archive', `${minute(9)} a9`], open(3, 7)] }));
    await page(one, [], true);
    await one.refuses('query', 'urn:xmpp:mam:2', 'resource-constraint');
    expect(gaps(one)).toBe(open(3, 7)[1]);
    expect(one.seat.living.status).toBe('online');
  });

  it.each(['', '{', '[{}]', '[null]', '[{"after":{"id":"a"},"before":{"id":"b","at":1}}]'])(
    'does not stumble over a memory that says %j',
    async (memory) => {
      const one = await back(
        rig({
          memory: [
            ['archive', `${minute(9)} a9`],
            ['archive-gaps', memory],
          ],
        }),
      );
      await page(one, [{ id: 'a10' }], true);
      expect(questions(one)).toBe(1);
    },
  );
});
