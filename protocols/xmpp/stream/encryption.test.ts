import { connect } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  bindFeature,
  grantBinding,
  mechanisms,
  scram,
  startTls,
  startTlsFeature,
} from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { inventedNames } from '../../../test/harness/invented-names.ts';
import type { Peer } from '../../../test/harness/fake-xmpp-server.ts';
import { established, refusedWith } from '../../../test/harness/stream-attempt.ts';

/** The other side may leave before we know that encryption stands. */
async function begun(encrypting: Promise<unknown>): Promise<void> {
  await encrypting.catch(() => {});
}

async function restOfLogin(peer: Peer, ...offered: string[]): Promise<void> {
  await peer.greet(mechanisms(...offered));
  await scram(peer);
  await peer.greet(bindFeature);
  await grantBinding(peer);
}

describe('encryption', () => {
  const suite = fakeServerSuite();

  it('is begun by STARTTLS, with the name of the domain, and before it nothing says who we are', async () => {
    const { tried, peer } = await suite.meet();
    const header = await startTls(peer);
    expect(header.attributes).toEqual({ to: 'kith.test', version: '1.0' });
    expect(peer.greeting.sni).toBe('kith.test');
    await restOfLogin(peer, 'SCRAM-SHA-256');
    expect((await established(tried)).address).toBe('amy@kith.test/desk');
    expect(tried.asked).toEqual({ certificates: [], passwords: 1 });
  });

  it('may be there from the first byte, and says then which protocol it is for', async () => {
    const { tried, peer } = await suite.meet({ directTls: true });
    await peer.encrypt();
    expect(peer.greeting).toEqual({ sni: 'kith.test', alpn: 'xmpp-client' });
    await restOfLogin(peer, 'SCRAM-SHA-256');
    await established(tried);
  });

  it('names the domain and wants its name, whatever machine the name servers lead to', async () => {
    const asked: string[] = [];
    const { tried, peer } = await suite.meet({
      host: '',
      parts: {
        lookup: inventedNames({
          services: {
            '_xmpp-client._tcp.kith.test': [{ name: 'machine.elsewhere.test', port: 7, priority: 0, weight: 0 }],
          },
          addresses: { 'machine.elsewhere.test': ['192.0.2.7'] },
        }),
        connectSocket: (host, port) => {
          asked.push(`${host}:${port}`);
          return connect(suite.server.port, '127.0.0.1');
        },
      },
    });
    await startTls(peer);
    expect(asked).toEqual(['192.0.2.7:7']);
    expect(peer.greeting.sni).toBe('kith.test');
    await restOfLogin(peer, 'SCRAM-SHA-256');
    await established(tried);
    expect(tried.asked.certificates).toEqual([]);
  });

  it('is insisted on when it is not offered', async () => {
    const { tried, peer } = await suite.meet();
    await peer.greet(mechanisms('SCRAM-SHA-256', 'PLAIN'));
    expect(await refusedWith(tried)).toBe('not-encrypted');
    await peer.closed;
    expect(tried.asked.passwords).toBe(0);
    expect(peer.heard).not.toContain('auth');
  });

  it('is insisted on when it is refused', async () => {
    const { tried, peer } = await suite.meet();
    await peer.greet(startTlsFeature + mechanisms('PLAIN'));
    await peer.element('starttls');
    peer.write("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>");
    expect(await refusedWith(tried)).toBe('not-encrypted');
    expect(tried.asked.passwords).toBe(0);
  });

  it.each([
    ['in the same packet', "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message/>"],
    ['cut in the middle', "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><stream:fea"],
  ])('begins with nothing smuggled in before it, %s', async (_how, text) => {
    const { tried, peer } = await suite.meet();
    await peer.greet(startTlsFeature);
    await peer.element('starttls');
    peer.write(text);
    expect(await refusedWith(tried)).toBe('not-encrypted');
    expect(tried.asked).toEqual({ certificates: [], passwords: 0 });
  });

  it('is refused when the server knows only what is broken by now', async () => {
    const { tried, peer } = await suite.meet();
    await peer.greet(startTlsFeature);
    await peer.element('starttls');
    peer.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    await expect(peer.encrypt({ maxVersion: 'TLSv1.1' })).rejects.toThrow(/unsupported protocol/);
    expect(await refusedWith(tried)).toBe('not-encrypted');
  });
});

