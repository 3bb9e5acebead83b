import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../../test/harness/certificates.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { freePorts, start } from '../../../test/harness/processes.ts';
import { until } from '../../../test/harness/waiting.ts';
import { bindingsOf } from './channel-binding.ts';

/** What OpenSSL's own server exports is found by what it prints; it knows nothing of us. */
describe('a connection to OpenSSL’s own server', () => {
  let folder: string;
  let certificates: Certificates;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-binding-'));
    certificates = await makeCertificates(folder, ['kith.test']);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is bound by what that server exports too', async () => {
    const [port = 0] = await freePorts(1);
    const exporting = ['-keymatexport', 'EXPORTER-Channel-Binding', '-keymatexportlen', '32'];
    const place = ['-accept', `127.0.0.1:${port}`, '-key', certificates.keyFile, '-cert', certificates.certificateFile];
    const openssl = { name: 'openssl', debianPackage: 'openssl' };
    const server = start(openssl, ['s_server', ...place, ...exporting], { keepInput: true });
    try {
      await until('OpenSSL to listen', () => (server.output.includes('ACCEPT') ? true : undefined));
      const socket = connect({ host: '127.0.0.1', port, ca: certificates.ca, servername: 'kith.test' });
      await once(socket, 'secureConnect');
      const printed = await until(
        'the exported bytes',
        () => /Keying material: ([0-9A-F]{64})/.exec(server.output)?.[1],
      );
      expect(bindingsOf(socket).get('tls-exporter')?.toString('hex').toUpperCase()).toBe(printed);
      socket.destroy();
    } finally {
      await server.end();
    }
  });
});

describe('what a connection is bound by', () => {
  const suite = fakeServerSuite();

  async function connected(options?: {
    readonly maxVersion: 'TLSv1.2';
  }): Promise<{ ours: TLSSocket; theirs: (type: string) => unknown }> {
    const ours = connect({
      host: '127.0.0.1',
      port: suite.server.port,
      ca: suite.certificates.ca,
      servername: 'kith.test',
    });
    const peer = await suite.server.accepted();
    const secured = once(ours, 'secureConnect');
    await peer.encrypt(options);
    await secured;
    return { ours, theirs: (type) => peer.binding(type) };
  }

  it.each([
    ['TLS 1.3', undefined, ['tls-exporter', 'tls-server-end-point']],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' } as const, ['tls-unique', 'tls-server-end-point']],
  ])('of %s is known to both ends alike', async (_version, options, types) => {
    const { ours, theirs } = await connected(options);
    const bindings = bindingsOf(ours);
    expect([...bindings.keys()]).toEqual(types);
    for (const [type, data] of bindings) expect(data).toEqual(theirs(type));
    ours.destroy();
  });

  it('is another on every connection, but for the certificate', async () => {
    const [one, other] = [await connected(), await connected()];
    const [first, second] = [bindingsOf(one.ours), bindingsOf(other.ours)];
    expect(first.get('tls-exporter')).not.toEqual(second.get('tls-exporter'));
    expect(first.get('tls-server-end-point')).toEqual(second.get('tls-server-end-point'));
    one.ours.destroy();
    other.ours.destroy();
  });

  it('is nothing without TLS', () => {
    expect(bindingsOf(undefined).size).toBe(0);
  });
});
