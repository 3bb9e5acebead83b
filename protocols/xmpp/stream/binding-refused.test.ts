import { describe, expect, it } from 'vitest';
import {
  bindFeature,
  channelBindings,
  grantBinding,
  mechanisms,
  scram,
  startTls,
} from '../../../test/harness/fake-xmpp-session.ts';
import type { Peer } from '../../../test/harness/fake-xmpp-server.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established, refusedWith, type Trying } from '../../../test/harness/stream-attempt.ts';

const mechanism = 'SCRAM-SHA-1-PLUS';
const refusal =
  "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/><text>Invalid channel binding</text></failure>";

describe('a server that offers to be bound on TLS 1.3 and knows no binding of it', () => {
  const suite = fakeServerSuite();

  async function refused(trying: Trying = {}, announced = '') {
    const { tried, peer } = await suite.meet(trying);
    await startTls(peer);
    await peer.greet(mechanisms(mechanism, 'SCRAM-SHA-1') + announced);
    await peer.element('auth');
    peer.write(refusal);
    await peer.closed;
    return tried;
  }

  /** Of the server's end, as far as our proof. */
  async function onceMore(peer: Peer, how: Parameters<typeof startTls>[1] = {}) {
    await startTls(peer, how);
    await peer.greet(mechanisms(mechanism, 'SCRAM-SHA-1'));
    return await scram(peer, { mechanism });
  }

  it('is bound on TLS 1.2, and the person is asked for nothing twice', async () => {
    const tried = await refused({ ca: '', trust: async () => true });
    const peer = await suite.server.accepted();
    expect(await onceMore(peer)).toEqual({ right: true, flag: 'p=tls-unique' });
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
    expect(tried.asked).toMatchObject({ passwords: 1, certificates: [{}] });
  });

  it('is told no proof that is bound to nothing, where it knows no binding of TLS 1.2 either', async () => {
    const tried = await refused();
    const peer = await suite.server.accepted();
    await startTls(peer);
    await peer.greet(mechanisms(mechanism, 'SCRAM-SHA-1'));
    await peer.element('auth');
    peer.write(refusal);
    expect(await refusedWith(tried)).toBe('authentication-failed');
    await peer.closed;
    expect(peer.heard).not.toContain('<response');
  });

  it('is refused in its own words where it does not speak TLS 1.2', async () => {
    const tried = await refused();
    const peer = await suite.server.accepted();
    await startTls(peer, { minVersion: 'TLSv1.3' }).catch(() => undefined);
    expect(await tried.opened).toMatchObject({
      code: 'server-refused',
      message: expect.stringContaining('does not know how'),
    });
  });

  it('is taken at its word where it names the binding it refuses', async () => {
    const before = suite.server.count;
    const tried = await refused({}, channelBindings('tls-exporter'));
    expect(await refusedWith(tried)).toBe('authentication-failed');
    expect(suite.server.count).toBe(before + 1);
  });

  it('is not asked a second time about a password it has found wrong', async () => {
    const before = suite.server.count;
    const { tried, peer } = await suite.meet();
    await startTls(peer);
    await peer.greet(mechanisms(mechanism));
    await scram(peer, { mechanism, proof: 'refused' });
    expect(await refusedWith(tried)).toBe('authentication-failed');
    expect(suite.server.count).toBe(before + 1);
  });
});
