import { afterEach, describe, expect, it } from 'vitest';
import { startNameServer, type Answer, type NameServer } from '../../../test/harness/name-server.ts';
import { systemLookup } from './lookup.ts';
import { findTargets, type ServiceRecord } from './targets.ts';

const record = (name: string, priority: number, port: number): ServiceRecord => ({ name, port, priority, weight: 0 });

describe('asking a real name server', () => {
  let server: NameServer;
  afterEach(() => server.stop());

  async function targets(zone: Readonly<Record<string, Answer>>): Promise<string[]> {
    server = await startNameServer(zone);
    const lookup = systemLookup([server.at]);
    try {
      const found = await findTargets('kith.test', (name) => lookup.services(name), Math.random);
      return found.map(({ host, port, directTls }) => `${directTls ? 'xmpps' : 'xmpp'}://${host}:${port}`);
    } finally {
      lookup.cancel();
    }
  }

  it('puts the records of both services into one order', async () => {
    const found = await targets({
      '_xmpp-client._tcp.kith.test': [record('a.kith.test', 1, 5222), record('c.kith.test', 3, 5222)],
      '_xmpps-client._tcp.kith.test': [record('b.kith.test', 2, 443)],
    });
    expect(found).toEqual([
      'xmpp://a.kith.test:5222',
      'xmpps://b.kith.test:443',
      'xmpp://c.kith.test:5222',
      'xmpp://kith.test:5222',
    ]);
    expect(server.asked.toSorted()).toEqual(['_xmpp-client._tcp.kith.test', '_xmpps-client._tcp.kith.test']);
  });

  it('takes one service when the other fails at the name server', async () => {
    expect(
      await targets({
        '_xmpp-client._tcp.kith.test': 2,
        '_xmpps-client._tcp.kith.test': [record('b.kith.test', 2, 443)],
      }),
    ).toEqual(['xmpps://b.kith.test:443', 'xmpp://kith.test:5222']);
  });

  it('believes the record that says there is no such service', async () => {
    await expect(targets({ '_xmpp-client._tcp.kith.test': [record('.', 0, 0)] })).rejects.toThrow(
      'kith.test says that it has no XMPP service',
    );
  });

  it('goes to the domain itself when there is nothing', async () => {
    expect(await targets({})).toEqual(['xmpp://kith.test:5222']);
  });

  it('is over at once when it is called off', async () => {
    server = await startNameServer({ '_xmpp-client._tcp.kith.test': 'silence' });
    const lookup = systemLookup([server.at]);
    const asking = lookup.services('_xmpp-client._tcp.kith.test');
    lookup.cancel();
    await expect(asking).rejects.toThrow('ECANCELLED');
  });

  it('knows the addresses of this machine by its name, one family at a time', async () => {
    server = await startNameServer({});
    expect(await systemLookup().addresses('localhost', 4)).toEqual(expect.arrayContaining(['127.0.0.1']));
    // No name server need be asked for what cannot be a name.
    const impossible = 'x'.repeat(64);
    await expect(systemLookup().addresses(impossible, 4)).rejects.toMatchObject({
      code: 'network',
      message: `${impossible} has no address`,
    });
  });
});
