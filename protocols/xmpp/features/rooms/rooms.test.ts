import { describe, expect, it } from 'vitest';
import { everythingTold, type MessageId } from '../../../../src/domain/index.ts';
import { failureOf, NS_MUC_USER, play, RoomRig } from '../../../../test/harness/room-rig.ts';
import { NS_ARCHIVE } from '../../server-abilities.ts';
import type { Element } from '../../stream/element.ts';
import { NS_MUC } from './namespaces.ts';

const NS_OCCUPANT_ID = 'urn:xmpp:occupant-id:0';
const error = (nick: string, condition: string) =>
  `<presence from="${play}/${nick}" type="error"><error type="cancel"><${condition} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></presence>`;
const letter = (id: string, body = 'Hello') => ({
  id: id as MessageId,
  target: { kind: 'room', room: play } as const,
  body,
  at: 1,
  disclosure: everythingTold,
});
const entrances = (one: RoomRig): Element[] =>
  one.written().filter((stanza) => stanza.child('x', NS_MUC) !== undefined);

describe('coming into a room', () => {
  it('asks what the room can do, then shows us at its door under our own name', async () => {
    const one = new RoomRig();
    await one.begun();
    const joining = one.rooms.join(play, { password: 'orchard' });
    await one.settle();
    expect(one.room()).toMatchObject({ status: 'joining', nick: 'me', wanted: false });
    await one.answersLook([], 'The play');
    const [entrance] = entrances(one);
    expect(entrance?.attribute('to')).toBe(`${play}/me`);
    expect(entrance?.child('x', NS_MUC)?.child('password')?.text()).toBe('orchard');
    expect(entrance?.child('x', NS_MUC)?.child('history')?.attribute('maxstanzas')).toBe('50');
    await one.there('Bob', { item: 'affiliation="owner" role="moderator" jid="bob@home.example/x"' });
    await one.there('me', { codes: ['110'] });
    await joining;
    expect(one.room()).toMatchObject({ status: 'joined', name: 'The play', wanted: true });
    expect(one.occupants()).toMatchObject([
      { nick: 'Bob', role: 'moderator', affiliation: 'owner', address: 'bob@home.example', own: false },
      { nick: 'me', role: 'participant', affiliation: 'none', own: true },
    ]);
  });

  it('never shows the password to the house', async () => {
    const one = new RoomRig();
    await one.begun();
    const joining = one.rooms.join(play, { password: 'orchard-gate' });
    await one.settle();
    await one.answersLook();
    await one.there('me', { codes: ['110'] });
    await joining;
    expect(JSON.stringify([one.seat.heard.events, [...one.seat.kept]])).not.toContain('orchard-gate');
  });

  it('takes the name the room gives us', async () => {
    const one = new RoomRig();
    await one.begun();
    const joining = one.rooms.join(play, { nick: 'me' });
    await one.settle();
    await one.answersLook();
    await one.there('Juliet C.', { codes: ['110', '210'] });
    await joining;
    expect(one.room()?.nick).toBe('Juliet C.');
  });

  it('tries a few other names when ours is taken, and then gives up', async () => {
    const one = new RoomRig();
    await one.begun();
    const joining = one.rooms.join(play, { nick: 'me' });
    const refused = failureOf(joining);
    await one.settle();
    await one.answersLook();
    for (const nick of ['me', 'me_', 'me__', 'me___']) await one.says(error(nick, 'conflict'));
    expect(await refused).toMatchObject({ code: 'already-exists' });
    expect(entrances(one).map((stanza) => stanza.attribute('to'))).toEqual([
      `${play}/me`,
      `${play}/me_`,
      `${play}/me__`,
      `${play}/me___`,
    ]);
    // What never let us in leaves nothing behind.
    expect(one.room()).toBeUndefined();
  });

  it.each([
    ['forbidden', 'permission-denied', 'You are banned from this room'],
    ['registration-required', 'permission-denied', 'This room is for members only'],
    ['not-authorized', 'password-needed', 'This room needs a password'],
    ['service-unavailable', 'server-refused', 'This room is full'],
    ['item-not-found', 'not-found', 'There is no such room, or it is not open yet'],
    ['remote-server-not-found', 'not-found', 'The room’s server cannot be found'],
  ])('says why it was not let in: %s', async (condition, code, text) => {
    const one = new RoomRig();
    await one.begun(`<item id="${play}"><conference xmlns="urn:xmpp:bookmarks:1" autojoin="true"/></item>`);
    const refused = failureOf(one.rooms.join(play, {}));
    await one.settle();
    await one.answersLook();
    await one.says(error('me', condition));
    expect(await refused).toMatchObject({ code, message: text });
    expect(one.room()).toMatchObject({ status: 'left', wanted: true, reason: { code, text } });
  });

  it('stops waiting for a room that does not answer', async () => {
    const one = new RoomRig();
    await one.begun(`<item id="${play}"><conference xmlns="urn:xmpp:bookmarks:1" autojoin="true"/></item>`);
    const refused = failureOf(one.rooms.join(play, {}));
    await one.clock.advance(60_000);
    expect(await refused).toMatchObject({ code: 'timeout' });
    expect(one.room()).toMatchObject({ status: 'left', reason: { code: 'timeout' } });
  });

  it('agrees to a new room as its service would have it', async () => {
    const one = new RoomRig();
    await one.begun();
    const joining = one.rooms.join(play, {});
    await one.settle();
    await one.refuses('query', 'http://jabber.org/protocol/disco#info', 'item-not-found');
    await one.answersLook();
    await one.there('me', { codes: ['110', '201'], item: 'affiliation="owner" role="moderator"' });
    const form = one.asked('query', 'http://jabber.org/protocol/muc#owner');
    expect(form.attribute('type')).toBe('set');
    await one.answers('query', 'http://jabber.org/protocol/muc#owner');
    await one.answersLook([NS_ARCHIVE]);
    await joining;
  });
});

