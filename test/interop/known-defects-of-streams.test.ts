/** What @xmpp/client 0.14 gets wrong from the lookup to the loss of a session: each row is seen wrong there and right here, with the same server. */
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import type { ContactId } from '../../src/domain/index.ts';
import { systemLookup } from '../../protocols/xmpp/stream/lookup.ts';
import type { ServiceRecord } from '../../protocols/xmpp/stream/targets.ts';
import { bothLibraries, offer } from '../harness/both-libraries.ts';
import { houseAt } from '../harness/fake-server-house.ts';
import {
  bindFeature,
  grantBinding,
  managementFeature,
  mechanisms,
  scram,
  startTls,
} from '../harness/fake-xmpp-session.ts';
import type { Peer } from '../harness/fake-xmpp-server.ts';
import { startNameServer, type Answer, type NameServer } from '../harness/name-server.ts';
import { established, refusedWith } from '../harness/stream-attempt.ts';
import { XmppJs } from '../harness/xmpp-js.ts';

const mechanism = 'SCRAM-SHA-1';

/** The rest of a login, once the connection is as it should be. */
async function letIn(peer: Peer, features = bindFeature): Promise<void> {
  await scram(peer, { mechanism });
  await peer.greet(features);
}

async function serve(peer: Peer): Promise<void> {
  await offer(peer, mechanisms(mechanism));
  await letIn(peer);
  await grantBinding(peer);
}

async function serveManaged(peer: Peer): Promise<void> {
  await offer(peer, mechanisms(mechanism));
  await letIn(peer, bindFeature + managementFeature);
  await grantBinding(peer);
  await peer.element('enable');
  peer.write("<enabled xmlns='urn:xmpp:sm:3' id='session-1' resume='true'/>");
}

/** The session of `serveManaged` again, of which the server had nothing. */
async function resume(peer: Peer): Promise<void> {
  await offer(peer, mechanisms(mechanism));
  await letIn(peer, bindFeature + managementFeature);
  await peer.element('resume');
  peer.write("<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='0'/>");
}

/** The server is gone as soon as somebody speaks to it. */
async function fallsOver(peer: Peer): Promise<void> {
  await peer.header();
  peer.drop();
}

