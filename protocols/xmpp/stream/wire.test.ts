import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KithError, silentLog } from '../../../src/base/index.ts';
import { noLeaks } from '../../../test/harness/no-leaks.ts';
import { VirtualClock } from '../../../test/harness/virtual-clock.ts';
import { until } from '../../../test/harness/waiting.ts';
import { Wire } from './wire.ts';

const greeting =
  "<stream:stream version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'><stream:features/>";

describe('the wire', () => {
  noLeaks();
  let server: Server;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** A wire whose stream has begun, its socket, and the other end of that. */
  async function begun() {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [other] = await accepted;
    sockets.push(socket, other);
    // What its end feels of ours going is not the question here.
    other.on('error', () => {});
    const clock = new VirtualClock();
    const wire = new Wire(clock, silentLog);
    wire.over(socket);
    other.write(greeting);
    await wire.begin({ to: 'kith.test' });
    return { wire, socket, other, clock };
  }

  it('lets the socket rest while nobody asks, whatever the other side has to say', async () => {
    const { wire, socket, other } = await begun();
    other.write('<message/>'.repeat(1 << 20));
    await until('the socket to rest', () => (socket.isPaused() ? true : undefined));
    expect(socket.bytesRead).toBeLessThan(1 << 20);
    for (let nth = 0; nth < 100_000; nth += 1) await wire.next();
    expect(socket.bytesRead).toBeGreaterThanOrEqual(1_000_000);
    wire.destroy(new KithError('cancelled', 'Enough'));
  });

  it('waits two seconds at most for its last words to be taken', async () => {
    const { wire, socket, other, clock } = await begun();
    other.pause();
    wire.writeText(' '.repeat(64 << 20));
    wire.fail({ condition: 'policy-violation', text: 'Something' });
    await clock.advance(1999);
    expect(socket.destroyed).toBe(false);
    await clock.advance(1);
    expect(socket.destroyed).toBe(true);
  });

  it('says nothing more once it has ended', async () => {
    const { wire, other } = await begun();
    const heard: Buffer[] = [];
    other.on('data', (bytes: Buffer) => heard.push(bytes));
    other.write('</stream:stream>');
    await expect(wire.next()).rejects.toThrow(expect.objectContaining({ code: 'network' }));
    wire.writeText('<late/>');
    wire.fail({ condition: 'policy-violation', text: 'Too late' });
    await once(other, 'close');
    expect(Buffer.concat(heard).toString()).toMatch(/<\/stream:stream>$/);
    await expect(wire.next()).rejects.toThrow(expect.objectContaining({ code: 'network' }));
  });
});
