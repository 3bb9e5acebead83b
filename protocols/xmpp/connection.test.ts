import { describe, expect, it } from 'vitest';
import { XmppRig, type RigSettings } from '../../test/harness/xmpp-rig.ts';
import { KithError } from '../../src/base/index.ts';
import {
  type Ask,
  availablePresence,
  type CertificateFacts,
  type ContactId,
  everythingTold,
  type MessageId,
  type OutgoingMessage,
} from '../../src/domain/index.ts';

const certificate: CertificateFacts = {
  domain: 'home.example',
  host: 'xmpp.home.example',
  reason: 'self-signed',
  subject: 'home.example',
  issuer: 'home.example',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2027-01-01T00:00:00Z',
  fingerprint: 'AB'.repeat(32),
};
const letter = (id: string): OutgoingMessage => ({
  id: id as MessageId,
  target: { kind: 'contact', contact: 'amy@home.example' as ContactId },
  body: 'Hello',
  at: 0,
  disclosure: everythingTold,
});
const answering = (answer: string): Ask => (async () => answer) as unknown as Ask;
const rig = (settings: RigSettings = {}) => new XmppRig({ ...settings });
const lately = (one: XmppRig) => one.said('status-changed').map(({ status, reason }) => [status, reason?.code]);
const deliveries = (one: XmppRig) =>
  one.said('delivery-changed').map(({ message, delivery }) => [message, delivery.state]);