describe('@xmpp/client and Kith with the same server', () => {
  const { suite, them, us } = bothLibraries();

  it('row 1: a letter that is cut on its way is damaged, and not for Kith', async () => {
    const body = 'Grüße, 日本語 😀';
    const cutEverywhere = async (peer: Peer) => {
      await serve(peer);
      await peer.writeSlowly(Buffer.from(`<message from='ben@kith.test'><body>${body}</body></message>`));
    };
    {
      await using other = await them();
      await cutEverywhere(other.peer);
      expect(await other.program.hears()).toMatch(/^Gr\u{FFFD}+e, \u{FFFD}+ \u{FFFD}+$/u);
    }
    const { tried } = await us(cutEverywhere);
    expect((await tried.next()).element.child('body')?.text()).toBe(body);
  });

  it('row 3: where the offer of encryption was taken out, name and proof go out in the open; Kith does not go on', async () => {
    const stripped = async (peer: Peer) => {
      await peer.greet(mechanisms(mechanism));
      await letIn(peer);
      await grantBinding(peer);
    };
    {
      await using other = await them();
      await stripped(other.peer);
      expect(await other.program.becomes('online')).toBe('amy@kith.test/desk');
      expect(other.peer.heard).toContain('<response');
    }
    const { tried, peer } = await us(stripped);
    expect(await refusedWith(tried)).toBe('not-encrypted');
    expect(peer.heard).not.toContain('<auth');
  });

  it('row 4: a server of several domains does not learn which of them it is to be; Kith says it', async () => {
    {
      await using other = await them();
      await startTls(other.peer);
      expect(other.peer.greeting.sni).toBe(false);
    }
    const { tried, peer, played } = await us(startTls);
    await played;
    expect(peer.greeting.sni).toBe('kith.test');
    tried.abort();
    await tried.opened;
  });

  it('row 9: what is said between two connections is said to nobody; Kith says it when it is back', async () => {
    {
      await using other = await them();
      await serveManaged(other.peer);
      await other.program.becomes('online');
      other.peer.drop();
      await other.program.becomes('disconnect');
      other.program.send('ben@kith.test', 'in between', 'm1');
      expect(await other.program.fails()).toContain('TypeError');
      const back = await suite.server.accepted();
      await resume(back);
      other.program.send('ben@kith.test', 'afterwards', 'm2');
      expect((await back.element('message')).attribute('id')).toBe('m2');
    }
    await using house = await houseAt(suite);
    const peer = await suite.server.accepted();
    await serveManaged(peer);
    await house.becomes('online');
    peer.drop();
    await house.becomes('offline');
    const target = { kind: 'contact', contact: 'ben@kith.test' as ContactId } as const;
    const { rig, account } = house;
    const said = await rig.house.ask('message.send', { account, target, body: 'in between' });
    expect(said.delivery).toMatchObject({ state: 'queued' });
    await rig.clock.advance(await house.waits());
    const back = await suite.server.accepted();
    await resume(back);
    expect((await next(back, 'message')).child('body')?.text()).toBe('in between');
  });

  it('row 10: a server that falls over is run at every second by all who use it; Kith waits longer each time, and not as long as others', async () => {
    {
      await using other = await them();
      const waits: number[] = [];
      await fallsOver(other.peer);
      waits.push(await other.program.waitsAfterLoss());
      for (let loss = 2; loss <= 3; loss += 1) {
        await fallsOver(await suite.server.accepted());
        waits.push(await other.program.waitsAfterLoss());
      }
      expect(waits).toEqual([1000, 1000, 1000]);
    }
    const losses = async (random: number) => {
      await using house = await houseAt(suite, () => random);
      const waits: number[] = [];
      for (let loss = 1; loss <= 4; loss += 1) {
        await fallsOver(await suite.server.accepted());
        waits.push(await house.waits());
        if (loss < 4) await house.rig.clock.advance(waits.at(-1) ?? 0);
      }
      return waits;
    };
    expect(await losses(0.5)).toEqual([500, 1000, 2000, 4000]);
    expect(await losses(0.25)).toEqual([250, 500, 1000, 2000]);
  });

  it('row 10: one wrong letter of a server ends the whole program; Kith tells the server and goes on without it', async () => {
    const nonsense = async (peer: Peer) => {
      await serve(peer);
      peer.write('<message><body>&nope;</body></message>');
    };
    {
      await using other = await them();
      await nonsense(other.peer);
      expect(await other.program.died).toMatchObject({ code: 1 });
      expect(other.program.lastWords).toContain('SaxLtx');
    }
    const { tried, peer } = await us(nonsense);
    expect(await tried.ended).toMatchObject({ code: 'server-refused' });
    expect((await peer.element('error')).child('not-well-formed', 'urn:ietf:params:xml:ns:xmpp-streams')).toBeDefined();
  });
});

describe('@xmpp/client and Kith with a machine that has a good certificate, of another name than the domain', () => {
  const { suite, them, us } = bothLibraries('localhost');

  it('rows 4 and 5: whoever holds the machine is taken for the domain, and is not told which one is meant; Kith says it and is not fooled', async () => {
    const machine = async (peer: Peer) => {
      await peer.encrypt();
      await peer.greet(mechanisms(mechanism));
      await letIn(peer);
      await grantBinding(peer);
    };
    {
      await using other = await them({ service: `xmpps://localhost:${suite.server.port}` });
      await machine(other.peer);
      expect(await other.program.becomes('online')).toBe('amy@kith.test/desk');
      expect(other.peer.greeting).toEqual({ sni: false, alpn: false });
    }
    const { tried, peer } = await us(machine, { host: 'localhost', directTls: true });
    expect(await refusedWith(tried)).toBe('certificate');
    expect(tried.asked).toMatchObject({ passwords: 0, certificates: [{ reason: 'wrong-name' }] });
    expect(peer.greeting.sni).toBe('kith.test');
    expect(peer.heard).toBe('');
  });
});

