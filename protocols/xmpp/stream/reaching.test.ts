/** From a domain to a machine that speaks for it: what is tried, in which order, and what is not held against the rest. */
import { connect, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startTls } from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { inventedNames, type InventedNames } from '../../../test/harness/invented-names.ts';
import { attempt } from '../../../test/harness/stream-attempt.ts';
import type { ServiceRecord } from './targets.ts';

const plain = '_xmpp-client._tcp.kith.test';
const direct = '_xmpps-client._tcp.kith.test';
const record = (name: string, priority: number, port = 5222): ServiceRecord => ({ name, port, priority, weight: 0 });

describe('reaching a domain', () => {
  const suite = fakeServerSuite();

  /** `good` is the one address the fake server answers at; every other refuses. */
  function network(names: InventedNames, good: string) {
    const tried: string[] = [];
    const connectSocket = (address: string, port: number): Socket => {
      tried.push(`${address}:${port}`);
      return connect(address === good ? suite.server.port : 1, '127.0.0.1');
    };
    return { tried, parts: { lookup: inventedNames(names), connectSocket } };
  }

  it('goes on to the next machine when one refuses', async () => {
    const names = {
      services: { [plain]: [record('a.test', 1), record('b.test', 2, 5299)] },
      addresses: { 'a.test': ['192.0.2.1'], 'b.test': ['192.0.2.2'] },
    };
    const { tried, parts } = network(names, '192.0.2.2');
    const { peer } = await suite.meet({ host: '', parts });
    await startTls(peer);
    expect(tried).toEqual(['192.0.2.1:5222', '192.0.2.2:5299']);
  });

  it('goes on to the next machine when a record leads to none', async () => {
    const names = {
      services: { [plain]: [record('gone.test', 1), record('b.test', 3)], [direct]: [record('gone.test', 2, 443)] },
      addresses: { 'b.test': ['192.0.2.2'] },
    };
    const { tried, parts } = network(names, '192.0.2.2');
    const { peer } = await suite.meet({ host: '', parts });
    await startTls(peer);
    expect(tried).toEqual(['192.0.2.2:5222']);
  });

  it('turns to the domain itself when no record leads to a machine', async () => {
    const names = {
      services: { [plain]: [record('gone.test', 1)], [direct]: [record('away.test', 2)] },
      addresses: { 'kith.test': ['2001:db8::3'] },
    };
    const { tried, parts } = network(names, '2001:db8::3');
    const { peer } = await suite.meet({ host: '', parts });
    await startTls(peer);
    expect(tried).toEqual(['2001:db8::3:5222']);
  });

  it('does not turn to the domain itself when its machines are there and only refuse', async () => {
    const names = {
      services: { [plain]: [record('a.test', 1), record('gone.test', 2)] },
      addresses: { 'a.test': ['192.0.2.1'], 'kith.test': ['192.0.2.3'] },
    };
    const { tried, parts } = network(names, '192.0.2.3');
    const { opened } = attempt(suite.server, { host: '', parts });
    expect(await opened).toMatchObject({ code: 'unreachable' });
    expect(tried).toEqual(['192.0.2.1:5222']);
  });

  it('says that there is no such machine when nothing has an address', async () => {
    const { parts } = network({}, '');
    const { opened } = attempt(suite.server, { host: '', parts });
    expect(await opened).toMatchObject({ code: 'unreachable', message: 'There is no machine of the name kith.test' });
  });

  it('tries all addresses of a machine before the next machine', async () => {
    const names = {
      services: { [plain]: [record('a.test', 1), record('b.test', 2)] },
      addresses: { 'a.test': ['192.0.2.1', '2001:db8::1'], 'b.test': ['192.0.2.2'] },
    };
    const { tried, parts } = network(names, '192.0.2.2');
    const { peer } = await suite.meet({ host: '', parts });
    await startTls(peer);
    expect(tried).toEqual(['2001:db8::1:5222', '192.0.2.1:5222', '192.0.2.2:5222']);
  });

  it('leaves one socket open when several were tried', async () => {
    const silent = new Socket();
    const addresses = { 'kith.test': ['2001:db8::1', '192.0.2.2'] };
    const connectSocket = (address: string) =>
      address === '192.0.2.2' ? connect(suite.server.port, '127.0.0.1') : silent;
    const tried = attempt(suite.server, {
      host: '',
      ca: suite.certificates.ca,
      parts: { lookup: inventedNames({ addresses }), connectSocket },
    });
    const before = suite.server.count;
    await tried.clock.advance(249);
    expect(suite.server.count).toBe(before);
    await tried.clock.advance(1);
    const peer = await suite.server.accepted();
    await startTls(peer);
    expect(silent.destroyed).toBe(true);
    tried.abort();
    await tried.opened;
    await peer.closed;
  });
});
