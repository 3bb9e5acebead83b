import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  bindFeature,
  grantBinding,
  managementFeature,
  serve,
  signIn,
} from '../../../test/harness/fake-xmpp-session.ts';
import type { Peer } from '../../../test/harness/fake-xmpp-server.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { inventedNames } from '../../../test/harness/invented-names.ts';
import { established, refusedWith, type Attempt } from '../../../test/harness/stream-attempt.ts';
import type { Resumption } from './contract.ts';
import { xml } from './element.ts';
import { ns } from './namespaces.ts';

const message = (id: string) => xml('message', ns.stanzas, { id });
const acknowledgement = (count: number | string) => `<a xmlns='urn:xmpp:sm:3' h='${count}'/>`;
const question = "<r xmlns='urn:xmpp:sm:3'/>";

/** Sends messages with these ids; the list grows by each when the server has it. */
function send(tried: Attempt, ...ids: readonly string[]): string[] {
  const acknowledged: string[] = [];
  for (const id of ids) tried.stream.send(message(id), () => acknowledged.push(id));
  return acknowledged;
}

async function idsOf(peer: Peer, count: number): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for (let nth = 0; nth < count; nth += 1) ids.push((await peer.element('message')).attribute('id'));
  return ids;
}

describe('stream management', () => {
  const suite = fakeServerSuite();

  async function managed() {
    const { tried, peer } = await suite.meet();
    await serve(peer);
    expect(await established(tried)).toMatchObject({ address: 'amy@kith.test/desk', resumed: false, lost: [] });
    return { tried, peer };
  }

  /** Waits until everything written before has been heard: the answer to a question comes behind it. */
  async function inStep(tried: Attempt, peer: Peer, handled: number): Promise<void> {
    tried.stream.handled(Number.MAX_SAFE_INTEGER);
    peer.write(question);
    let answer = await peer.element();
    while (!answer.is('a', ns.management)) answer = await peer.element();
    expect(answer.attribute('h')).toBe(String(handled));
  }

  it('asks once for all that is sent in one turn, and tells what the server has', async () => {
    const { tried, peer } = await managed();
    const acknowledged = send(tried, '1', '2', '3');
    expect(await idsOf(peer, 3)).toEqual(['1', '2', '3']);
    await peer.element('r');
    peer.write(acknowledgement(2));
    await inStep(tried, peer, 0);
    expect(acknowledged).toEqual(['1', '2']);
    peer.write(acknowledgement(3));
    await inStep(tried, peer, 0);
    expect(acknowledged).toEqual(['1', '2', '3']);
  });

  it('asks again for what was sent while a question was open', async () => {
    const { tried, peer } = await managed();
    const first = send(tried, '1');
    await idsOf(peer, 1);
    await peer.element('r');
    const second = send(tried, '2', '3');
    await idsOf(peer, 2);
    peer.write(acknowledgement(1));
    await peer.element('r');
    peer.write(acknowledgement(3));
    await inStep(tried, peer, 0);
    expect([...first, ...second]).toEqual(['1', '2', '3']);
  });

  it('counts stanzas, and nothing else, from one', async () => {
    const { tried, peer } = await managed();
    peer.write(`<message/>${question}<presence/><iq type='get' id='1'/>\n<unknown/><message/>`);
    for (const number of [1, 2, 3, 4]) expect((await tried.next()).number).toBe(number);
  });

  it('tells the server at once what was confirmed, and only that', async () => {
    const { tried, peer } = await managed();
    peer.write('<message/><message/><message/>');
    for (let nth = 0; nth < 3; nth += 1) await tried.next();
    tried.stream.handled(3);
    peer.write(question);
    expect((await peer.element('a')).attribute('h')).toBe('3');
  });

  it('waits a moment for what is being stored, then says how far it is, and says the rest when it is stored', async () => {
    const { tried, peer } = await managed();
    peer.write(`<message/><message/><message/>${question}<presence/>`);
    for (let nth = 0; nth < 4; nth += 1) await tried.next();
    tried.stream.handled(1);
    await tried.clock.advance(999);
    expect(peer.heard).not.toContain('<a ');
    await tried.clock.advance(1);
    expect((await peer.element('a')).attribute('h')).toBe('1');
    tried.stream.handled(2);
    tried.stream.handled(3);
    expect((await peer.element('a')).attribute('h')).toBe('3');
    tried.stream.handled(4);
    peer.write(question);
    expect((await peer.element('a')).attribute('h')).toBe('4');
  });

  it('answers before the moment is over when everything is stored', async () => {
    const { tried, peer } = await managed();
    peer.write(`<message/><message/>${question}<presence/>`);
    for (let nth = 0; nth < 3; nth += 1) await tried.next();
    tried.stream.handled(2);
    expect((await peer.element('a')).attribute('h')).toBe('2');
    await tried.clock.advance(5000);
    tried.stream.send(message('end'));
    await peer.element('message');
  });

  it('never claims to have more than came', async () => {
    const { tried, peer } = await managed();
    peer.write('<message/>');
    await tried.next();
    tried.stream.handled(77);
    tried.stream.handled(-1);
    peer.write(question);
    expect((await peer.element('a')).attribute('h')).toBe('1');
  });

  it.each([['2'], ['x'], ['-1'], ['']])(
    'ends the stream at an acknowledgement of %j when one was sent',
    async (count) => {
      const { tried, peer } = await managed();
      const acknowledged = send(tried, '1');
      await idsOf(peer, 1);
      await peer.element('r');
      peer.write(acknowledgement(count));
      const error = await peer.element('error');
      expect(error.child('undefined-condition', ns.streamConditions)).toBeDefined();
      expect(error.child('handled-count-too-high', ns.management)?.attribute('send-count')).toBe('1');
      expect(await tried.ended).toMatchObject({ code: 'server-refused' });
      expect((await tried.ended).resumption).toBeUndefined();
      expect(acknowledged).toEqual([]);
    },
  );

  it('learns nothing from a count that lies behind', async () => {
    const { tried, peer } = await managed();
    const acknowledged = send(tried, '1');
    await idsOf(peer, 1);
    await peer.element('r');
    peer.write(acknowledgement(2 ** 32 - 1));
    await inStep(tried, peer, 0);
    expect(acknowledged).toEqual([]);
  });

  it('does without when the server refuses after all', async () => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, bindFeature + managementFeature);
    await grantBinding(peer);
    await peer.element('enable');
    peer.write(
      "<failed xmlns='urn:xmpp:sm:3'><unexpected-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>",
    );
    await established(tried);
    send(tried, '1');
    await peer.element('message');
    expect((await peer.element('iq')).child('ping', ns.ping)).toBeDefined();
  });

  it('cannot be continued where the server did not say that it can', async () => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, bindFeature + managementFeature);
    await grantBinding(peer);
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3' id='x'/>");
    await established(tried);
    peer.drop();
    expect(await tried.ended).toEqual({ code: 'network', text: expect.any(String) });
  });

  it('says before it leaves what it has', async () => {
    const { tried, peer } = await managed();
    peer.write('<message/>');
    await tried.next();
    tried.stream.handled(1);
    const closing = tried.stream.close();
    expect((await peer.element('a')).attribute('h')).toBe('1');
    await peer.goodbye();
    peer.write('</stream:stream>');
    await closing;
    expect(await tried.ended).toEqual({ code: 'requested', text: '' });
  });
});

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

  it('is looked for first where the server said it would be', async () => {
    const { resumption } = await lost();
    const reached: string[] = [];
    const { peer } = await suite.meet({
      resume: { ...resumption, location: 'other.kith.test:5299' },
      host: '',
      parts: {
        lookup: inventedNames({ addresses: { 'other.kith.test': ['192.0.2.9'] } }),
        connectSocket: (host, port) => {
          reached.push(`${host}:${port}`);
          return connect(suite.server.port, '127.0.0.1');
        },
      },
    });
    await signIn(peer, bindFeature + managementFeature);
    await peer.element('resume');
    expect(reached).toEqual(['192.0.2.9:5299']);
    expect(peer.greeting.sni).toBe('kith.test');
  });
});
