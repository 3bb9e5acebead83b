import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  bound,
  carbons,
  failure,
  featuresAfter,
  management,
  sasl2,
  type Sasl2Offer,
  scram2,
  success,
} from '../../../test/harness/fake-sasl2.ts';
import { bindFeature, grantBinding, mechanisms, scram, startTls } from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established, refusedWith, type Trying } from '../../../test/harness/stream-attempt.ts';
import { TestLoginMemory } from '../../../test/harness/test-login-memory.ts';
import type { Resumption } from './contract.ts';
import { xml } from './element.ts';
import { ns } from './namespaces.ts';

const everything: Sasl2Offer = { bind: [carbons, management, 'urn:xmpp:csi:0'], sm: true };

describe('signing in by the second profile', () => {
  const suite = fakeServerSuite();

  /** A connection under TLS whose server offers this. */
  async function offered(offer: Sasl2Offer, trying?: Trying, more = '') {
    const { tried, peer } = await suite.meet(trying);
    await startTls(peer);
    const header = await peer.greet(sasl2(offer) + more);
    return { tried, peer, header };
  }

  it('says who it is, and goes on in the same stream where nothing can be done inline', async () => {
    const memory = new TestLoginMemory();
    const { tried, peer, header } = await offered({}, { memory });
    expect(header.attribute('from')).toBe('amy@kith.test');
    const { asked, right } = await scram2(peer);
    expect(right).toBe(true);
    expect(asked.child('user-agent')?.attribute('id')).toBe(memory.agent);
    expect(asked.child('user-agent')?.child('software')?.text()).toBe('Kith');
    expect(asked.elements().map(({ name }) => name)).toEqual(['initial-response', 'user-agent']);
    await grantBinding(peer);
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3'/>");
    expect(await established(tried)).toMatchObject({ address: 'amy@kith.test/desk', resumed: false, enabled: [] });
    expect(memory.mechanism).toBe('SCRAM-SHA-256');
  });

  it('is bound, managed and sent copies in one breath', async () => {
    const { tried, peer } = await offered(everything, { resource: 'Laptop', enable: [carbons, 'urn:example:unknown'] });
    const { asked } = await scram2(peer, { gives: bound() });
    const bind = asked.child('bind', ns.bind2);
    expect(bind?.child('tag')?.text()).toBe('Laptop');
    expect(bind?.elements().map(({ name, xmlns }) => `${name} ${xmlns}`)).toEqual([
      `tag ${ns.bind2}`,
      `enable ${carbons}`,
      `enable ${management}`,
    ]);
    expect(bind?.child('enable', management)?.attribute('resume')).toBe('true');
    const { features, ...rest } = await established(tried);
    expect(rest).toEqual({ address: 'amy@kith.test/Kith~1', resumed: false, enabled: [carbons], lost: [] });
    expect(features.child('sm', management)).toBeDefined();
    peer.drop();
    expect((await tried.ended).resumption).toMatchObject({ id: 'session-1', address: 'amy@kith.test/Kith~1' });
  });

  it('counts from the success on', async () => {
    const { tried, peer } = await offered(everything);
    await scram2(peer, { gives: { ...bound(), behind: `<message id='1'/>${featuresAfter}<message id='2'/>` } });
    await established(tried);
    expect(await tried.next()).toMatchObject({ number: 1, element: { attributes: { id: '1' } } });
    expect(await tried.next()).toMatchObject({ number: 2, element: { attributes: { id: '2' } } });
  });

  it.each([
    ['bound without management', ''],
    ['bound where management failed', "<failed xmlns='urn:xmpp:sm:3'/>"],
  ])('%s asks for management by itself', async (_what, inside) => {
    const { tried, peer } = await offered({ bind: [] });
    const { asked } = await scram2(peer, { gives: bound(inside) });
    expect(asked.child('bind', ns.bind2)?.child('tag')?.text()).toBe('Kith');
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3' id='later' resume='1'/><message/>");
    expect(await established(tried)).toMatchObject({ address: 'amy@kith.test/Kith~1' });
    expect((await tried.next()).number).toBe(1);
  });

  it('says why it was not bound', async () => {
    const { tried, peer } = await offered(everything);
    const conflict = "<error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    await scram2(peer, { gives: { inside: `<failed xmlns='urn:xmpp:bind:0'>${conflict}</failed>` } });
    expect(await tried.opened).toMatchObject({ code: 'server-refused', message: expect.stringContaining('conflict') });
  });

  it('takes no session without an address', async () => {
    const { tried, peer } = await offered(everything);
    await scram2(peer, { gives: { ...bound(), address: '@' } });
    expect(await refusedWith(tried)).toBe('server-refused');
  });

  it.each(['wrong', 'missing'] as const)('does not go in when the server’s proof is %s', async (proof) => {
    const memory = new TestLoginMemory();
    const { tried, peer } = await offered(everything, { memory });
    await scram2(peer, { gives: bound(), proof });
    expect(await refusedWith(tried)).toBe('server-unproven');
    await peer.closed;
    expect(memory.mechanism).toBeUndefined();
  });

  it('does not go in where it was let in before it was asked anything', async () => {
    const { tried, peer } = await offered(everything);
    await peer.element('authenticate');
    peer.write(success(undefined, bound()));
    expect(await refusedWith(tried)).toBe('server-unproven');
  });

  it('says which further step a server wants', async () => {
    const { tried, peer } = await offered({});
    const tasks = '<tasks><task>TOTP-EXAMPLE</task><task>PASSWORD-CHANGE</task></tasks>';
    await scram2(peer, { instead: `<continue xmlns='urn:xmpp:sasl:2'>${tasks}</continue>` });
    expect(await tried.opened).toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining('TOTP-EXAMPLE, PASSWORD-CHANGE'),
    });
  });

  it.each([
    ['not-authorized', 'authentication-failed'],
    ['temporary-auth-failure', 'network'],
    ['something-new', 'server-refused'],
  ])('hears %s as %s', async (condition, code) => {
    const { tried, peer } = await offered({});
    await scram2(peer, { instead: failure(condition, 'Because.') });
    expect(await tried.opened).toMatchObject({ code, message: expect.stringContaining('Because.') });
    expect(tried.asked.passwords).toBe(1);
  });

  it('hears a refusal whose condition is in the wrong namespace', async () => {
    const { tried, peer } = await offered({});
    await scram2(peer, { instead: "<failure xmlns='urn:xmpp:sasl:2'><not-authorized/></failure>" });
    expect(await refusedWith(tried)).toBe('authentication-failed');
  });

  it.each([
    ['a challenge without end', "<challenge xmlns='urn:xmpp:sasl:2'>eD0x</challenge>"],
    ['an answer of the first profile', "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"],
    ['a stanza', '<message/>'],
  ])('ends at %s', async (_what, instead) => {
    const { tried, peer } = await offered({});
    await scram2(peer, { instead });
    expect(['server-refused', 'server-unproven']).toContain(await refusedWith(tried));
    await peer.closed;
  });

  it('is bound to the connection, and holds the list of this profile against what the server vouches for', async () => {
    const names = ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'];
    const types = ['tls-exporter', 'tls-server-end-point'];
    const hash = createHash('sha256')
      .update(`${names.join('\u{1E}')}\u{1F}${types.join('\u{1E}')}`)
      .digest('base64');
    const other = mechanisms('SCRAM-SHA-1');
    const { tried, peer } = await offered({ ...everything, mechanisms: names, types }, {}, other);
    const mechanism = 'SCRAM-SHA-256-PLUS';
    expect(await scram2(peer, { mechanism, extension: `,h=${hash}`, gives: bound() })).toMatchObject({
      right: true,
      flag: 'p=tls-exporter',
    });
    await established(tried);
  });

  it('leaves this profile where it says to be bound but not by what (XEP-0440 section 3)', async () => {
    const names = ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'];
    const { tried, peer } = await offered({ mechanisms: names }, {}, mechanisms(...names));
    expect(await scram(peer, { mechanism: 'SCRAM-SHA-256-PLUS' })).toEqual({ right: true, flag: 'p=tls-exporter' });
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  });

  it('does not begin where that is all there is', async () => {
    const { tried } = await offered({ mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'] });
    expect(await refusedWith(tried)).toBe('downgraded');
    expect(tried.asked.passwords).toBe(0);
  });

  it('takes the profile with the stronger mechanism', async () => {
    const { tried, peer } = await offered({ mechanisms: ['PLAIN', 'SCRAM-SHA-1'] }, {}, mechanisms('SCRAM-SHA-512'));
    expect(await scram(peer, { mechanism: 'SCRAM-SHA-512' })).toMatchObject({ right: true });
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
  });

  it('takes in a long contact list once the server is proven, and nothing long before', async () => {
    const long = `<message><body>${'a'.repeat(300_000)}</body></message>`;
    const honest = await offered(everything);
    await scram2(honest.peer, { gives: { ...bound(), behind: featuresAfter + long } });
    await established(honest.tried);
    expect((await honest.tried.next()).element.child('body')?.text()).toHaveLength(300_000);
    const liar = await offered(everything);
    await scram2(liar.peer, { instead: `<success xmlns='urn:xmpp:sasl:2'>${'a'.repeat(300_000)}</success>` });
    expect(await refusedWith(liar.tried)).toBe('server-refused');
  });
});