describe('@xmpp/client and Kith, led by the same name server', () => {
  const { suite, them, us } = bothLibraries();
  let names: NameServer | undefined;
  afterEach(() => names?.stop());

  const starttls = '_xmpp-client._tcp.kith.test';
  const directTls = '_xmpps-client._tcp.kith.test';
  const record = (more: Partial<ServiceRecord> = {}): ServiceRecord => ({
    name: 'machine.kith.test',
    port: suite.server.port,
    priority: 0,
    weight: 0,
    ...more,
  });

  /** What each library is told of names; `machines` besides the one that is there. */
  async function published(zone: Readonly<Record<string, Answer>>, machines = ['kith.test']) {
    const known = ['machine.kith.test', ...machines];
    const server = await startNameServer(zone);
    names = server;
    const lookup = () => ({
      ...systemLookup([server.at]),
      addresses: async (host: string, family: number) => {
        if (!known.includes(host) || family !== 4) throw new KithError('network', `${host} is not known`);
        return ['127.0.0.1'];
      },
    });
    const dialled: number[] = [];
    const connectSocket = (host: string, port: number) => {
      dialled.push(port);
      return connect({ host, port });
    };
    const addresses = Object.fromEntries(known.map((name) => [name, '127.0.0.1']));
    return {
      theirs: { service: 'kith.test', names: { server: server.at, addresses } },
      ours: (random = 0) => ({ host: '', parts: { lookup, connectSocket, random: () => random } }),
      dialled,
    };
  }

  it('row 6: direct TLS that is published is never used; Kith uses it', async () => {
    const { theirs, ours } = await published({
      [directTls]: [record()],
      [starttls]: [record({ priority: 5 })],
    });
    {
      await using other = await them(theirs);
      await other.peer.encrypt().catch(() => {});
      await other.peer.closed;
      // It knows the machine by its number, of which no certificate speaks, and says nothing of it.
      const second = await suite.server.accepted();
      expect((await second.header()).attributes).toMatchObject({ to: 'kith.test' });
    }
    const { tried, peer } = await us(async (one) => {
      await one.encrypt();
      await one.greet(mechanisms(mechanism));
      await letIn(one);
      await grantBinding(one);
    }, ours());
    expect(await established(tried)).toMatchObject({ address: 'amy@kith.test/desk' });
    expect(peer.greeting).toEqual({ sni: 'kith.test', alpn: 'xmpp-client' });
  });

  it.each<readonly [string, () => Readonly<Record<string, Answer>>, readonly string[]]>([
    [
      'one of several machines has no address',
      () => ({ [starttls]: [record({ name: 'gone.kith.test' }), record({ priority: 1 })] }),
      ['kith.test'],
    ],
    [
      'one of both services is said not to be there',
      () => ({ [directTls]: [record({ name: '.', port: 0 })], [starttls]: [record()] }),
      ['kith.test'],
    ],
    ['the domain itself is no machine', () => ({ [starttls]: [record()] }), []],
  ])('row 6: nobody gets there where %s; Kith does', async (_what, zone, machines) => {
    const { theirs, ours } = await published(zone(), [...machines]);
    {
      await using other = new XmppJs({ port: 0, caFile: suite.certificates.caFile, ...theirs });
      expect(await other.fails()).toContain('is not known');
    }
    const { tried } = await us(serve, ours());
    expect(await established(tried)).toMatchObject({ address: 'amy@kith.test/desk' });
  });

  it('row 6: of two machines that are to share the load one has all of it; with Kith it is drawn', async () => {
    const [heavy, light] = [suite.server.port, 1];
    const { theirs, ours, dialled } = await published({
      [starttls]: [record({ port: light, weight: 49 }), record({ port: heavy, weight: 51 })],
    });
    {
      await using other = await them(theirs);
      const turns: (string | undefined)[] = [];
      for (let peer = other.peer; ; peer = await suite.server.accepted()) {
        turns.push(await other.program.turnsTo());
        if (turns.length === 3) break;
        await fallsOver(peer);
      }
      expect(turns).toEqual(Array(3).fill(`xmpp://127.0.0.1:${heavy}`));
    }
    for (const [random, first] of [
      [0.2, light],
      [0.8, heavy],
    ] as const) {
      dialled.length = 0;
      const { tried, played } = await us(serve, ours(random));
      await played;
      await established(tried);
      expect(dialled[0]).toBe(first);
    }
  });
});

/** The next element of this name; others are what a client asks for by itself. */
async function next(peer: Peer, name: string) {
  for (;;) {
    const element = await peer.element();
    if (element.name === name) return element;
  }
}