describe('an attempt', () => {
  it('is connecting, then online', async () => {
    const one = rig();
    await one.online();
    expect(lately(one)).toEqual([
      ['connecting', undefined],
      ['online', undefined],
    ]);
  });

  it('opens what the form says, and the server’s own records when it says nothing', async () => {
    const plain = await rig({ parameters: { host: ' ', port: 0, resource: '', ca: '' } }).connect();
    expect(plain.settings).toMatchObject({ address: 'me@home.example', resource: undefined, plainText: false });
    expect(Object.keys(plain.settings)).not.toEqual(expect.arrayContaining(['host']));
    const parameters = {
      ...{ host: 'h.example', port: 5223, directTls: true, resource: 'desk' },
      ...{ ca: 'PEM', plainText: true },
    };
    const given = await rig({ parameters }).connect();
    expect(given.settings).toMatchObject(parameters);
  });

  it('is one at a time', async () => {
    const one = rig();
    await one.connect();
    await one.connect();
    expect(one.streams).toHaveLength(1);
    expect(lately(one)).toEqual([['connecting', undefined]]);
  });

  it('makes sure of the server when asked to, while there is one', async () => {
    const one = rig();
    await one.connect();
    await one.connection.facets.lifeline?.check();
    const server = await one.online();
    await one.connection.facets.lifeline?.check();
    expect(server.checks).toBe(1);
  });

  it('when online already only changes what we are seen as', async () => {
    const one = rig();
    await one.online();
    await one.answers('query', 'jabber:iq:roster');
    one.written();
    await one.connect({ availability: 'away', status: '', message: '' });
    expect(one.streams).toHaveLength(1);
    expect(one.written().map((stanza) => stanza.child('show')?.text())).toEqual(['away']);
  });

  it.each<[KithError, string]>([
    [
      new KithError('network', '192.0.2.1 cannot be reached.'),
      'No connection to home.example: 192.0.2.1 cannot be reached',
    ],
    [
      new KithError('certificate', 'The certificate of home.example cannot be verified (expired)'),
      'No password was sent to home.example: the certificate of home.example cannot be verified (expired)',
    ],
    [
      new KithError('authentication-failed', 'The server does not accept this address and password'),
      'Not signed in to home.example: the server does not accept this address and password',
    ],
    [
      new KithError('server-unproven', 'v= is wrong'),
      'The server home.example could not prove that it knows your password',
    ],
    [
      new KithError('downgraded', 'The server offers PLAIN. Give the password anew'),
      'No password was sent to home.example, as somebody may stand in between: the server offers PLAIN. Give the password anew',
    ],
    [new KithError('internal', 'A bug'), 'A bug'],
  ])('that fails is offline and says why, naming the server', async (error, text) => {
    const one = rig();
    (await one.connect()).refuse(error);
    await one.settle();
    expect(one.said('status-changed').at(-1)).toEqual({
      type: 'status-changed',
      status: 'offline',
      reason: { code: error.code, text },
    });
    expect(one.server.listened).toBe(false);
  });

  it('is not repeated by itself', async () => {
    const one = rig();
    (await one.connect()).refuse(new KithError('network', ''));
    await one.clock.advance(3_600_000);
    expect(one.streams).toHaveLength(1);
  });

  it('asks for the password, and for nothing else, when the server wants it', async () => {
    const one = rig({ answer: answering('correct horse') });
    const server = await one.connect();
    await expect(server.settings.password()).resolves.toBe('correct horse');
    expect(one.seat.asked).toEqual([{ kind: 'password', question: { why: 'needed' } }]);
  });

  it('keeps with the account the mechanism that let it in', async () => {
    const one = rig();
    const { memory } = (await one.connect()).settings;
    expect(memory.mechanism).toBeUndefined();
    memory.mechanism = 'SCRAM-SHA-256-PLUS';
    expect([...one.seat.kept]).toEqual([['password/mechanism', 'SCRAM-SHA-256-PLUS']]);
    const later = rig({ memory: [...one.seat.kept] });
    expect((await later.connect()).settings.memory.mechanism).toBe('SCRAM-SHA-256-PLUS');
  });

  it('calls itself by the same name at the server for as long as the account is here', async () => {
    const one = rig();
    const { agent } = (await one.connect()).settings.memory;
    expect(agent).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const later = rig({ memory: [...one.seat.kept] });
    expect((await later.connect()).settings.memory.agent).toBe(agent);
  });

  it('keeps a token where the password is, and not in its memory', async () => {
    const one = rig({ token: 'token-1' });
    const { token } = (await one.connect()).settings.memory;
    await expect(token.read()).resolves.toBe('token-1');
    token.keep('token-2');
    expect(one.seat.keptToken).toBe('token-2');
    expect(JSON.stringify([...one.seat.kept])).not.toContain('token');
    token.keep(undefined);
    await expect(token.read()).resolves.toBeUndefined();
  });

  it('ends as requested when it is called off, by either way', async () => {
    const one = rig();
    const asker = new AbortController();
    await one.connection.connect(availablePresence, asker.signal);
    asker.abort();
    await one.settle();
    expect(lately(one)).toEqual([
      ['connecting', undefined],
      ['offline', 'requested'],
    ]);
    await one.connect();
    await one.connection.disconnect();
    expect(lately(one)).toEqual([
      ['connecting', undefined],
      ['offline', 'requested'],
    ]);
  });

  it('may follow at once on one that was called off', async () => {
    const one = rig();
    await one.connect();
    const leaving = one.connection.disconnect();
    const again = one.connect();
    await leaving;
    (await again).establish();
    await one.settle();
    expect(one.seat.living.status).toBe('online');
  });

  it('hears what came in the same read as the answer that let us in', async () => {
    const one = rig();
    const server = await one.connect();
    server.establish();
    server.say('<message from="amy@home.example/x" type="chat"><body>early</body></message>');
    await one.settle();
    expect(one.said('messages-received').flatMap(({ messages }) => messages.map(({ body }) => body))).toEqual([
      'early',
    ]);
  });
});

describe('a certificate that does not verify', () => {
  it.each([
    ['no', false, undefined],
    ['once', true, undefined],
    ['until-changed', true, certificate.fingerprint],
  ])('answered with %s', async (answer, trusted, kept) => {
    const one = rig({ answer: answering(answer) });
    await expect((await one.connect()).settings.trust(certificate)).resolves.toBe(trusted);
    expect(one.seat.asked).toEqual([{ kind: 'certificate', question: certificate }]);
    expect(one.seat.kept.get('certificate')).toBe(kept);
  });

  it('is not asked about again while it is the same', async () => {
    const one = rig({ memory: [['certificate', certificate.fingerprint]] });
    await expect((await one.connect()).settings.trust(certificate)).resolves.toBe(true);
    expect(one.seat.asked).toEqual([]);
  });

  it('is asked about as changed when it is another than the accepted one, which stays until the answer', async () => {
    const one = rig({ memory: [['certificate', 'CD'.repeat(32)]], answer: answering('no') });
    await expect((await one.connect()).settings.trust(certificate)).resolves.toBe(false);
    expect(one.seat.asked[0]?.question).toEqual({ ...certificate, reason: 'changed' });
    expect(one.seat.kept.get('certificate')).toBe('CD'.repeat(32));
  });
});

