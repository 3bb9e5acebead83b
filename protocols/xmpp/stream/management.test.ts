import { describe, expect, it } from 'vitest';
import { acknowledgement, idsOf, message, question, send } from '../../../test/harness/counted-messages.ts';
import {
  bindFeature,
  grantBinding,
  managementFeature,
  serve,
  signIn,
} from '../../../test/harness/fake-xmpp-session.ts';
import type { Peer } from '../../../test/harness/fake-xmpp-server.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established, type Attempt } from '../../../test/harness/stream-attempt.ts';
import { ns } from './namespaces.ts';

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
