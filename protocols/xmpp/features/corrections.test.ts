import { describe, expect, it } from 'vitest';
import { page, result } from '../../../test/harness/fake-archive.ts';
import { play, RoomRig } from '../../../test/harness/room-rig.ts';
import { XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, everythingTold, type MessageId, newContact } from '../../../src/domain/index.ts';
import { NS_CORRECTION } from '../said.ts';
import { archive } from './archive.ts';
import { carbons } from './carbons.ts';
import { corrections } from './corrections.ts';
import { messages } from './messages.ts';
import { ping } from './ping.ts';
import { presence } from './presence.ts';
import { receipts } from './receipts.ts';
import { invitations } from './rooms/invitations.ts';
import { rooms } from './rooms/index.ts';

const amy = 'amy@home.example' as ContactId;
const NS_OCCUPANT_ID = 'urn:xmpp:occupant-id:0';
const replace = (id: string) => `<replace xmlns="${NS_CORRECTION}" id="${id}"/>`;
const rig = () =>
  new XmppRig({
    features: [carbons, messages, corrections, receipts, archive],
    remembered: [newContact(amy, { theySeeUs: 'yes' })],
  });
const heard = (one: XmppRig) => one.said('messages-received').flatMap((event) => event.messages);

describe('a correction of ours', () => {
  it('is a whole message with an id of its own, asks for what any asks for, and names the first', async () => {
    const one = rig();
    await one.online();
    one.written();
    const message = {
      id: 'good1' as MessageId,
      target: { kind: 'contact', contact: amy } as const,
      body: 'But soft, what light through yonder window breaks?',
      at: 1,
      disclosure: everythingTold,
    };
    await one.connection.facets.corrections!.correct(message, 'bad1');
    const [sent] = one.written();
    expect(sent?.attribute('id')).toBe('good1');
    expect(sent?.attribute('to')).toBe(amy);
    expect(sent?.child('body')?.text()).toBe(message.body);
    expect(sent?.child('replace', NS_CORRECTION)?.attribute('id')).toBe('bad1');
    expect(sent?.child('request', 'urn:xmpp:receipts')).toBeDefined();
    await one.settle();
    expect(one.said('delivery-changed')).toMatchObject([{ message: 'good1', delivery: { state: 'sending' } }]);
  });

  it('goes to a room as what is said there does', async () => {
    const one = new RoomRig({ features: [ping, presence, messages, corrections, invitations, rooms, archive] });
    await one.begun();
    await one.joined();
    one.written();
    const message = { id: 'good1' as MessageId, body: 'window', at: 1, disclosure: everythingTold };
    await one.connection.facets.corrections!.correct({ ...message, target: { kind: 'room', room: play } }, 'bad1');
    const [sent] = one.written();
    expect(sent?.attribute('type')).toBe('groupchat');
    expect(sent?.child('replace', NS_CORRECTION)?.attribute('id')).toBe('bad1');
  });
});

describe('a correction that is heard', () => {
  const said = (id: string, body: string, more = '', from = 'amy@home.example/x') =>
    `<message from="${from}" to="me@home.example/fake" type="chat" id="${id}"><body>${body}</body>${more}</message>`;

  it('says what it replaces, from whichever device', async () => {
    const one = rig();
    await one.online();
    await one.says(said('bad1', 'airlock'), said('good1', 'window', replace('bad1'), 'amy@home.example/other'));
    expect(heard(one)).toMatchObject([
      { origin: 'bad1', from: amy },
      { origin: 'good1', from: amy, body: 'window', replaces: 'bad1' },
    ]);
  });

  it('does so too as a copy of what another device of ours said, and out of the archive', async () => {
    const one = rig();
    await one.online();
    await one.says(
      `<message from="me@home.example" to="me@home.example/fake"><sent xmlns="urn:xmpp:carbons:2"><forwarded xmlns="urn:xmpp:forward:0">
        <message xmlns="jabber:client" from="me@home.example/phone" to="${amy}" type="chat" id="good2"><body>window</body>${replace('bad2')}</message>
      </forwarded></sent></message>`,
    );
    expect(heard(one)).toMatchObject([{ direction: 'outgoing', origin: 'good2', replaces: 'bad2' }]);
    await one.says(result(one, { id: 'k1', inside: replace('bad1') }));
    await page(one, [], true);
    expect(heard(one)).toMatchObject([{ archive: 'k1', replaces: 'bad1', caughtUp: true }]);
  });

  it('and has no words of its own is nothing', async () => {
    const one = rig();
    await one.online();
    await one.says(
      `<message from="amy@home.example/x" to="me@home.example/fake" type="chat" id="g">${replace('bad1')}</message>`,
    );
    expect(heard(one)).toEqual([]);
  });
});

