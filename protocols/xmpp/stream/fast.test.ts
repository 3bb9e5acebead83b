import { describe, expect, it } from 'vitest';
import { bound, failure, sasl2, type Sasl2Offer, scram2, token2 } from '../../../test/harness/fake-sasl2.ts';
import { startTls } from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established, refusedWith, type Trying } from '../../../test/harness/stream-attempt.ts';
import { TestLoginMemory } from '../../../test/harness/test-login-memory.ts';
import { type HashedToken, spellToken } from './hashed-token.ts';
import { ns } from './namespaces.ts';

const all = ['HT-SHA-256-NONE', 'HT-SHA-256-ENDP', 'HT-SHA-256-UNIQ', 'HT-SHA-256-EXPR'];
const offer: Sasl2Offer = { fast: all, bind: ['urn:xmpp:sm:3'] };
/** The virtual clock stands at the fifth of January 2026. */
const expiry = '2026-02-01T00:00:00Z';

/** A session bound, with a token beside it. */
function withToken(secret: string, until = expiry) {
  const { address = '', inside = '' } = bound();
  return { address, inside: `${inside}<token xmlns='urn:xmpp:fast:0' token='${secret}' expiry='${until}'/>` };
}

function keeping(more: Partial<HashedToken> = {}): TestLoginMemory {
  const token = { mechanism: 'HT-SHA-256-EXPR', secret: 'kept', uses: 3, expires: Date.parse(expiry), ...more };
  return new TestLoginMemory('SCRAM-SHA-256', spellToken(token));
}

const keptIn = ({ kept }: TestLoginMemory): unknown => (kept === undefined ? undefined : JSON.parse(kept));

