/** A server of two machines, found by its SRV records: the one we are on dies, and we are on the other with nothing lost. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { XmppConnection } from '../../protocols/xmpp/connection.ts';
import { face } from '../../protocols/xmpp/manifest.ts';
import { newStream, systemLookup } from '../../protocols/xmpp/stream/index.ts';
import { silentLog, systemClock } from '../../src/base/index.ts';
import type { House } from '../../src/contracts/index.ts';
import type { AccountId, Message } from '../../src/domain/index.ts';
import { inlineHost } from '../../src/host/index.ts';
import { coreRig } from '../harness/core-rig.ts';
import { startEjabberd, type Ejabberd } from '../harness/ejabberd.ts';
import type { EjabberdNode } from '../harness/ejabberd-node.ts';
import { startNameServer, type NameServer } from '../harness/name-server.ts';
import { until } from '../harness/waiting.ts';

const domain = 'kith.test';

/** A whole core with one account, whose server's machines are named in this order by `names`. */
class Person implements AsyncDisposable {
  readonly house: House;
  readonly account: AccountId;
  /** The ports of the machines it went to, in order. */
  readonly dialled: readonly number[];
  readonly #close: () => Promise<void>;

  private constructor(house: House, account: AccountId, dialled: readonly number[], close: () => Promise<void>) {
    this.house = house;
    this.account = account;
    this.dialled = dialled;
    this.#close = close;
  }

  static async signIn(server: Ejabberd, name: string, names: NameServer): Promise<Person> {
    const dialled: number[] = [];
    const connectSocket = (host: string, port: number) => {
      dialled.push(port);
      return connect({ host, port });
    };
    const parts = { lookup: () => systemLookup([names.at]), connectSocket };
    const protocol = {
      ...face,
      open: (seat: ConstructorParameters<typeof XmppConnection>[0]) =>
        new XmppConnection(seat, { clock: systemClock, newStream: (settings) => newStream(settings, parts) }),
    };
    const { house, close } = await coreRig({
      faces: [face],
      clock: systemClock,
      hosts: (_protocol, duties) => inlineHost(protocol, duties, { clock: systemClock, log: silentLog }),
    });
    const account = await house.ask('account.add', {
      protocol: face.manifest.id,
      address: `${name}@${domain}`,
      password: server.password,
      parameters: { ca: server.ca },
    });
    const person = new Person(house, account, dialled, close);
    await person.becomes('online');
    return person;
  }

  async becomes(status: string): Promise<void> {
    await until(`the account to be ${status}`, () =>
      this.house.snapshot().connections.find((one) => one.status === status),
    );
  }

  async says(name: string, body: string): Promise<void> {
    const { target } = await this.house.ask('conversation.open', { address: `${name}@${domain}` });
    await this.house.ask('message.send', { account: this.account, target, body });
  }

  async history(name: string): Promise<readonly Message[]> {
    const { id } = await this.house.ask('conversation.open', { address: `${name}@${domain}` });
    return (await this.house.ask('history.page', { conversation: id, limit: 200 })).messages;
  }

  /** What `name` said, once all of it is here. */
  async hears(name: string, all: readonly string[]): Promise<readonly string[]> {
    return until(`what ${name} said`, async () => {
      const heard = (await this.history(name))
        .filter(({ direction }) => direction === 'incoming')
        .map(({ body }) => body);
      return all.every((body) => heard.includes(body)) ? heard : undefined;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

const numbered = (what: string): readonly string[] => Array.from({ length: 10 }, (_, nth) => `${what} ${nth + 1}`);

describe('a cluster of two', () => {
  let server: Ejabberd;
  let first: EjabberdNode;
  let second: EjabberdNode;
  const open: AsyncDisposable[] = [];
  /** The machines of the domain, the likeliest first. */
  const named = async (...nodes: readonly EjabberdNode[]): Promise<NameServer> => {
    const records = nodes.map(({ port }, nth) => ({ name: 'localhost', port, priority: nth + 1, weight: 0 }));
    const names = await startNameServer({ [`_xmpp-client._tcp.${domain}`]: records });
    open.push({ [Symbol.asyncDispose]: () => names.stop() });
    return names;
  };
  beforeAll(async () => {
    server = await startEjabberd({ nodes: 2, domain, users: ['amy', 'ben'] });
    [first, second] = server.nodes as [EjabberdNode, EjabberdNode];
  });
  afterAll(async () => {
    for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  it('is talked over from either machine; when one dies, who was on it is on the other, and nothing is lost or doubled', async () => {
    const amy = await Person.signIn(server, 'amy', await named(first, second));
    open.push(amy);
    const ben = await Person.signIn(server, 'ben', await named(second, first));
    open.push(ben);
    expect([new Set(amy.dialled), new Set(ben.dialled)]).toEqual([new Set([first.port]), new Set([second.port])]);
    const before = { amy: numbered('Amy before'), ben: numbered('Ben before') };
    for (const body of before.amy) await amy.says('ben', body);
    for (const body of before.ben) await ben.says('amy', body);
    await ben.hears('amy', before.amy);
    await amy.hears('ben', before.ben);

    await first.kill();
    const after = { amy: numbered('Amy after'), ben: numbered('Ben after') };
    for (const body of after.ben) await ben.says('amy', body);
    await amy.becomes('offline');
    for (const body of after.amy) await amy.says('ben', body);
    await amy.becomes('online');
    expect(amy.dialled.at(-1)).toBe(second.port);

    expect((await ben.hears('amy', after.amy)).toSorted()).toEqual([...before.amy, ...after.amy].toSorted());
    expect((await amy.hears('ben', after.ben)).toSorted()).toEqual([...before.ben, ...after.ben].toSorted());
    const told = await until('every message of Amy’s to have left', async () => {
      const ours = (await amy.history('ben')).filter(({ direction }) => direction === 'outgoing');
      return ours.every(({ delivery }) => delivery?.state !== 'queued' && delivery?.state !== 'sending')
        ? ours
        : undefined;
    });
    expect(told.map(({ body }) => body)).toEqual([...before.amy, ...after.amy]);
  });
});
