import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { acknowledgement, idsOf, message, question, send } from '../../../test/harness/counted-messages.ts';
import {
  bindFeature,
  grantBinding,
  managementFeature,
  serve,
  signIn,
} from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { inventedNames } from '../../../test/harness/invented-names.ts';
import { established, refusedWith } from '../../../test/harness/stream-attempt.ts';
import type { Resumption } from './contract.ts';
import { ns } from './namespaces.ts';

describe('a session whose socket was lost', () => {
  const suite = fakeServerSuite();

  /** Three messages sent, one of them acknowledged; two received, one of them stored; then the socket is gone. */
  async function lost(): Promise<{ resumption: Resumption; acknowledged: string[] }> {
    const { tried, peer } = await suite.meet();
    await serve(peer);
    await established(tried);
    const acknowledged = send(tried, '1', '2', '3');
    await idsOf(peer, 3);
    peer.write(`${acknowledgement(1)}<message/><message/>`);
    await tried.next();
    await tried.next();
    tried.stream.handled(1);
    peer.drop();
    const { code, resumption } = await tried.ended;
    expect(code).toBe('network');
    expect(resumption).toMatchObject({ id: 'session-1', address: 'amy@kith.test/desk', handled: 1, acknowledged: 1 });
    expect(resumption?.unacknowledged.map(({ element }) => element.attribute('id'))).toEqual(['2', '3']);
    expect(acknowledged).toEqual(['1']);
    expect(() => tried.stream.send(message('late'))).toThrow(expect.objectContaining({ code: 'not-online' }));
    return { resumption: resumption ?? { id: '', handled: 0, acknowledged: 0, unacknowledged: [] }, acknowledged };
  }

  it('is continued: what arrived is not sent again, the rest is, and both sides count on', async () => {
    const { resumption, acknowledged } = await lost();
    const { tried, peer } = await suite.meet({ resume: resumption });
    await signIn(peer, bindFeature + managementFeature);
    const asked = await peer.element('resume');
    expect(asked.attributes).toEqual({ previd: 'session-1', h: '1' });
    // The stanzas come in one packet with the answer, and must wait until the stream is known to stand.
    peer.write("<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='2'/><message id='again'/>");
    const outcome = await established(tried);
    expect(outcome).toMatchObject({ address: 'amy@kith.test/desk', resumed: true, lost: [] });
    expect(acknowledged).toEqual(['1', '2']);
    expect(await idsOf(peer, 1)).toEqual(['3']);
    await peer.element('r');
    expect(await tried.next()).toMatchObject({ number: 2, element: message('again') });
    const later = send(tried, '4');
    await idsOf(peer, 1);
    peer.write(`${acknowledgement(4)}<message/>`);
    expect((await tried.next()).number).toBe(3);
    expect([...acknowledged, ...later]).toEqual(['1', '2', '3', '4']);
    peer.drop();
    expect((await tried.ended).resumption).toMatchObject({ id: 'session-1', handled: 1, acknowledged: 4 });
  });

  it('is bound anew when the server has forgotten it, and what was in flight is reported', async () => {
    const { resumption, acknowledged } = await lost();
    const { tried, peer } = await suite.meet({ resume: resumption });
    await signIn(peer, bindFeature + managementFeature);
    await peer.element('resume');
    peer.write("<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
    await grantBinding(peer, 'amy@kith.test', 'new');
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3' id='session-2' resume='1'/><message/>");
    const outcome = await established(tried);
    expect(outcome).toMatchObject({ address: 'amy@kith.test/new', resumed: false });
    expect(outcome.lost.map(({ element }) => element.attribute('id'))).toEqual(['2', '3']);
    expect((await tried.next()).number).toBe(1);
    expect(acknowledged).toEqual(['1']);
  });

  it('is reported only as far as a server that forgot it does not vouch for it', async () => {
    const { resumption, acknowledged } = await lost();
    const { tried, peer } = await suite.meet({ resume: resumption });
    await signIn(peer, bindFeature + managementFeature);
    await peer.element('resume');
    peer.write("<failed xmlns='urn:xmpp:sm:3' h='2'/>");
    await grantBinding(peer);
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3'/>");
    expect((await established(tried)).lost.map(({ element }) => element.attribute('id'))).toEqual(['3']);
    expect(acknowledged).toEqual(['1', '2']);
  });

  it.each([['9'], ['x'], ['-1'], ['4294967295']])(
    'is reported whole by a server that forgot it and claims to have had %s of three',
    async (count) => {
      const { resumption, acknowledged } = await lost();
      const { tried, peer } = await suite.meet({ resume: resumption });
      await signIn(peer, bindFeature + managementFeature);
      await peer.element('resume');
      peer.write(`<failed xmlns='urn:xmpp:sm:3' h='${count}'/>`);
      await grantBinding(peer);
      await peer.element('enable');
      peer.write("<enabled xmlns='urn:xmpp:sm:3'/>");
      expect((await established(tried)).lost.map(({ element }) => element.attribute('id'))).toEqual(['2', '3']);
      expect(acknowledged).toEqual(['1']);
    },
  );

  it('is reported as lost where management is gone altogether', async () => {
    const { resumption } = await lost();
    const { tried, peer } = await suite.meet({ resume: resumption });
    await signIn(peer, bindFeature);
    await grantBinding(peer);
    expect((await established(tried)).lost).toHaveLength(2);
  });

  it.each([['9'], ['x']])('is not continued by a server that claims to have had %s of three', async (count) => {
    const { resumption } = await lost();
    const { tried, peer } = await suite.meet({ resume: resumption });
    await signIn(peer, bindFeature + managementFeature);
    await peer.element('resume');
    peer.write(`<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='${count}'/>`);
    expect(await refusedWith(tried)).toBe('server-refused');
    expect((await peer.element('error')).child('handled-count-too-high', ns.management)).toBeDefined();
  });

  it('may be lost again before anything is acknowledged, and is continued with the same once more', async () => {
    const { resumption, acknowledged } = await lost();
    let resume = resumption;
    for (let loss = 0; loss < 2; loss += 1) {
      const { tried, peer } = await suite.meet({ resume });
      await signIn(peer, bindFeature + managementFeature);
      expect((await peer.element('resume')).attributes).toEqual({ previd: 'session-1', h: '1' });
      peer.write("<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='1'/>");
      expect(await idsOf(peer, 2)).toEqual(['2', '3']);
      peer.drop();
      resume = (await tried.ended).resumption ?? resume;
      expect(resume.unacknowledged).toEqual(resumption.unacknowledged);
    }
    expect(acknowledged).toEqual(['1']);
  });

  it('counts on over 2^32, both ways', async () => {
    const last = 2 ** 32 - 1;
    const { tried, peer } = await suite.meet({
      resume: { id: 'old', address: 'amy@kith.test/desk', handled: last, acknowledged: last, unacknowledged: [] },
    });
    await signIn(peer, bindFeature + managementFeature);
    expect((await peer.element('resume')).attribute('h')).toBe('4294967295');
    peer.write(`<resumed xmlns='urn:xmpp:sm:3' previd='old' h='4294967295'/><message/><message/>`);
    await established(tried);
    await tried.next();
    tried.stream.handled((await tried.next()).number);
    peer.write(question);
    expect((await peer.element('a')).attribute('h')).toBe('1');
    const acknowledged = send(tried, '1', '2', '3');
    await idsOf(peer, 3);
    await peer.element('r');
    peer.write(`${acknowledgement(1)}<message/>`);
    await tried.next();
    expect(acknowledged).toEqual(['1', '2']);
    peer.drop();
    const { resumption } = await tried.ended;
    expect(resumption).toMatchObject({ acknowledged: 1, unacknowledged: [{ element: message('3') }] });
    const again = await suite.meet(resumption === undefined ? {} : { resume: resumption });
    await signIn(again.peer, bindFeature + managementFeature);
    expect((await again.peer.element('resume')).attribute('h')).toBe('1');
  });

  /** The hint names a machine of its own; everybody else is looked up by the domain. */
  const hinted = (resumption: Resumption, location: string, reached: string[], refuses = '') => ({
    resume: { ...resumption, location },
    host: '',
    parts: {
      lookup: inventedNames({
        services: { '_xmpp-client._tcp.kith.test': [{ name: 'usual.kith.test', port: 5222, priority: 0, weight: 0 }] },
        addresses: { 'other.kith.test': ['192.0.2.9'], 'usual.kith.test': ['192.0.2.1'] },
      }),
      connectSocket: (host: string, port: number) => {
        reached.push(`${host}:${port}`);
        const socket = connect(suite.server.port, '127.0.0.1');
        if (host === refuses) socket.destroy();
        return socket;
      },
    },
  });

  it('is looked for first where the server said it would be', async () => {
    const { resumption } = await lost();
    const reached: string[] = [];
    const { peer } = await suite.meet(hinted(resumption, 'other.kith.test:5299', reached));
    await signIn(peer, bindFeature + managementFeature);
    await peer.element('resume');
    expect(reached).toEqual(['192.0.2.9:5299']);
    expect(peer.greeting.sni).toBe('kith.test');
  });

  it.each([
    ['nobody answers', 'other.kith.test:5299', ['192.0.2.9:5299', '192.0.2.1:5222']],
    ['there is no such machine', 'gone.kith.test', ['192.0.2.1:5222']],
    ['nothing is named', 'no place at all', ['192.0.2.1:5222']],
  ])('is looked for in the usual places where %s there', async (_what, location, places) => {
    const { resumption } = await lost();
    const reached: string[] = [];
    const { peer } = await suite.meet(hinted(resumption, location, reached, '192.0.2.9'));
    await signIn(peer, bindFeature + managementFeature);
    expect((await peer.element('resume')).attribute('previd')).toBe('session-1');
    expect(reached).toEqual(places);
  });

  it('keeps the hint of the session for its next loss', async () => {
    const { resumption } = await lost();
    const { tried, peer } = await suite.meet(hinted(resumption, 'other.kith.test', []));
    await signIn(peer, bindFeature + managementFeature);
    await peer.element('resume');
    peer.write("<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='1'/>");
    await established(tried);
    peer.drop();
    expect((await tried.ended).resumption?.location).toBe('other.kith.test');
  });
});