describe('in a room', () => {
  it('a presence of ours goes there too', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    one.written();
    await one.connection.facets.presence!.setOwn({ availability: 'away', status: 'away', message: '' });
    expect(one.written().map((stanza) => stanza.attribute('to'))).toEqual([undefined, `${play}/me`]);
  });

  it('people change their names and stay, ourselves among them', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.there('Bob');
    await one.there('Bob', {
      type: 'unavailable',
      codes: ['303'],
      item: 'affiliation="none" role="participant" nick="Rob"',
    });
    await one.there('Rob');
    const renaming = one.rooms.setNick(play, 'Juliet');
    await one.there('me', {
      type: 'unavailable',
      codes: ['303', '110'],
      item: 'affiliation="none" role="participant" nick="Juliet"',
    });
    await one.there('Juliet', { codes: ['110'] });
    await renaming;
    expect(one.occupants().map(({ nick, own }) => [nick, own])).toEqual([
      ['Rob', false],
      ['Juliet', true],
    ]);
    expect(one.room()?.nick).toBe('Juliet');
  });

  it('a name that somebody bears is refused, and ours stays', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    const refused = failureOf(one.rooms.setNick(play, 'Bob'));
    await one.says(error('Bob', 'conflict'));
    expect(await refused).toMatchObject({ code: 'already-exists' });
    expect(one.room()).toMatchObject({ nick: 'me', status: 'joined' });
  });

  it.each([
    ['301', 'permission-denied', 'You are banned from this room: Enough'],
    ['307', 'permission-denied', 'You were removed from this room: Enough'],
    ['321', 'permission-denied', 'You are no longer a member of this room: Enough'],
    ['322', 'permission-denied', 'This room is now for members only: Enough'],
    ['332', 'network', 'The room’s server is shutting down: Enough'],
  ])('being put out by %s is said in words', async (code, kind, text) => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    const item = 'affiliation="none" role="none"><reason>Enough</reason></item>';
    await one.there('me', { type: 'unavailable', codes: ['110', code], item });
    expect(one.room()).toMatchObject({ status: 'left', wanted: true, reason: { code: kind, text } });
    expect(one.occupants()).toEqual([]);
  });

  it('a removal for a technical reason is no kick: core may join again', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.there('me', { type: 'unavailable', codes: ['110', '307', '333'] });
    expect(one.room()?.reason?.code).toBe('network');
  });

  it('a room that was closed is not wanted any more, or joining would make it anew', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.says(
      `<presence from="${play}/me" type="unavailable"><x xmlns="${NS_MUC_USER}"><item affiliation="none" role="none"/><destroy><reason>Season over</reason></destroy></x></presence>`,
    );
    expect(one.room()).toMatchObject({
      wanted: false,
      reason: { code: 'cancelled', text: 'This room was closed: Season over' },
    });
  });

  it('the topic is what was said last, and setting it waits for the room', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    let set = false;
    const setting = one.rooms.setTopic(play, 'Act two').then(() => (set = true));
    await one.settle();
    expect(set).toBe(false);
    await one.says(`<message from="${play}/me" type="groupchat"><subject>Act two</subject></message>`);
    await setting;
    expect(one.room()?.topic).toBe('Act two');
  });

  it('ten thousand people are known after one joining, and told in few words', async () => {
    const one = new RoomRig();
    await one.begun();
    const joining = one.rooms.join(play, {});
    await one.settle();
    await one.answersLook();
    one.said('occupants-changed');
    const crowd = Array.from(
      { length: 10_000 },
      (_, index) =>
        `<presence from="${play}/p${index}"><x xmlns="${NS_MUC_USER}"><item affiliation="none" role="visitor"/></x></presence>`,
    );
    await one.says(
      ...crowd,
      `<presence from="${play}/me"><x xmlns="${NS_MUC_USER}"><item affiliation="none" role="participant"/><status code="110"/></x></presence>`,
    );
    await joining;
    expect(one.occupants()).toHaveLength(10_001);
    expect(one.said('occupants-changed').length).toBeLessThan(3);
  });
});

