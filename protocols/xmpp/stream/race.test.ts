import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KithError, systemClock } from '../../../src/base/index.ts';
import { openBlackHole } from '../../../test/harness/black-hole.ts';
import { inventedNames } from '../../../test/harness/invented-names.ts';
import { noLeaks } from '../../../test/harness/no-leaks.ts';
import { notRun } from '../../../test/harness/not-run.ts';
import { VirtualClock } from '../../../test/harness/virtual-clock.ts';
import type { Family } from './lookup.ts';
import { NoAddress, Race } from './race.ts';

/** A race whose names and sockets do what the test says. */
function race(host = 'kith.test') {
  const clock = new VirtualClock();
  const sockets = new Map<string, Socket>();
  const answers = new Map<Family, { resolve(addresses: string[]): void; reject(error: Error): void }>();
  const running = new Race(host, 5222, {
    clock,
    lookup: {
      services: async () => [],
      addresses: (_host, family) =>
        new Promise((resolve, reject) => {
          answers.set(family, { resolve, reject });
        }),
      cancel: () => {},
    },
    connectSocket(address, port) {
      const socket = new Socket();
      sockets.set(`${address}:${port}`, socket);
      return socket;
    },
  });
  const outcome = running.won.then(
    (socket) => [...sockets].find(([, each]) => each === socket)?.[0],
    (error: KithError) => error,
  );
  return {
    clock,
    outcome,
    cancel: () => running.cancel(),
    async named(family: Family, ...addresses: string[]) {
      answers.get(family)?.resolve(addresses);
      await clock.settle();
    },
    async nameless(family: Family) {
      answers.get(family)?.reject(new KithError('network', 'no such name'));
      await clock.settle();
    },
    asked: () => [...answers.keys()],
    /** The addresses tried so far, in order, without the port. */
    tried: () => [...sockets.keys()].map((at) => at.replace(/:5222$/, '')),
    open: () => [...sockets].filter(([, socket]) => !socket.destroyed).map(([at]) => at.replace(/:5222$/, '')),
    async answers(address: string) {
      sockets.get(`${address}:5222`)?.emit('connect');
      await clock.settle();
    },
    async refuses(address: string) {
      sockets.get(`${address}:5222`)?.destroy(new KithError('network', 'ECONNREFUSED'));
      await clock.settle();
    },
  };
}