describe('leaving', () => {
  it('says goodbye, closes, and is offline as requested', async () => {
    const one = rig();
    const server = await one.online();
    one.written();
    await one.connection.disconnect();
    expect(one.written().map((stanza) => stanza.attribute('type'))).toEqual(['unavailable']);
    expect(server.closed).toBe(true);
    expect(server.listened).toBe(false);
    expect(lately(one).at(-1)).toEqual(['offline', 'requested']);
  });

  it('is harmless offline, and twice', async () => {
    const one = rig();
    await one.connection.disconnect();
    expect(one.seat.heard.events).toEqual([]);
    await one.online();
    await Promise.all([one.connection.disconnect(), one.connection.disconnect()]);
    await one.connection.disconnect();
    expect(lately(one).filter(([status]) => status === 'offline')).toHaveLength(1);
  });

  it('gives up a session that could have been resumed', async () => {
    const one = rig();
    const server = await one.online();
    await one.connection.facets.messages?.send(letter('m1'));
    server.break();
    expect(lately(one).at(-1)).toEqual(['offline', 'network']);
    await one.connection.disconnect();
    expect(one.seat.living.reason?.code).toBe('requested');
    expect(one.seat.heard.all('delivery-changed').at(-1)).toMatchObject({
      message: 'm1',
      delivery: { state: 'unconfirmed' },
    });
    expect((await one.online()).resume).toBeUndefined();
  });

  it('leaves no timer and no listener', async () => {
    const one = rig();
    await one.online();
    await one.connection[Symbol.asyncDispose]();
    expect(one.clock.pending).toBe(0);
    expect(one.server.listened).toBe(false);
    expect(one.connection.facets).toEqual({});
  });
});

describe('a socket that breaks', () => {
  it('keeps what is in flight for the session’s return, and hands over how to resume', async () => {
    const one = rig();
    const first = await one.online();
    await one.connection.facets.messages?.send(letter('m1'));
    const [{ acknowledged } = {}] = first.written.slice(-1);
    first.break();
    await one.settle();
    expect(deliveries(one)).toEqual([['m1', 'sending']]);
    const second = await one.online({ resumed: true });
    expect(second.resume?.id).toBe('sm-1');
    acknowledged?.();
    await one.settle();
    expect(deliveries(one)).toEqual([['m1', 'sent']]);
  });

  it('tries to resume again when the first new socket comes to nothing', async () => {
    const one = rig();
    (await one.online()).break();
    (await one.connect()).refuse(new KithError('network', ''));
    await one.settle();
    expect((await one.connect()).resume?.id).toBe('sm-1');
  });

  it('leaves what was in flight unconfirmed when the server will not resume', async () => {
    const one = rig();
    const first = await one.online();
    await one.connection.facets.messages?.send(letter('m1'));
    await one.settle();
    first.acknowledge();
    await one.connection.facets.messages?.send(letter('m2'));
    first.break();
    await one.online({ resumed: false });
    expect(deliveries(one)).toEqual([
      ['m1', 'sending'],
      ['m1', 'sent'],
      ['m2', 'sending'],
      ['m2', 'unconfirmed'],
    ]);
  });

  it('leaves it unconfirmed at once when there is nothing to resume', async () => {
    const one = rig();
    const first = await one.online();
    await one.connection.facets.messages?.send(letter('m1'));
    first.break(false);
    expect(one.seat.heard.all('delivery-changed').at(-1)?.delivery.state).toBe('unconfirmed');
    expect((await one.connect()).resume).toBeUndefined();
  });

  it('makes sending impossible until the next one', async () => {
    const one = rig();
    (await one.online()).break();
    await expect(one.connection.facets.messages?.send(letter('m1'))).rejects.toMatchObject({ code: 'not-online' });
    await expect(one.connection.facets.presence?.setOwn(availablePresence)).rejects.toMatchObject({
      code: 'not-online',
    });
  });
});