describe('what is said in a room', () => {
  it('is heard once, with who said it, and under the room’s own archive id only', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    const marks = `<stanza-id xmlns="urn:xmpp:sid:0" by="elsewhere@rooms.example" id="bad"/><stanza-id xmlns="urn:xmpp:sid:0" by="${play}" id="7"/>`;
    await one.says(one.saidBy('Bob', 'Hi', marks));
    expect(one.heardMessages).toMatchObject([
      {
        target: { kind: 'room', room: play },
        direction: 'incoming',
        nick: 'Bob',
        from: `${play}/Bob`,
        body: 'Hi',
        archive: `${play} 7`,
      },
    ]);
  });

  it('counts as sent when the room gives it back, and not when our server has it', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.connection.facets.messages!.send(letter('0123456789abcdef'));
    one.server.acknowledge();
    await one.settle();
    expect(one.said('delivery-changed').map(({ delivery }) => delivery.state)).toEqual(['sending']);
    await one.says(one.saidBy('me', 'Hello', '', '0123456789abcdef'));
    const events = one.seat.heard.events.slice(-2);
    expect(events).toMatchObject([
      { type: 'delivery-changed', delivery: { state: 'sent' } },
      { type: 'messages-received', messages: [{ id: '0123456789abcdef', direction: 'outgoing' }] },
    ]);
  });

  it('is unconfirmed when the room is lost before it came back', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.connection.facets.messages!.send(letter('0123456789abcdef'));
    await one.there('me', { type: 'unavailable', codes: ['110', '332'] });
    expect(one.said('delivery-changed').at(-1)).toMatchObject({ delivery: { state: 'unconfirmed' } });
  });

  it('is refused for what the room does not take', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.connection.facets.messages!.send(letter('0123456789abcdef'));
    await one.says(
      `<message from="${play}" type="error" id="0123456789abcdef"><error type="auth"><forbidden xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></message>`,
    );
    expect(one.said('delivery-changed').at(-1)).toMatchObject({
      delivery: { state: 'failed', reason: 'permission-denied' },
    });
  });

  it('of a room we are not in is nobody’s, and neither is who is there', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(one.saidBy('Bob', 'Unasked'));
    await one.there('Bob');
    await one.joined();
    await one.rooms.leave(play);
    await one.says(one.saidBy('Bob', 'Too late'));
    expect(one.heardMessages).toEqual([]);
    expect(one.occupants()).toEqual([]);
  });

  it('before we came is not ours because somebody bore our name: the occupant’s id decides', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined({ more: `<occupant-id xmlns="${NS_OCCUPANT_ID}" id="mine"/>` });
    const delay = `<delay xmlns="urn:xmpp:delay" from="${play}" stamp="2025-12-01T08:00:00Z"/>`;
    await one.says(one.saidBy('me', 'forged', `${delay}<occupant-id xmlns="${NS_OCCUPANT_ID}" id="other"/>`));
    await one.says(one.saidBy('me', 'true', `${delay}<occupant-id xmlns="${NS_OCCUPANT_ID}" id="mine"/>`));
    expect(one.heardMessages.map(({ body, direction, caughtUp }) => [body, direction, caughtUp])).toEqual([
      ['forged', 'incoming', true],
      ['true', 'outgoing', true],
    ]);
  });

  it('believes no stamp but the room’s', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    const now = one.clock.now();
    await one.says(
      one.saidBy('Bob', 'Now', '<delay xmlns="urn:xmpp:delay" from="bob@evil.example" stamp="2001-01-01T00:00:00Z"/>'),
    );
    expect(one.heardMessages[0]?.at).toBe(now);
  });

  it('to us alone is a talk of its own with who said it', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.says(
      `<message from="${play}/Bob" type="chat" id="p1"><body>Psst</body><x xmlns="${NS_MUC_USER}"/></message>`,
    );
    expect(one.heardMessages).toMatchObject([{ target: { kind: 'contact', contact: `${play}/Bob` }, body: 'Psst' }]);
  });

  it('to us alone is corrected by who said it, and by nobody who bears the name after them', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    const aside = (nick: string, body: string, more = '') =>
      `<message from="${play}/${nick}" type="chat" id="id-${body}"><body>${body}</body>${more}<x xmlns="${NS_MUC_USER}"/></message>`;
    const correcting = (id: string) => `<replace xmlns="urn:xmpp:message-correct:0" id="id-${id}"/>`;
    await one.there('Bob');
    await one.says(aside('Bob', 'Pst'), aside('Bob', 'Psst', correcting('Pst')), aside('Eve', 'Ha', correcting('Pst')));
    await one.there('Bob', { type: 'unavailable' });
    await one.there('Bob');
    await one.says(aside('Bob', 'Another', correcting('Pst')));
    expect(one.heardMessages.map(({ body, replaces }) => [body, replaces])).toEqual([
      ['Pst', undefined],
      ['Psst', 'id-Pst'],
      ['Ha', undefined],
      ['Another', undefined],
    ]);
  });
});

