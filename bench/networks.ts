/** Two networks between programs and the server, each of which can be there or not: a network namespace of the programs' own, and two pairs of wires (veth) out of it. */
import { spawnSync } from 'node:child_process';
import { findProgram, run, type Program } from '../test/harness/processes.ts';
import { type Relay, startRelay } from './relay.ts';

const ip: Program = { name: 'ip', debianPackage: 'iproute2' };

const names = ['first', 'second'] as const;
export type NetworkName = (typeof names)[number];

export interface Networks {
  /** Where the server is, whichever network leads there. */
  readonly server: string;
  /** Words to put before a command so that it runs in there. */
  readonly inside: readonly string[];
  /** It comes up, with an address and the way to the server. Resolves with performance.now() when that stands. */
  join(network: NetworkName): Promise<number>;
  /** It goes, and its address and ways with it. */
  leave(network: NetworkName): Promise<void>;
  /** It stays as it is for whoever is inside, and nothing comes back through it. */
  silence(network: NetworkName): Promise<void>;
  remove(): Promise<void>;
}

/** Addresses for tests of networks (RFC 2544), which lead nowhere. */
const addresses = {
  server: '198.18.0.1',
  first: { outside: '198.18.1.1', inside: '198.18.1.2' },
  second: { outside: '198.18.2.1', inside: '198.18.2.2' },
} as const;

let made = 0;

/** The server's `port` of the loopback answers in there too. Rejects where only root may make networks, and this is not root. */
export async function makeNetworks(port: number): Promise<Networks> {
  findProgram(ip);
  made += 1;
  const ours = `${process.pid}${'abcdefghijklmnopqrstuvwxyz'[made % 26]}`;
  const namespace = `kith-bench-${ours}`;
  const within = ['netns', 'exec', namespace, findProgram(ip)];
  const wire = (network: NetworkName) => ({
    out: `kb${ours}${network[0]}o`,
    in: `kb${ours}${network[0]}i`,
  });
  const say = (...words: string[]): Promise<string> => run(ip, words);
  const sayInside = (...words: string[]): Promise<string> => run(ip, [...within, ...words]);
  let relay: Relay | undefined;
  /** Also what is only half made, and when this process is told to end. */
  const unmake = (): void => {
    const words = [
      ...names.map((network) => ['route', 'del', 'blackhole', addresses[network].inside]),
      ...names.map((network) => ['link', 'del', wire(network).out]),
      ['netns', 'del', namespace],
    ];
    for (const word of words) spawnSync(findProgram(ip), word, { stdio: 'ignore' });
  };
  process.once('exit', unmake);
  const remove = async (): Promise<void> => {
    relay?.close();
    process.off('exit', unmake);
    unmake();
  };
  try {
    await say('netns', 'add', namespace).catch((error: unknown) => {
      throw new Error('Networks of its own can be made by root only: run this trial as root', { cause: error });
    });
    await sayInside('link', 'set', 'lo', 'up');
    for (const network of names) {
      const { out, in: end } = wire(network);
      await say('link', 'add', out, 'type', 'veth', 'peer', 'name', end, 'netns', namespace);
      await say('address', 'add', `${addresses[network].outside}/24`, 'dev', out);
      await say('link', 'set', out, 'up');
    }
    await say('address', 'add', `${addresses.server}/32`, 'dev', wire('first').out);
    relay = await startRelay(port, addresses.server, port);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    server: addresses.server,
    inside: [findProgram(ip), 'netns', 'exec', namespace],
    async join(network) {
      const { in: end } = wire(network);
      await say('route', 'del', 'blackhole', addresses[network].inside).catch(() => {});
      await sayInside('link', 'set', end, 'up');
      await sayInside('address', 'add', `${addresses[network].inside}/24`, 'dev', end);
      await sayInside('route', 'replace', 'default', 'via', addresses[network].outside, 'dev', end);
      return performance.now();
    },
    async leave(network) {
      const { in: end } = wire(network);
      await sayInside('address', 'flush', 'dev', end);
      await sayInside('link', 'set', end, 'down');
    },
    async silence(network) {
      await say('route', 'add', 'blackhole', addresses[network].inside);
    },
    remove,
  };
}