describe('a token in exchange for the password', () => {
  const suite = fakeServerSuite();

  async function offered(trying?: Trying, more: Sasl2Offer = {}, maxVersion?: 'TLSv1.2') {
    const { tried, peer } = await suite.meet(trying);
    await startTls(peer, maxVersion === undefined ? {} : { maxVersion });
    await peer.greet(sasl2({ ...offer, ...more }));
    return { tried, peer };
  }

  it.each([
    ['TLS 1.3', undefined, all, 'HT-SHA-256-EXPR'],
    ['TLS 1.2', 'TLSv1.2', all, 'HT-SHA-256-UNIQ'],
    ['TLS 1.3', undefined, ['HT-SHA-256-UNIQ', 'HT-SHA-256-ENDP', 'HT-SHA-256-NONE'], 'HT-SHA-256-ENDP'],
    ['TLS 1.3', undefined, ['HT-SHA-256-UNIQ', 'HT-SHA-256-NONE'], 'HT-SHA-256-NONE'],
  ] as const)('on %s (%s) of %j is asked for as %s, and kept', async (_tls, maxVersion, fast, mechanism) => {
    const memory = new TestLoginMemory();
    const { tried, peer } = await offered({ memory }, { fast }, maxVersion);
    const { asked } = await scram2(peer, { gives: withToken('new') });
    expect(asked.child('request-token', ns.fast)?.attributes).toEqual({ mechanism });
    expect(asked.child('fast', ns.fast)).toBeUndefined();
    await established(tried);
    expect(keptIn(memory)).toEqual({ mechanism, secret: 'new', uses: 0, expires: Date.parse(expiry) });
  });

  it.each([
    ['TLS 1.3', undefined, 'HT-SHA-256-EXPR', all],
    ['TLS 1.2', 'TLSv1.2', 'HT-SHA-256-UNIQ', all],
    ['TLS 1.3', undefined, 'HT-SHA-256-ENDP', ['HT-SHA-256-ENDP']],
    ['TLS 1.3', undefined, 'HT-SHA-256-NONE', ['HT-SHA-256-NONE']],
  ] as const)(
    'lets in on %s (%s) by %s, and nobody is asked for the password',
    async (_tls, maxVersion, mechanism, fast) => {
      const memory = keeping({ mechanism });
      const { tried, peer } = await offered({ memory }, { fast }, maxVersion);
      const { asked, right } = await token2(peer, 'kept', { gives: bound() });
      expect(right).toBe(true);
      expect(asked.attribute('mechanism')).toBe(mechanism);
      expect(asked.child('fast', ns.fast)?.attributes).toEqual({ count: '4' });
      expect(asked.child('request-token', ns.fast)).toBeUndefined();
      expect(asked.child('user-agent')?.attribute('id')).toBe(memory.agent);
      expect(await established(tried)).toMatchObject({ address: 'amy@kith.test/Kith~1' });
      expect(tried.asked.passwords).toBe(0);
      expect(keptIn(memory)).toMatchObject({ secret: 'kept', uses: 4 });
      expect(memory.mechanism).toBe('SCRAM-SHA-256');
    },
  );

  it('is replaced by the one the server gives in its place, which begins to count anew', async () => {
    const memory = keeping();
    const { tried, peer } = await offered({ memory });
    await token2(peer, 'kept', { gives: withToken('next', '2026-03-01T00:00:00Z') });
    await established(tried);
    const expires = Date.parse('2026-03-01T00:00:00Z');
    expect(keptIn(memory)).toEqual({ mechanism: 'HT-SHA-256-EXPR', secret: 'next', uses: 0, expires });
  });

  it('that is refused is forgotten, and the password taken in the same stream', async () => {
    const memory = keeping();
    const { tried, peer } = await offered({ memory });
    await token2(peer, 'other', { instead: failure('credentials-expired') });
    const { asked, right } = await scram2(peer, { gives: withToken('new') });
    expect(right).toBe(true);
    expect(asked.child('fast', ns.fast)).toBeUndefined();
    await established(tried);
    expect(tried.asked.passwords).toBe(1);
    expect(keptIn(memory)).toMatchObject({ secret: 'new', uses: 0 });
  });

  it('that is refused together with the password leaves nothing behind, and is not the network’s fault', async () => {
    const memory = keeping();
    const { tried, peer } = await offered({ memory });
    await token2(peer, 'other', { instead: failure('not-authorized') });
    await scram2(peer, { instead: failure('not-authorized') });
    expect(await refusedWith(tried)).toBe('authentication-failed');
    expect(memory.kept).toBeUndefined();
  });

  it.each(['invalid-mechanism', 'malformed-request', 'aborted'])(
    'whose refusal confuses the server (%s) is forgotten, and a new connection tried',
    async (condition) => {
      const memory = keeping();
      const { tried, peer } = await offered({ memory });
      await token2(peer, 'other', { instead: failure('not-authorized') });
      await peer.element('authenticate');
      peer.write(failure(condition));
      // What the house tries again by itself, and soon.
      expect(await refusedWith(tried)).toBe('network');
      expect(memory.kept).toBeUndefined();
    },
  );

  it('is forgotten by whoever met a server that fell silent over it, and kept when only the connection broke', async () => {
    const memory = keeping();
    const broken = await offered({ memory });
    await broken.peer.element('authenticate');
    broken.peer.drop();
    expect(await refusedWith(broken.tried)).toBe('network');
    expect(keptIn(memory)).toMatchObject({ secret: 'kept' });
    const silent = await offered({ memory });
    await silent.peer.element('authenticate');
    await silent.tried.clock.advance(15_000);
    expect(await refusedWith(silent.tried)).toBe('server-silent');
    expect(memory.kept).toBeUndefined();
  });

  it('is kept when the server only cannot check it at the moment', async () => {
    const memory = keeping();
    const { tried, peer } = await offered({ memory });
    await token2(peer, 'kept', { instead: failure('temporary-auth-failure') });
    expect(await refusedWith(tried)).toBe('network');
    expect(keptIn(memory)).toMatchObject({ secret: 'kept' });
    expect(tried.asked.passwords).toBe(0);
  });

  it.each(['wrong', 'missing'] as const)('lets nobody in whose own proof is %s', async (proof) => {
    const memory = keeping();
    const { tried, peer } = await offered({ memory });
    await token2(peer, 'kept', { gives: bound(), proof });
    expect(await refusedWith(tried)).toBe('server-unproven');
    await peer.closed;
    expect(keptIn(memory)).toMatchObject({ secret: 'kept' });
  });

  it.each<readonly [string, Partial<HashedToken>, Sasl2Offer]>([
    ['has expired', { expires: Date.UTC(2026, 0, 5, 9) }, {}],
    ['is for another mechanism than the best there is', { mechanism: 'HT-SHA-256-NONE' }, {}],
    ['is for a mechanism that is not offered any more', {}, { fast: ['HT-SHA-256-NONE'] }],
    ['is for a binding that this connection has not', { mechanism: 'HT-SHA-256-UNIQ' }, {}],
  ])('that %s is not used', async (_how, token, more) => {
    const { tried, peer } = await offered({ memory: keeping(token) }, more);
    expect(await scram2(peer, { gives: bound() })).toMatchObject({ right: true });
    await established(tried);
  });

  it('that is damaged is not used', async () => {
    const memory = new TestLoginMemory('SCRAM-SHA-256', '{"mechanism":');
    const { tried, peer } = await offered({ memory });
    expect(await scram2(peer, { gives: bound() })).toMatchObject({ right: true });
    await established(tried);
  });

  it('is bound to the connection where the password would be', async () => {
    const bindable = { mechanisms: ['SCRAM-SHA-256-PLUS'], types: ['tls-exporter'], fast: ['HT-SHA-256-NONE'] };
    const { tried, peer } = await offered({ memory: keeping({ mechanism: 'HT-SHA-256-NONE' }) }, bindable);
    const { asked } = await scram2(peer, { mechanism: 'SCRAM-SHA-256-PLUS', gives: bound() });
    expect(asked.child('request-token', ns.fast)).toBeUndefined();
    await established(tried);
  });

  it('is neither given to nor asked of a server whose certificate a person had to accept', async () => {
    const { tried, peer } = await offered({ memory: keeping(), ca: '', trust: async () => true });
    const { asked } = await scram2(peer, { gives: bound() });
    expect(asked.elements().map(({ name }) => name)).toEqual(['initial-response', 'user-agent', 'bind']);
    await established(tried);
  });

  it('that cannot be read ends the attempt as the reading did', async () => {
    const memory = new TestLoginMemory();
    const locked = Object.assign(memory, { token: { ...memory.token, read: () => new Promise<never>(() => {}) } });
    const { tried, peer } = await offered({ memory: locked });
    tried.abort();
    expect(await refusedWith(tried)).toBe('cancelled');
    await peer.closed;
    expect(peer.heard).not.toContain('<authenticate');
  });

  it('does not appear in what is said and logged', async () => {
    const lines: string[] = [];
    const write = (text: string, fields?: object) => void lines.push(text + JSON.stringify(fields ?? {}));
    const log = { debug: write, info: write, warn: write, error: write, named: () => log };
    const { tried, peer } = await offered({ log, memory: keeping({ secret: 'xyzzy-plugh' }) });
    await token2(peer, 'xyzzy-plugh', { gives: bound(), proof: 'wrong' });
    const outcome = await tried.opened;
    expect(JSON.stringify([outcome, String(outcome), lines])).not.toContain('xyzzy-plugh');
    expect(lines.length).toBeGreaterThan(0);
    expect(peer.heard).not.toContain('xyzzy');
  });
});