describe('stored, then acknowledged', () => {
  const hello = '<message from="amy@home.example/x" type="chat" id="a1"><body>Hello</body></message>';

  it('keeps a message unacknowledged until it is on disk, and all that follow it', async () => {
    const one = rig({ storesAtOnce: false });
    const server = await one.online();
    await one.says(hello, '<iq type="get" id="p" from="amy@home.example/x"><ping xmlns="urn:xmpp:ping"/></iq>');
    expect(server.handledUpTo).toBe(0);
    one.connection.stored(one.seat.living.revision);
    expect(server.handledUpTo).toBe(2);
  });

  it('acknowledges at once what changes nothing', async () => {
    const one = rig({ storesAtOnce: false });
    const server = await one.online();
    await one.says('<iq type="get" id="p" from="amy@home.example/x"><ping xmlns="urn:xmpp:ping"/></iq>');
    expect(server.handledUpTo).toBe(1);
  });

  it('does not acknowledge on a new socket what came on the old one', async () => {
    const one = rig({ storesAtOnce: false });
    const first = await one.online();
    await one.says(hello);
    const stored = one.seat.living.revision;
    first.break();
    const second = await one.online({ resumed: true });
    one.connection.stored(stored);
    expect(second.handledUpTo).toBe(0);
    await one.says(hello);
    one.connection.stored(one.seat.living.revision);
    expect(second.handledUpTo).toBe(1);
  });
});

describe('a stanza nobody foresaw', () => {
  it.each([
    '<message from="@" type="chat"><body>x</body></message>',
    '<message><body/></message>',
    '<presence from="amy@home.example/x"><show>unheard-of</show><priority>many</priority></presence>',
    '<presence type="unheard-of" from="amy@home.example"/>',
    '<presence type="error" from="amy@home.example"/>',
    '<iq/>',
    '<iq type="result"/>',
    '<iq type="set" id="x"/>',
    '<iq type="error" id="nobody-asked"><error/></iq>',
    '<message from="me@home.example"><received xmlns="urn:xmpp:carbons:2"/></message>',
    '<message><result xmlns="urn:xmpp:mam:2"/></message>',
    '<message from="amy@home.example"><received xmlns="urn:xmpp:receipts"/></message>',
    '<message from="amy@home.example" type="error" id="x"/>',
    '<unheard-of/>',
    '<message xmlns="jabber:server" from="amy@home.example"><body>x</body></message>',
  ])('%s does no harm', async (stanza) => {
    const one = rig();
    const server = await one.online();
    await one.says(stanza, '<message from="amy@home.example/x"><body>still here</body></message>');
    expect(one.said('messages-received').flatMap(({ messages }) => messages.map(({ body }) => body))).toEqual([
      'still here',
    ]);
    expect(server.handledUpTo).toBe(2);
  });

  it.each(['get', 'set'])('of type %s is answered that nobody here knows it', async (type) => {
    const one = rig();
    await one.online();
    one.written();
    await one.says(`<iq type="${type}" id="q1" from="amy@home.example/x"><query xmlns="urn:example:unknown"/></iq>`);
    const [answer] = one.written();
    expect(answer?.attributes).toEqual({ type: 'error', id: 'q1', to: 'amy@home.example/x' });
    expect(
      answer
        ?.child('error')
        ?.elements()
        .map(({ name }) => name),
    ).toEqual(['service-unavailable']);
  });

  it('that makes a feature stumble is logged without its content', async () => {
    const lines: string[] = [];
    const log = {
      debug: () => {},
      info: () => {},
      error: () => {},
      warn: (...line: unknown[]) => void lines.push(JSON.stringify(line)),
      named: () => log,
    };
    const stumble = (session: Parameters<NonNullable<RigSettings['features']>[number]>[0]) =>
      session.onDidHear(() => {
        throw new KithError('internal', 'stumbled');
      });
    const one = rig({ features: [stumble], log });
    await one.online();
    await one.says('<message from="amy@home.example/x"><body>very private</body></message>');
    expect(lines.join()).toContain('stumbled');
    expect(lines.join()).not.toContain('private');
    expect(one.server.handledUpTo).toBe(1);
  });
});