describe('the race for a machine', () => {
  it('asks for the addresses of both families at once', () => {
    const one = race();
    expect(one.asked()).toEqual([6, 4]);
    one.cancel();
  });

  it('tries a number as it is, and asks nobody', async () => {
    for (const number of ['127.0.0.1', '::1']) {
      const one = race(number);
      expect(one.asked()).toEqual([]);
      expect(one.tried()).toEqual([number]);
      await one.answers(number);
      expect(await one.outcome).toBe(`${number}:5222`);
    }
  });

  it('begins with IPv6 as soon as that is known', async () => {
    const one = race();
    await one.named(6, '::6');
    expect(one.tried()).toEqual(['::6']);
    one.cancel();
  });

  it('gives IPv6 fifty milliseconds when IPv4 is known first', async () => {
    const one = race();
    await one.named(4, '4.4.4.4');
    await one.clock.advance(49);
    expect(one.tried()).toEqual([]);
    await one.named(6, '::6');
    expect(one.tried()).toEqual(['::6']);
    one.cancel();

    const other = race();
    await other.named(4, '4.4.4.4');
    await other.clock.advance(50);
    expect(other.tried()).toEqual(['4.4.4.4']);
    other.cancel();
  });

  it('does not wait for IPv6 that is known not to be there', async () => {
    for (const order of [
      [6, 4],
      [4, 6],
    ] as const) {
      const one = race();
      for (const family of order) await (family === 6 ? one.nameless(6) : one.named(4, '4.4.4.4'));
      expect(one.tried()).toEqual(['4.4.4.4']);
      one.cancel();
    }
  });

  it('tries the two families in turn, a quarter of a second apart, while nobody answers', async () => {
    const one = race();
    await one.named(6, '::1', '::2', '::3');
    await one.named(4, '1.1.1.1');
    const after: string[][] = [];
    for (let quarter = 0; quarter < 4; quarter += 1) {
      after.push(one.tried());
      await one.clock.advance(249);
      expect(one.tried()).toHaveLength(quarter + 1);
      await one.clock.advance(1);
    }
    expect(after.at(-1)).toEqual(['::1', '1.1.1.1', '::2', '::3']);
    expect(one.open()).toHaveLength(4);
    one.cancel();
  });

  it('takes the first that answers, and destroys the others', async () => {
    const one = race();
    await one.named(6, '::1', '::2');
    await one.named(4, '1.1.1.1');
    await one.clock.advance(500);
    await one.answers('1.1.1.1');
    expect(await one.outcome).toBe('1.1.1.1:5222');
    expect(one.open()).toEqual(['1.1.1.1']);
    expect(one.clock.pending).toBe(0);
    await one.answers('::1');
    expect(one.open()).toEqual(['1.1.1.1']);
  });

  it('goes on at once when one refuses', async () => {
    const one = race();
    await one.named(6, '::1');
    await one.named(4, '1.1.1.1');
    await one.refuses('::1');
    expect(one.tried()).toEqual(['::1', '1.1.1.1']);
    await one.answers('1.1.1.1');
    expect(await one.outcome).toBe('1.1.1.1:5222');
  });

  it('waits for addresses that come late before it gives up', async () => {
    const one = race();
    await one.named(6, '::1');
    await one.refuses('::1');
    await one.clock.advance(10_000);
    await one.named(4, '1.1.1.1');
    expect(one.tried()).toEqual(['::1', '1.1.1.1']);
    await one.refuses('1.1.1.1');
    expect(await one.outcome).toMatchObject({ code: 'unreachable', message: 'kith.test cannot be reached' });
    expect(one.clock.pending).toBe(0);
  });

  it('tells a name that leads nowhere from a machine that does not answer', async () => {
    const one = race();
    await one.nameless(6);
    await one.nameless(4);
    expect(await one.outcome).toBeInstanceOf(NoAddress);
    const other = race();
    await other.nameless(6);
    await other.named(4, '1.1.1.1');
    await other.refuses('1.1.1.1');
    expect(await other.outcome).not.toBeInstanceOf(NoAddress);
  });

  it('leaves nothing open when it is called off, whatever comes afterwards', async () => {
    const one = race();
    await one.named(6, '::1');
    await one.clock.advance(250);
    one.cancel();
    await one.named(4, '1.1.1.1');
    expect(one.tried()).toEqual(['::1']);
    expect(one.open()).toEqual([]);
    expect(one.clock.pending).toBe(0);
    const other = race();
    other.cancel();
    await other.named(4, '1.1.1.1');
    expect(other.tried()).toEqual([]);
    expect(other.clock.pending).toBe(0);
  });
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

describe.skipIf(notRun('the race by real sockets', hasIpv6 ? undefined : 'this machine has no ::1'))(
  'the race on this machine, by real sockets',
  () => {
    noLeaks();
    let server: Server;
    const accepted: Socket[] = [];
    beforeAll(async () => {
      server = createServer((socket) => void accepted.push(socket)).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterAll(async () => {
      for (const socket of accepted) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });

    /** The server answers at 127.0.0.1; at ::1 whatever is on this port does. */
    async function run(ipv6Port: number) {
      const sockets = new Map<string, Socket>();
      const running = new Race('both.test', (server.address() as AddressInfo).port, {
        clock: systemClock,
        lookup: inventedNames({ addresses: { 'both.test': ['::1', '127.0.0.1'] } })(),
        connectSocket(address, port) {
          const socket = connect(address === '::1' ? ipv6Port : port, address);
          sockets.set(address, socket);
          return socket;
        },
      });
      const won = await running.won;
      const outcome = {
        winner: won.remoteAddress,
        order: [...sockets.keys()],
        open: [...sockets].filter(([, socket]) => !socket.destroyed).map(([address]) => address),
      };
      won.destroy();
      return outcome;
    }

    const ipv4Wins = { winner: '127.0.0.1', order: ['::1', '127.0.0.1'], open: ['127.0.0.1'] };

    it('is won by 127.0.0.1 when ::1 refuses', async () => {
      expect(await run(1)).toEqual(ipv4Wins);
    });

    it('is won by 127.0.0.1 when ::1 swallows what is sent to it', async () => {
      const hole = await openBlackHole('::1');
      try {
        expect(await run(hole.port)).toEqual(ipv4Wins);
      } finally {
        await hole.close();
      }
    });
  },
);
