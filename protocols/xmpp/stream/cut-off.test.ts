/** A connection that is cut at every byte there is. In plain text, which the person allowed: there a byte of the server is a byte on the wire. */
import { describe, expect, it } from 'vitest';
import {
  bindFeature,
  grantBinding,
  managementFeature,
  mechanisms,
  scram,
} from '../../../test/harness/fake-xmpp-session.ts';
import type { Peer } from '../../../test/harness/fake-xmpp-server.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established } from '../../../test/harness/stream-attempt.ts';

describe('a connection that is cut', () => {
  const suite = fakeServerSuite();
  const begin = () => suite.meet({ plainText: true });

  async function serve(peer: Peer): Promise<void> {
    await peer.greet(mechanisms('SCRAM-SHA-1'));
    await scram(peer, { mechanism: 'SCRAM-SHA-1' });
    await peer.greet(bindFeature + managementFeature);
    await grantBinding(peer);
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3' id='session-1' resume='true'/>");
  }

  it('at any byte of a login ends the attempt, which leaves nothing waiting', async () => {
    const whole = await begin();
    await serve(whole.peer);
    await established(whole.tried);
    for (let bytes = 0; bytes < whole.peer.said; bytes += 1) {
      const { tried, peer } = await begin();
      peer.dropAfter(bytes);
      const playing = serve(peer).catch(() => {});
      expect(await tried.opened, `after ${bytes} bytes`).toMatchObject({ code: 'network' });
      await playing;
      expect(tried.clock.pending).toBe(0);
    }
  });

  it('at any byte of a stanza makes no stanza of the part, and the session may be continued from before it', async () => {
    const stanza = "<message from='ben@kith.test' id='2'><body>€ 😀</body></message>";
    for (let bytes = 1; bytes < Buffer.byteLength(stanza); bytes += 1) {
      const { tried, peer } = await begin();
      await serve(peer);
      await established(tried);
      peer.write("<message id='1'/>");
      tried.stream.handled((await tried.next()).number);
      peer.dropAfter(peer.said + bytes);
      peer.write(stanza);
      const end = await tried.ended;
      expect(end, `after ${bytes} bytes`).toMatchObject({ code: 'network', resumption: { handled: 1 } });
      expect(tried.received).toHaveLength(1);
    }
  });

  it('anywhere in a session that is begun anew is no different', async () => {
    const resumption = { id: 'session-1', handled: 3, acknowledged: 0, unacknowledged: [] };
    const serveAgain = async (peer: Peer) => {
      await peer.greet(mechanisms('SCRAM-SHA-1'));
      await scram(peer, { mechanism: 'SCRAM-SHA-1' });
      await peer.greet(bindFeature + managementFeature);
      await peer.element('resume');
      peer.write("<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='0'/>");
    };
    const again = () => suite.meet({ plainText: true, resume: resumption });
    const whole = await again();
    await serveAgain(whole.peer);
    expect(await established(whole.tried)).toMatchObject({ resumed: true });
    for (let bytes = whole.peer.said - 100; bytes < whole.peer.said; bytes += 1) {
      const { tried, peer } = await again();
      peer.dropAfter(bytes);
      const playing = serveAgain(peer).catch(() => {});
      expect(await tried.opened, `after ${bytes} bytes`).toMatchObject({ code: 'network' });
      await playing;
    }
  });
});