describe('a correction heard in a room', () => {
  const occupant = (id: string) => `<occupant-id xmlns="${NS_OCCUPANT_ID}" id="${id}"/>`;
  const inside = async (features: readonly string[]) => {
    const one = new RoomRig();
    await one.begun();
    await one.joined({ features, more: features.length > 0 ? occupant('our-own') : '' });
    await one.there('Romeo');
    void one.heardMessages;
    return one;
  };

  it('bears who its speaker is to the room, where that tells', async () => {
    const one = await inside([NS_OCCUPANT_ID]);
    await one.says(
      one.saidBy('Romeo', 'airlock', occupant('r1'), 'bad1'),
      one.saidBy('Montague', 'window', `${occupant('r1')}${replace('bad1')}`, 'good1'),
    );
    expect(one.heardMessages).toMatchObject([{ occupant: 'r1' }, { occupant: 'r1', replaces: 'bad1' }]);
  });

  it('is none where the room has no ids and its speaker has not stayed since what it names', async () => {
    const one = await inside([]);
    await one.says(one.saidBy('Romeo', 'airlock', '', 'bad1'));
    await one.there('Romeo', { type: 'unavailable' });
    await one.there('Romeo');
    await one.says(one.saidBy('Romeo', 'window', replace('bad1'), 'good1'));
    const [first, second] = one.heardMessages;
    expect(first?.origin).toBe('bad1');
    expect(second).toMatchObject({ origin: 'good1', body: 'window' });
    expect(second?.replaces).toBeUndefined();
  });

  it('is one where its speaker has stayed, and an id that the room does not vouch for counts for nothing', async () => {
    const one = await inside([]);
    await one.says(
      one.saidBy('Romeo', 'airlock', occupant('forged'), 'bad1'),
      one.saidBy('Romeo', 'window', replace('bad1'), 'good1'),
      one.saidBy('Juliet', 'gate', `${occupant('forged')}${replace('bad1')}`, 'worse1'),
    );
    const [first, good, worse] = one.heardMessages;
    expect(first?.occupant).toBeUndefined();
    expect(good?.replaces).toBe('bad1');
    expect(worse?.replaces).toBeUndefined();
  });

  it('said before we came is a message, where nobody can say who spoke', async () => {
    const one = await inside([]);
    const delay = `<delay xmlns="urn:xmpp:delay" from="${play}" stamp="2026-01-05T08:00:00Z"/>`;
    await one.says(
      one.saidBy('Romeo', 'airlock', delay, 'bad1'),
      one.saidBy('Romeo', 'window', delay + replace('bad1'), 'g1'),
    );
    expect(one.heardMessages.map(({ replaces }) => replaces)).toEqual([undefined, undefined]);
  });

  it('to us alone is a message: behind the name may be somebody else', async () => {
    const one = await inside([]);
    await one.says(
      `<message from="${play}/Romeo" to="me@home.example/fake" type="chat" id="g1"><body>psst</body>${replace('bad1')}</message>`,
    );
    const [message] = one.heardMessages;
    expect(message).toMatchObject({ body: 'psst' });
    expect(message?.replaces).toBeUndefined();
  });
});
