import { describe, expect, it } from 'vitest';
import { KithError } from '../../../src/base/index.ts';
import {
  bindFeature,
  grantBinding,
  mechanisms,
  scram,
  startTls,
  type ScramServer,
} from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established, refusedWith, type Trying } from '../../../test/harness/stream-attempt.ts';

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
    [['SCRAM-SHA-1', 'SCRAM-SHA-256', 'PLAIN', 'SCRAM-SHA-256-PLUS'], 'SCRAM-SHA-256'],
    [['DIGEST-MD5', 'PLAIN', 'SCRAM-SHA-1'], 'SCRAM-SHA-1'],
  ] as const)('of %j chooses %s', async (names, mechanism) => {
    const { tried, peer, header } = await offered(names);
    expect(header.attributes).toEqual({ from: 'amy@kith.test', to: 'kith.test', version: '1.0' });
    expect(await scram(peer, { mechanism })).toBe(true);
    expect(peer.heard).toContain(`mechanism="${mechanism}"`);
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  });

  it('takes the proof of the server before the success too', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    expect(await scram(peer, { proof: 'challenge' })).toBe(true);
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  });

  it('knows passwords of every alphabet', async () => {
    const password = 'pässwörd€😀 пароль';
    const { tried, peer } = await offered(['SCRAM-SHA-1'], { password: async () => password });
    expect(await scram(peer, { mechanism: 'SCRAM-SHA-1', password })).toBe(true);
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

  const cheats: readonly (readonly [string, ScramServer])[] = [
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

  const crooked: readonly (readonly [string, ScramServer])[] = [
    ['a nonce of its own', { nonce: () => 'mine' }],
    ['only our nonce', { nonce: (clients) => clients }],
    ['one iteration', { iterations: 1 }],
    ['a billion iterations', { iterations: 1_000_000_000 }],
    ['an extension', { extension: ',m=must' }],
  ];
  it.each(crooked)('proves nothing to a server with %s', async (_what, server) => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    const answering = scram(peer, server).catch(() => false);
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

  it.each([
    ['not-authorized', 'authentication-failed'],
    ['account-disabled', 'authentication-failed'],
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

  it('hears in a challenge too that the password is wrong', async () => {
    const { tried, peer } = await offered(['SCRAM-SHA-256']);
    await scram(peer, { proof: 'error' });
    expect(await refusedWith(tried)).toBe('authentication-failed');
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
    expect(await scram(peer)).toBe(true);
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
