/** Two people, each on our protocol, over a real Prosody: what the features promise each other when a server is between them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import type { MessageId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { befriend, type PersonSettings, towards, XmppPerson } from '../harness/xmpp-person.ts';

describe('two people', () => {
  noLeaks();
  let server: Prosody;
  let amy: XmppPerson;
  let ben: XmppPerson;
  let amyIs: string;
  let benIs: string;
  const everyone: XmppPerson[] = [];
  const person = (name: string, settings?: PersonSettings) => {
    const someone = new XmppPerson(server, name, settings);
    everyone.push(someone);
    return someone;
  };

  beforeAll(async () => {
    server = await startProsody({ users: [], resumption: 60 });
  });
  afterAll(async () => {
    await server?.stop();
  });
  beforeEach(async () => {
    const run = newId().slice(0, 8);
    [amyIs, benIs] = [`amy-${run}`, `ben-${run}`];
    await server.register(amyIs);
    await server.register(benIs);
    [amy, ben] = [person(amyIs), person(benIs)];
    await amy.arrive();
    await ben.arrive();
    await befriend(amy, ben);
  });
  afterEach(async () => {
    await Promise.all(everyone.splice(0).map((someone) => someone[Symbol.asyncDispose]()));
  });

  it('see each other come, change, and go', async () => {
    expect(amy.sees(ben)).toMatchObject({ listed: true, weSeeThem: 'yes', theySeeUs: 'yes' });
    await ben.facet('presence').setOwn({ availability: 'extended-away', status: '', message: 'In the Alps' });
    await amy.untilSees(ben, ({ presence }) => presence.message === 'In the Alps');
    expect(amy.sees(ben)?.presence).toEqual({ availability: 'extended-away', status: 'xa', message: 'In the Alps' });
    await ben.leave();
    await amy.untilSees(ben, ({ presence }) => presence.availability === 'offline');
  });

  it('learn by the hash what the other’s program can do', async () => {
    await amy.untilSees(ben, ({ abilities }) => abilities.length > 1);
    expect(amy.sees(ben)?.abilities).toEqual(['text', 'receipts', 'corrections', 'chat-states', 'read-markers']);
    expect(amy.seat.kept.get('caps')).toBeDefined();
  });

  it('say something, and hear that it was sent, that it arrived, that it was read', async () => {
    const id = await amy.say(ben, 'Grüße 👋🏽 <b>&amp;</b>');
    const heard = await ben.hears('Grüße 👋🏽 <b>&amp;</b>');
    expect(heard).toMatchObject({ from: amy.address, origin: id, wantsReadMarker: true, direction: 'incoming' });
    expect(heard.archive).toBeDefined();
    expect(heard.caughtUp).toBeUndefined();
    await amy.untilDelivery(id, 'sent');
    await amy.untilDelivery(id, 'delivered');
    await ben.facet('readMarkers').markRead(towards(amy), id);
    await amy.untilDelivery(id, 'read');
  });

  it('ask nothing of the other that they do not tell themselves', async () => {
    const id = await amy.say(ben, 'Just this', { readMarkers: false, typingNotices: false });
    expect((await ben.hears('Just this')).wantsReadMarker).toBeUndefined();
    await amy.untilDelivery(id, 'delivered');
  });

  it('see each other write', async () => {
    await amy.untilSees(ben, ({ abilities }) => abilities.includes('chat-states'));
    await amy.facet('chatStates').set(towards(ben), 'composing');
    await ben.seat.heard.until('chat-state-changed', ({ state }) => state === 'composing');
    expect(ben.seat.living.chatStates.get(amy.address)).toBe('composing');
    await amy.say(ben, 'Done');
    await ben.hears('Done');
    expect(ben.seat.living.chatStates.size).toBe(0);
  });

  it('are told why what they say cannot arrive', async () => {
    const nobody = person(`nobody-${newId()}`);
    const id = await amy.say(nobody, 'Hello?');
    await amy.untilDelivery(id, 'failed');
    const failed = amy.seat.heard.all('delivery-changed').findLast(({ delivery }) => delivery.state === 'failed');
    expect(failed?.delivery.text).not.toBe('');
  });

  it('have on every device what was said on another', async () => {
    const phone = person(benIs, { resource: 'phone' });
    await phone.arrive();
    // The server has enabled copies when it answers what was asked after.
    await phone.facet('archive').page(towards(amy), undefined, 1);
    const [asked, answered] = [newId(), newId()];
    await amy.say(ben, asked);
    await ben.hears(asked);
    await phone.hears(asked);
    const id = await phone.say(amy, answered);
    await amy.hears(answered);
    expect(await ben.hears(answered)).toMatchObject({
      id,
      direction: 'outgoing',
      caughtUp: true,
      delivery: { state: 'sent' },
    });
  });

  it('find what they missed, once, when they come back with what they remember', async () => {
    await amy.say(ben, 'before');
    await ben.hears('before');
    await ben.leave();
    const missed = ['one', 'two', 'three'];
    const ids: MessageId[] = [];
    for (const body of missed) ids.push(await amy.say(ben, body));
    await amy.untilDelivery(ids.at(-1) as MessageId, 'sent');
    const again = person(benIs, {
      memory: [...ben.seat.kept],
      remembered: [...ben.seat.living.contacts.values()],
    });
    await again.arrive();
    for (const body of missed) await again.hears(body);
    // The archive's last page has been read when its own newest message is the position.
    const { messages } = await again.facet('archive').page(towards(amy), undefined, 10);
    expect(messages.map(({ body }) => body)).toEqual(['before', ...missed]);
    const caughtUp = again.seat.heard
      .all('messages-received')
      .flatMap((event) => event.messages)
      .filter((message) => message.caughtUp === true);
    expect(caughtUp.map(({ body }) => body)).toEqual(missed);
    expect(again.sees(amy)?.listed).toBe(true);
    await amy.untilDelivery(ids[2] as MessageId, 'delivered');
  });

  it('find their own unconfirmed message in the archive, by its id', async () => {
    const id = await amy.say(ben, 'Did it leave?');
    await ben.hears('Did it leave?');
    await amy.cut();
    const again = person(amyIs, { memory: [...amy.seat.kept] });
    await again.arrive();
    expect(await again.hears('Did it leave?')).toMatchObject({ id, origin: id, direction: 'outgoing', caughtUp: true });
  });

  it('scroll back to the beginning in pages', async () => {
    for (let number = 1; number <= 5; number += 1) await amy.say(ben, `line ${number}`);
    await ben.hears('line 5');
    const archive = ben.facet('archive');
    const newest = await archive.page(towards(amy), undefined, 3);
    expect(newest.messages.map(({ body }) => body)).toEqual(['line 3', 'line 4', 'line 5']);
    const older = await archive.page(towards(amy), newest.messages[0]?.archive, 3);
    expect(older.messages.map(({ body }) => body)).toEqual(['line 1', 'line 2']);
    expect(older.complete).toBe(true);
  });

  it('know each other again, without asking, when a cut session is resumed', async () => {
    await ben.facet('presence').setOwn({ availability: 'busy', status: '', message: 'writing' });
    await amy.untilSees(ben, ({ presence }) => presence.message === 'writing');
    await amy.cut();
    expect(amy.sees(ben)?.presence.availability).toBe('unknown');
    const id = await ben.say(amy, 'Are you there?');
    await amy.arrive();
    await amy.hears('Are you there?');
    expect(amy.sees(ben)?.presence).toEqual({ availability: 'busy', status: 'dnd', message: 'writing' });
    expect(amy.seat.living.self?.presence.availability).toBe('available');
    await ben.untilDelivery(id, 'delivered');
  });

  it('lose nothing that was heard and not yet stored when the socket breaks', async () => {
    amy.stores = false;
    await ben.say(amy, 'Remember this');
    await amy.hears('Remember this');
    await amy.cut();
    amy.stores = true;
    await amy.arrive();
    // Never acknowledged, so the server says it again.
    expect(await amy.hears('Remember this')).toMatchObject({ from: ben.address });
  });

  it('part: one is out of the other’s list, and neither sees the other', async () => {
    await amy.facet('roster').remove(ben.address);
    await ben.untilSees(amy, ({ weSeeThem, theySeeUs }) => weSeeThem === 'no' && theySeeUs === 'no');
    await amy.seat.heard.until('contacts-changed', ({ removed }) => removed.includes(ben.address));
    expect(ben.sees(amy)?.presence.availability).toBe('unknown');
  });
});
