/** One fake server for a suite of tests, with a certificate of an authority of its own, and a check that nothing outlives it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { makeCertificates, type CertificateFlaw, type Certificates } from './certificates.ts';
import { fakeServer, type FakeServer, type Peer } from './fake-xmpp-server.ts';
import { noLeaks } from './no-leaks.ts';
import { attempt, type Attempt, type Trying } from './stream-attempt.ts';

export interface Suite {
  readonly server: FakeServer;
  readonly certificates: Certificates;
  /** A stream that trusts the server's authority, and the server's end of it. Closed after the test. */
  meet(trying?: Trying): Promise<{ tried: Attempt; peer: Peer }>;
}

/** The server's certificate is for `name`, and good unless told otherwise. Call it where a suite begins. */
export function fakeServerSuite(name = 'kith.test', flaw?: CertificateFlaw): Suite {
  noLeaks();
  let folder: string;
  let certificates: Certificates;
  let server: FakeServer;
  const tries: Attempt[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-stream-'));
    certificates = await makeCertificates(folder, [name], flaw);
    server = await fakeServer(certificates);
  });
  afterEach(async () => {
    for (const tried of tries.splice(0)) {
      tried.abort();
      const closing = tried.stream.close();
      await tried.clock.advance(2000);
      await closing;
    }
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });
  return {
    get server() {
      return server;
    },
    get certificates() {
      return certificates;
    },
    async meet(trying = {}) {
      const tried = attempt(server, { ca: certificates.ca, ...trying });
      tries.push(tried);
      return { tried, peer: await server.accepted() };
    },
  };
}