describe('a certificate that does not verify', () => {
  const suite = fakeServerSuite();
  const noAuthority = { ca: '' };

  it('is shown to the person, and unless they accept it no password is asked for or sent', async () => {
    const { tried, peer } = await suite.meet(noAuthority);
    await begun(startTls(peer));
    expect(await refusedWith(tried)).toBe('certificate');
    await peer.closed;
    const certificate = new X509Certificate(readFileSync(suite.certificates.certificateFile));
    expect(tried.asked).toEqual({
      passwords: 0,
      certificates: [
        {
          domain: 'kith.test',
          host: '127.0.0.1',
          reason: 'unknown-issuer',
          subject: 'kith.test',
          issuer: 'Kith test authority',
          validFrom: certificate.validFrom,
          validTo: certificate.validTo,
          fingerprint: certificate.fingerprint256.replaceAll(':', ''),
        },
      ],
    });
    expect(peer.heard.match(/<stream:stream/g)).toHaveLength(1);
  });

  it('is good enough when the person accepts it', async () => {
    const { tried, peer } = await suite.meet({ ...noAuthority, trust: async () => true });
    await startTls(peer);
    await restOfLogin(peer, 'SCRAM-SHA-256', 'PLAIN');
    expect((await established(tried)).address).toBe('amy@kith.test/desk');
  });

  it('is never good enough to be told the password in plain text', async () => {
    const { tried, peer } = await suite.meet({ ...noAuthority, trust: async () => true });
    await startTls(peer);
    await peer.greet(mechanisms('PLAIN'));
    expect(await refusedWith(tried)).toBe('certificate');
    expect(tried.asked.passwords).toBe(0);
  });

  it('may be looked at for as long as the person likes', async () => {
    let accept = (_answer: boolean): void => {};
    let shown = (): void => {};
    const looking = new Promise<void>((resolve) => (shown = resolve));
    const trust = () => new Promise<boolean>((resolve) => ((accept = resolve), shown()));
    const { tried, peer } = await suite.meet({ ...noAuthority, trust });
    await startTls(peer);
    await looking;
    await tried.clock.advance(3_600_000);
    accept(true);
    await restOfLogin(peer, 'SCRAM-SHA-256');
    expect((await established(tried)).address).toBe('amy@kith.test/desk');
  });

  it('is no matter any more when the server has gone meanwhile', async () => {
    const { tried, peer } = await suite.meet({
      ...noAuthority,
      trust: async () => {
        peer.drop();
        await peer.closed;
        return true;
      },
    });
    await begun(startTls(peer));
    expect(await refusedWith(tried)).toBe('network');
  });

  it('is asked about only until the attempt is called off', async () => {
    const { tried, peer } = await suite.meet({
      ...noAuthority,
      trust: () => {
        tried.abort();
        return new Promise<boolean>(() => {});
      },
    });
    await begun(startTls(peer));
    expect(await refusedWith(tried)).toBe('cancelled');
    await peer.closed;
  });
});

describe('a certificate for another name', () => {
  const suite = fakeServerSuite('127.0.0.1.elsewhere.test');

  it('does not verify, though its authority is known', async () => {
    const { tried, peer } = await suite.meet();
    await begun(startTls(peer));
    expect(await refusedWith(tried)).toBe('certificate');
    expect(tried.asked.certificates).toMatchObject([{ reason: 'wrong-name', domain: 'kith.test' }]);
    expect(tried.asked.passwords).toBe(0);
  });

  it('does not verify under direct TLS either', async () => {
    const { tried, peer } = await suite.meet({ directTls: true });
    await begun(peer.encrypt());
    expect(await refusedWith(tried)).toBe('certificate');
    expect(tried.asked.certificates).toMatchObject([{ reason: 'wrong-name' }]);
  });
});

describe.each(['expired', 'not-yet-valid', 'self-signed'] as const)('a certificate that is %s', (flaw) => {
  const suite = fakeServerSuite('kith.test', flaw);

  it.each([
    ['STARTTLS', false],
    ['direct TLS', true],
  ])('is refused under %s unless the person says otherwise, and they are told why', async (_how, directTls) => {
    const { tried, peer } = await suite.meet({ directTls });
    await begun(directTls ? peer.encrypt() : startTls(peer));
    expect(await refusedWith(tried)).toBe('certificate');
    const { fingerprint256 } = new X509Certificate(readFileSync(suite.certificates.certificateFile));
    const fingerprint = fingerprint256.replaceAll(':', '');
    expect(tried.asked).toMatchObject({ passwords: 0, certificates: [{ reason: flaw, fingerprint }] });
  });
});