describe('a lost session whose server signs in by the second profile', () => {
  const suite = fakeServerSuite();
  const message = (id: string) => xml('message', ns.stanzas, { id });

  /** Two messages of ours in flight, the first of them acknowledged meanwhile; five of theirs handled. */
  async function returning(offer: Sasl2Offer) {
    const acknowledged: string[] = [];
    const unacknowledged = ['2', '3'].map((id) => ({
      element: message(id),
      acknowledged: () => acknowledged.push(id),
    }));
    const resume: Resumption = {
      id: 'old',
      address: 'amy@kith.test/Kith~1',
      handled: 5,
      acknowledged: 1,
      unacknowledged,
    };
    const { tried, peer } = await suite.meet({ resume, enable: [carbons] });
    await startTls(peer);
    await peer.greet(sasl2(offer));
    return { tried, peer, acknowledged };
  }

  it('is continued in the same breath, and goes on counting', async () => {
    const { tried, peer, acknowledged } = await returning(everything);
    const resumed = "<resumed xmlns='urn:xmpp:sm:3' previd='old' h='2'/>";
    const { asked } = await scram2(peer, { gives: { inside: resumed, behind: "<message id='theirs'/>" } });
    expect(asked.child('resume', management)?.attributes).toEqual({ previd: 'old', h: '5' });
    expect(asked.child('bind', ns.bind2)).toBeDefined();
    expect(await established(tried)).toMatchObject({ address: 'amy@kith.test/Kith~1', resumed: true, lost: [] });
    expect(acknowledged).toEqual(['2']);
    expect((await peer.element('message')).attribute('id')).toBe('3');
    await peer.element('r');
    expect(await tried.next()).toMatchObject({ number: 6, element: message('theirs') });
  });

  it('is continued too by a server that sends features all the same', async () => {
    const { tried, peer } = await returning(everything);
    await scram2(peer, { gives: { inside: "<resumed xmlns='urn:xmpp:sm:3' previd='old' h='3'/>" } });
    expect(await established(tried)).toMatchObject({ resumed: true });
    peer.write('<message/>');
    expect((await tried.next()).number).toBe(6);
  });

  it.each([
    [
      'nothing more of it',
      "<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>",
      ['2', '3'],
      [],
    ],
    ['only how far it came', "<failed xmlns='urn:xmpp:sm:3' h='2'/>", ['3'], ['2']],
  ] as const)('is bound anew in the same breath when the server knows %s', async (_what, failed, lost, had) => {
    const { tried, peer, acknowledged } = await returning(everything);
    const { address = '', inside = '' } = bound();
    await scram2(peer, { gives: { address, inside: failed + inside } });
    const outcome = await established(tried);
    expect(outcome).toMatchObject({ address, resumed: false, enabled: [carbons] });
    expect(outcome.lost.map(({ element }) => element.attribute('id'))).toEqual(lost);
    expect(acknowledged).toEqual(had);
  });

  it('is bound in the old way where it could only be resumed inline', async () => {
    const { tried, peer } = await returning({ sm: true });
    const { asked } = await scram2(peer, { gives: { inside: "<failed xmlns='urn:xmpp:sm:3'/>" } });
    expect(asked.child('bind', ns.bind2)).toBeUndefined();
    await grantBinding(peer);
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3'/>");
    expect((await established(tried)).lost).toHaveLength(2);
  });

  it('is not bound before it is asked for, where that takes a question of its own', async () => {
    const { tried, peer } = await returning({ bind: [carbons, management] });
    const { asked } = await scram2(peer);
    expect(asked.elements().map(({ name }) => name)).toEqual(['initial-response', 'user-agent']);
    expect((await peer.element('resume')).attributes).toEqual({ previd: 'old', h: '5' });
    peer.write("<resumed xmlns='urn:xmpp:sm:3' previd='old' h='1'/>");
    expect(await established(tried)).toMatchObject({ resumed: true });
  });

  it('is not continued by a server that claims to have had what was never sent', async () => {
    const { tried, peer } = await returning(everything);
    await scram2(peer, { gives: { inside: "<resumed xmlns='urn:xmpp:sm:3' previd='old' h='4'/>" } });
    expect(await refusedWith(tried)).toBe('server-refused');
    expect((await peer.element('error')).child('handled-count-too-high', management)).toBeDefined();
  });

  it('is lost where nothing of it is offered any more', async () => {
    const { tried, peer } = await returning({});
    await scram2(peer, { gives: { behind: `<stream:features>${bindFeature}</stream:features>` } });
    await grantBinding(peer);
    expect((await established(tried)).lost).toHaveLength(2);
  });
});