describe('the history of a room', () => {
  const result = (id: string, archive: string, nick: string, body: string, from: string = play) =>
    `<message from="${from}"><result xmlns="${NS_ARCHIVE}" queryid="${id}" id="${archive}"><forwarded xmlns="urn:xmpp:forward:0"><delay xmlns="urn:xmpp:delay" stamp="2025-12-01T08:00:00Z"/><message xmlns="jabber:client" from="${play}/${nick}" type="groupchat" id="o-${archive}"><body>${body}</body></message></forwarded></result></message>`;

  it('comes from its archive where it has one, and nobody else may tell it', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined({ features: [NS_ARCHIVE] });
    const asked = one.asked('query', NS_ARCHIVE);
    expect(asked.attribute('to')).toBe(play);
    const id = asked.child('query', NS_ARCHIVE)?.attribute('queryid') ?? '';
    await one.says(result(id, '1', 'Bob', 'Earlier'), result(id, '2', 'Bob', 'Forged', 'evil@rooms.example'));
    await one.answers(
      'query',
      NS_ARCHIVE,
      `<fin xmlns="${NS_ARCHIVE}" complete="true"><set xmlns="http://jabber.org/protocol/rsm"><first>1</first><last>1</last></set></fin>`,
    );
    expect(one.heardMessages.map(({ body, caughtUp }) => [body, caughtUp])).toEqual([['Earlier', true]]);
    expect(one.seat.kept.get(`room/${play}`)).toMatch(/ 1$/);
  });

  it('is asked of other rooms since the moment we last heard something', async () => {
    const one = new RoomRig({ memory: [[`room/${play}`, `${Date.UTC(2026, 0, 1)} -`]] });
    await one.begun();
    const joining = one.rooms.join(play, {});
    await one.settle();
    await one.answersLook();
    const [entrance] = entrances(one);
    expect(entrance?.child('x', NS_MUC)?.child('history')?.attribute('since')).toBe('2026-01-01T00:00:00.000Z');
    await one.there('me', { codes: ['110'] });
    await joining;
  });
});

describe('a session', () => {
  it('that goes on is in its rooms still, with everybody in them', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.there('Bob');
    one.server.break();
    await one.settle();
    expect(one.room()?.status).toBe('left');
    await one.online({ resumed: true });
    expect(one.room()?.status).toBe('joined');
    expect(one.occupants().map(({ nick }) => nick)).toEqual(['me', 'Bob']);
  });

  it('that is new says all rooms, and leaves the joining to who wants it', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    one.server.break(false);
    await one.settle();
    one.said('rooms-changed');
    await one.begun(`<item id="${play}"><conference xmlns="urn:xmpp:bookmarks:1" autojoin="true"/></item>`);
    expect(one.said('rooms-changed').at(-1)).toMatchObject({ changed: [{ id: play, status: 'left', wanted: true }] });
    expect(entrances(one)).toEqual([]);
  });
});
