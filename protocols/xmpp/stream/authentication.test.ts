import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KithError } from '../../../src/base/index.ts';
import {
  bindFeature,
  channelBindings,
  grantBinding,
  mechanisms,
  scram,
  startTls,
  type ScramLogin,
} from '../../../test/harness/fake-xmpp-session.ts';
import type { Peer } from '../../../test/harness/fake-xmpp-server.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { type Attempt, established, refusedWith, type Trying } from '../../../test/harness/stream-attempt.ts';
import { TestLoginMemory } from '../../../test/harness/test-login-memory.ts';

const failure = (condition: string, words = '') =>
  `<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><${condition}/>${words}</failure>`;

describe('signing in', () => {
  const suite = fakeServerSuite();

  /** A connection under TLS whose server offers these mechanisms. */
  async function offered(names: readonly string[], trying?: Trying) {
    const { tried, peer } = await suite.meet(trying);
    await startTls(peer);
    const header = await peer.greet(mechanisms(...names));
    return { tried, peer, header };
  }

  it.each([
    [['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512'], 'SCRAM-SHA-512'],
    [['SCRAM-SHA-1', 'SCRAM-SHA-512', 'PLAIN', 'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS'], 'SCRAM-SHA-256-PLUS'],
    [['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'], 'SCRAM-SHA-1-PLUS'],
    [['DIGEST-MD5', 'PLAIN', 'SCRAM-SHA-1'], 'SCRAM-SHA-1'],
  ] as const)('of %j chooses %s', async (names, mechanism) => {
    const { tried, peer, header } = await offered(names);
    expect(header.attributes).toEqual({ from: 'amy@kith.test', to: 'kith.test', version: '1.0' });
    expect(await scram(peer, { mechanism })).toMatchObject({ right: true });
    expect(peer.heard).toContain(`mechanism="${mechanism}"`);
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  });

  it('takes the proof of the server before the success too', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    expect(await scram(peer, { proof: 'challenge' })).toMatchObject({ right: true });
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  });

  it('knows passwords of every alphabet', async () => {
    const password = 'pässwörd€😀 пароль';
    const { tried, peer } = await offered(['SCRAM-SHA-1'], { password: async () => password });
    expect(await scram(peer, { mechanism: 'SCRAM-SHA-1', password })).toMatchObject({ right: true });
    tried.abort();
    await tried.opened;
  });

  it('tells the password in plain text only when a verified server can do nothing better', async () => {
    const { tried, peer } = await offered(['PLAIN', 'DIGEST-MD5'], { password: async () => 'pä' });
    const auth = await peer.element('auth');
    expect(auth.attribute('mechanism')).toBe('PLAIN');
    expect(Buffer.from(auth.text(), 'base64').toString()).toBe('\0amy\0pä');
    peer.expectAnew();
    peer.write("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  });

  it.each([[['DIGEST-MD5', 'EXTERNAL']], [[]]])('does not begin when it knows none of %j', async (names) => {
    const { tried } = await offered(names);
    expect(await refusedWith(tried)).toBe('server-refused');
    expect(tried.asked.passwords).toBe(0);
  });

  const cheats: readonly (readonly [string, ScramLogin])[] = [
    ['knows another password', { password: 'guessed' }],
    ['signs with another key', { proof: 'wrong' }],
    ['lets us in without a signature', { proof: 'missing' }],
    ['lets us in with an empty signature', { proof: 'empty' }],
  ];
  it.each(cheats)('does not go in when the server %s', async (_how, server) => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    await scram(peer, server);
    expect(await refusedWith(tried)).toBe('server-unproven');
    await peer.closed;
    expect(peer.heard).not.toContain('xmpp-bind');
  });

  const crooked: readonly (readonly [string, ScramLogin])[] = [
    ['a nonce of its own', { nonce: () => 'mine' }],
    ['only our nonce', { nonce: (clients) => clients }],
    ['one iteration', { iterations: 1 }],
    ['a billion iterations', { iterations: 1_000_000_000 }],
    ['an extension', { extension: ',m=must' }],
  ];
  it.each(crooked)('proves nothing to a server with %s', async (_what, server) => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    const answering = scram(peer, server).catch(() => undefined);
    expect(await refusedWith(tried)).toBe('server-unproven');
    await peer.closed;
    expect(peer.heard).not.toContain('<response');
    // The server's half waits for an answer that never comes; nobody waits for it.
    void answering;
  });

  it('does not go in where it was let in before it was asked anything', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    await peer.element('auth');
    peer.write("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    expect(await refusedWith(tried)).toBe('server-unproven');
  });

  const lets = async (tried: Attempt, peer: Peer) => {
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  };

  it.each([
    ['TLS 1.3', undefined, undefined, 'p=tls-exporter'],
    ['TLS 1.2', 'TLSv1.2', undefined, 'p=tls-unique'],
    ['TLS 1.3', undefined, ['tls-server-end-point'], 'p=tls-server-end-point'],
    ['TLS 1.3', undefined, ['tls-unique', 'tls-server-end-point', 'tls-exporter'], 'p=tls-exporter'],
    ['TLS 1.2', 'TLSv1.2', ['tls-exporter', 'tls-server-end-point'], 'p=tls-server-end-point'],
  ] as const)(
    'binds itself to a connection of %s (%s), of the announced %j, by %s',
    async (_tls, maxVersion, types, flag) => {
      const { tried, peer } = await suite.meet();
      await startTls(peer, maxVersion === undefined ? {} : { maxVersion });
      const announced = types === undefined ? '' : channelBindings(...types);
      await peer.greet(mechanisms('SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS') + announced);
      expect(await scram(peer, { mechanism: 'SCRAM-SHA-256-PLUS' })).toEqual({ right: true, flag });
      await lets(tried, peer);
    },
  );

  it('proves nothing to a server behind somebody who passes its words on over a connection of their own', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256-PLUS']);
    const elsewhere = { bound: () => Buffer.from('another connection') };
    expect(await scram(peer, { mechanism: 'SCRAM-SHA-256-PLUS', ...elsewhere })).toMatchObject({ right: false });
    tried.abort();
    await tried.opened;
  });

  it('says that it would have bound itself, so that a server whose offer was cut short notices (RFC 5802 section 6)', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256', 'SCRAM-SHA-1']);
    expect(await scram(peer)).toEqual({ right: true, flag: 'y' });
    await lets(tried, peer);
  });

  it.each([
    ['bindings and no mechanism that uses them', ['SCRAM-SHA-256'], ['tls-exporter']],
    ['no binding that this connection has', ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'], ['tls-telepathic', 'tls-unique']],
  ])('does not begin where somebody has changed the offer to %s (XEP-0440 section 3)', async (_what, names, types) => {
    const { tried, peer } = await suite.meet();
    await startTls(peer);
    await peer.greet(mechanisms(...names) + channelBindings(...types));
    expect(await refusedWith(tried)).toBe('downgraded');
    await peer.closed;
    expect(peer.heard).not.toContain('<auth');
    expect(tried.asked.passwords).toBe(0);
  });

  const vouching = (offer: string) => `,h=${createHash('sha256').update(offer).digest('base64')}`;

  it('goes in where the server vouches for the offer that arrived (XEP-0474)', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256', 'PLAIN']);
    const extension = vouching('PLAIN\u{1E}SCRAM-SHA-256');
    expect(await scram(peer, { extension })).toMatchObject({ right: true });
    await lets(tried, peer);
  });

  it('proves nothing where the server vouches for more than arrived (XEP-0474)', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    const answering = scram(peer, { extension: vouching('SCRAM-SHA-256\u{1E}SCRAM-SHA-512') }).catch(() => undefined);
    expect(await refusedWith(tried)).toBe('downgraded');
    await peer.closed;
    expect(peer.heard).not.toContain('<response');
    void answering;
  });

  it('remembers the mechanism that let it in, and no other', async () => {
    const memory = new TestLoginMemory();
    const { tried, peer } = await offered(['SCRAM-SHA-256'], { memory });
    await scram(peer, { proof: 'wrong' });
    await tried.opened;
    expect(memory.mechanism).toBeUndefined();
    const again = await offered(['SCRAM-SHA-256'], { memory });
    await scram(again.peer);
    await lets(again.tried, again.peer);
    expect(memory.mechanism).toBe('SCRAM-SHA-256');
  });

  it.each([
    ['SCRAM-SHA-256-PLUS', ['SCRAM-SHA-512', 'SCRAM-SHA-256']],
    ['SCRAM-SHA-512', ['SCRAM-SHA-256', 'PLAIN']],
    ['SCRAM-SHA-1', ['PLAIN']],
  ])('after %s does not begin with any of %j', async (mechanism, names) => {
    const memory = new TestLoginMemory(mechanism);
    const { tried } = await offered(names, { memory });
    expect(await tried.opened).toMatchObject({ code: 'downgraded', message: expect.stringContaining(mechanism) });
    expect(tried.asked.passwords).toBe(0);
    expect(memory.mechanism).toBe(mechanism);
  });

  it.each([
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'],
    ['SCRAM-SHA-256', 'SCRAM-SHA-256'],
    ['PLAIN', 'SCRAM-SHA-1'],
  ] as const)('after %s takes %s, and remembers that', async (before, mechanism) => {
    const memory = new TestLoginMemory(before);
    const { tried, peer } = await offered([mechanism], { memory });
    expect(await scram(peer, { mechanism })).toMatchObject({ right: true });
    await lets(tried, peer);
    expect(memory.mechanism).toBe(mechanism);
  });

  it('does not sign in with a password that no server can have stored', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256'], { password: async () => 'a\u{7}b' });
    expect(await refusedWith(tried)).toBe('authentication-failed');
    await peer.closed;
    expect(peer.heard).not.toContain('<auth');
  });

  it.each([
    ['not-authorized', 'authentication-failed'],
    ['account-disabled', 'permission-denied'],
    ['credentials-expired', 'authentication-failed'],
    ['temporary-auth-failure', 'network'],
    ['encryption-required', 'not-encrypted'],
    ['invalid-mechanism', 'server-refused'],
    ['something-new', 'server-refused'],
  ])('hears %s as %s', async (condition, code) => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    await peer.element('auth');
    peer.write(failure(condition, "<text xml:lang='en'>Because.</text>"));
    const outcome = await tried.opened;
    expect(outcome).toBeInstanceOf(KithError);
    expect(outcome).toMatchObject({ code, message: expect.stringContaining('Because.') });
  });

  it.each([
    ['invalid-proof', 'authentication-failed'],
    ['unknown-user', 'authentication-failed'],
    ['no-resources', 'network'],
    ['channel-bindings-dont-match', 'downgraded'],
    ['unsupported-channel-binding-type', 'downgraded'],
    ['extensions-not-supported', 'server-refused'],
  ])('hears %s in a challenge too, as %s (RFC 5802 section 7)', async (error, code) => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    await scram(peer, { proof: { error } });
    expect(await refusedWith(tried)).toBe(code);
  });

  it('ends as the person who was asked for the password ends it', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256'], {
      password: async () => {
        throw new KithError('password-needed', 'Nobody is there');
      },
    });
    expect(await refusedWith(tried)).toBe('password-needed');
    await peer.closed;
  });

  it('waits for the person who types the password, however long', async () => {
    let type = (_password: string): void => {};
    let asked = (): void => {};
    const asking = new Promise<void>((resolve) => (asked = resolve));
    const { tried, peer } = await offered(['SCRAM-SHA-256'], {
      password: () => new Promise((resolve) => ((type = resolve), asked())),
    });
    await asking;
    await tried.clock.advance(600_000);
    type('secret');
    expect(await scram(peer)).toMatchObject({ right: true });
    tried.abort();
    await tried.opened;
  });

  it.each([
    ['an answer to nothing', "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"],
    ['a stanza', '<message><body>psst</body></message>'],
    ['a proceed', "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"],
    ['a second header', "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"],
  ])('ends at %s while it signs in', async (_what, text) => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    await peer.element('auth');
    peer.write(text);
    if (text.startsWith('<stream')) await tried.clock.advance(15_000);
    expect(['server-refused', 'server-silent']).toContain(await refusedWith(tried));
    await peer.closed;
  });

  it('does not read what is said between the success and the new beginning', async () => {
    const { tried, peer } = await offered(['PLAIN']);
    await peer.element('auth');
    peer.expectAnew();
    peer.write("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/><message/>");
    expect(await refusedWith(tried)).toBe('server-refused');
  });

  it('keeps the password out of what it says and writes', async () => {
    const lines: string[] = [];
    const write = (text: string, fields?: object) => void lines.push(text + JSON.stringify(fields ?? {}));
    const log = { debug: write, info: write, warn: write, error: write, named: () => log };
    const { tried, peer } = await offered(['SCRAM-SHA-256'], { log, password: async () => 'xyzzy-plugh' });
    await scram(peer, { password: 'xyzzy-plugh', proof: 'wrong' });
    const outcome = await tried.opened;
    expect(JSON.stringify([outcome, String(outcome), lines])).not.toContain('xyzzy-plugh');
    expect(lines.length).toBeGreaterThan(0);
    expect(peer.heard).not.toContain(Buffer.from('xyzzy-plugh').toString('base64'));
  });
});
