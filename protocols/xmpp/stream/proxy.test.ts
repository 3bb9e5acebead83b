import { describe, expect, it, afterEach } from 'vitest';
import { KithError } from '../../../src/base/index.ts';
import {
  serve,
  startTls,
  mechanisms,
  scram,
  bindFeature,
  grantBinding,
} from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { startHttpProxy, startSocks5, type ProxySettings, type TestProxy } from '../../../test/harness/proxies.ts';
import { attempt, established, type Attempt } from '../../../test/harness/stream-attempt.ts';
import type { Proxy } from './proxy.ts';

const kinds = [
  ['SOCKS 5', 'socks5', startSocks5],
  ['HTTP', 'http', startHttpProxy],
] as const;

describe.each(kinds)('through a %s proxy', (_what, kind, start) => {
  const suite = fakeServerSuite();
  let proxy: TestProxy;
  const tries: Attempt[] = [];
  afterEach(async () => {
    for (const tried of tries.splice(0)) {
      tried.abort();
      const closing = tried.stream.close();
      await tried.clock.advance(2000);
      await closing;
    }
    await proxy.stop();
  });

  /** A try whose proxy leads kith.test to the fake server. */
  async function through(
    settings: ProxySettings,
    more: Partial<Proxy> = {},
    trying: Parameters<typeof attempt>[1] = {},
  ): Promise<Attempt> {
    const here = { host: '127.0.0.1', port: suite.server.port };
    proxy = await start({
      machines: { 'kith.test': here, 'machine.test': here, 'xn--bcher-kva.test': here },
      ...settings,
    });
    const given: Proxy = {
      kind,
      host: '127.0.0.1',
      port: proxy.port,
      password: async () => {
        throw new KithError('internal', 'Nobody needs a password');
      },
      ...more,
    };
    const tried = attempt(suite.server, {
      host: '',
      ca: suite.certificates.ca,
      proxy: given,
      parts: {
        lookup: () => {
          const asked = async () => {
            throw new KithError('internal', 'A name was looked up on this side of the proxy');
          };
          return { services: asked, addresses: asked, cancel: () => {} };
        },
      },
      ...trying,
    });
    tries.push(tried);
    return tried;
  }

  it('a session stands, and no name is looked up on this side', async () => {
    const tried = await through({});
    const peer = await suite.server.accepted();
    await serve(peer);
    expect((await established(tried)).address).toBe('amy@kith.test/desk');
    expect(proxy.asked).toEqual(['kith.test:5222']);
    expect(peer.greeting.sni).toBe('kith.test');
    peer.write('<message><body>naïve</body></message>');
    expect((await tried.next()).element.child('body')?.text()).toBe('naïve');
  });

  it('the machine and the port of the settings are asked for, also encrypted from the first byte', async () => {
    const tried = await through({}, {}, { host: 'machine.test', port: 443, directTls: true });
    const peer = await suite.server.accepted();
    await peer.encrypt();
    expect(peer.greeting).toEqual({ sni: 'kith.test', alpn: 'xmpp-client' });
    await peer.greet(mechanisms('SCRAM-SHA-256'));
    await scram(peer);
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
    expect(proxy.asked).toEqual(['machine.test:443']);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['bücher.test', 'xn--bcher-kva.test'],
  ])('%s is asked for as %s', async (host, asked) => {
    const tried = await through({}, {}, { host, port: suite.server.port });
    await startTls(await suite.server.accepted());
    expect(proxy.asked).toEqual([`${asked}:${suite.server.port}`]);
    tried.abort();
  });

  it('an IPv6 address is asked for as one', async () => {
    const tried = await through({}, {}, { host: '2001:db8::1:0:7', port: 9 });
    expect(await tried.opened).toMatchObject({ code: 'network' });
    expect(proxy.asked).toEqual([kind === 'http' ? '2001:db8::1:0:7:9' : '2001:db8:0:0:0:1:0:7:9']);
  });

  it('a name and a password are shown when there is a name', async () => {
    const credentials = { name: 'näme', password: 'pässwörd' };
    const asked: string[] = [];
    await through({ credentials }, { name: 'näme', password: async (why) => (asked.push(why), 'pässwörd') });
    await startTls(await suite.server.accepted());
    expect(proxy.shown).toEqual(['näme:pässwörd']);
    expect(asked).toEqual(['needed']);
  });

  it('another password is asked for when one is refused, on a new connection', async () => {
    const answers = ['wrong', 'also wrong', 'right'];
    const asked: string[] = [];
    const password = async (why: string) => (asked.push(why), answers.shift() ?? '');
    await through({ credentials: { name: 'amy', password: 'right' } }, { name: 'amy', password });
    await startTls(await suite.server.accepted());
    expect(proxy.shown).toEqual(['amy:wrong', 'amy:also wrong', 'amy:right']);
    expect(asked).toEqual(['needed', 'refused', 'refused']);
  });

  it('a refused password ends the attempt when nobody knows another', async () => {
    const password = async (why: string) => {
      if (why === 'needed') return 'wrong';
      throw new KithError('password-needed', 'Nobody is here to ask');
    };
    const tried = await through({ credentials: { name: 'amy', password: 'right' } }, { name: 'amy', password });
    expect(await tried.opened).toMatchObject({ code: 'password-needed' });
  });

  it('a person may take any time to give the password', async () => {
    let give = (_password: string): void => {};
    const password = () => new Promise<string>((resolve) => (give = resolve));
    const tried = await through({ credentials: { name: 'amy', password: 'right' } }, { name: 'amy', password });
    await tried.clock.advance(3_600_000);
    expect(proxy.shown).toEqual([]);
    give('right');
    await startTls(await suite.server.accepted());
    expect(proxy.shown).toEqual(['amy:right']);
  });

  it.each<[string, ProxySettings, string, string]>([
    [
      'that wants to know who we are, and nobody is set',
      { credentials: { name: 'amy', password: 'x' } },
      'permission-denied',
      'wants a name and a password, and none are set for it',
    ],
    [
      'that cannot find the machine',
      { machines: {} },
      'network',
      kind === 'http' ? 'cannot connect to kith.test:5222 (502 Bad Gateway)' : 'cannot find or reach kith.test:5222',
    ],
    [
      'that is refused by the machine',
      { machines: { 'kith.test': { host: '127.0.0.1', port: 1 } } },
      'network',
      kind === 'http' ? 'cannot connect to kith.test:5222 (502 Bad Gateway)' : 'was refused by kith.test:5222',
    ],
    ['that hangs up', { script: [null] }, 'network', 'closed the connection'],
    [
      'that is none',
      { script: ['SSH-2.0-OpenSSH_9.2p1\r\n\r\n\r\n'] },
      'network',
      `does not speak ${kind === 'http' ? 'HTTP' : 'SOCKS 5'}`,
    ],
    [
      'that never comes to an end',
      { script: ['HTTP/1.1 200 OK\r\n' + 'X: y\r\n'.repeat(10_000)] },
      'network',
      `does not speak ${kind === 'http' ? 'HTTP' : 'SOCKS 5'}`,
    ],
  ])('a proxy %s is named, with what it did', async (_which, settings, code, words) => {
    const tried = await through(settings);
    expect(await tried.opened).toMatchObject({ code, message: `The proxy 127.0.0.1:${proxy.port} ${words}` });
    expect(tried.clock.pending).toBe(0);
  });

  it('a proxy that cannot be reached is named', async () => {
    const tried = await through({}, { port: 1 });
    expect(await tried.opened).toMatchObject({
      code: 'unreachable',
      message: 'The proxy 127.0.0.1:1 cannot be reached',
    });
  });

  it('a proxy that falls silent is named after fifteen seconds', async () => {
    const tried = await through({ script: [undefined] });
    await tried.clock.advance(14_999);
    expect(await Promise.race([tried.opened, 'still waiting'])).toBe('still waiting');
    await tried.clock.advance(1);
    expect(await tried.opened).toMatchObject({
      code: 'network',
      message: `The proxy 127.0.0.1:${proxy.port} does not answer`,
    });
    expect(tried.clock.pending).toBe(0);
  });

  it('an attempt that is called off leaves nothing open', async () => {
    const tried = await through({ script: [undefined] });
    await tried.clock.settle();
    tried.abort();
    expect(await tried.opened).toMatchObject({ code: 'cancelled' });
    expect(tried.clock.pending).toBe(0);
  });

  it('an answer with the first word of the server behind it is read as far as it goes', async () => {
    // The proxy's answer and a server that begins with nothing we could know are one packet: the rest belongs to the stream.
    const answer =
      kind === 'http'
        ? ['HTTP/1.1 200 OK\r\n\r\n<html>']
        : [Uint8Array.of(5, 0), Buffer.concat([Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0), Buffer.from('<html>')])];
    const tried = await through({ script: answer });
    expect(await tried.opened).toMatchObject({
      code: 'server-refused',
      message: expect.stringContaining('does not speak XMPP'),
    });
  });
});

describe('a SOCKS 5 proxy', () => {
  const suite = fakeServerSuite();

  it.each([
    [1, 'cannot reach kith.test:5222'],
    [2, 'does not allow a connection to kith.test:5222'],
    [3, 'has no way to the network of kith.test:5222'],
    [4, 'cannot find or reach kith.test:5222'],
    [5, 'was refused by kith.test:5222'],
    [6, 'waited in vain for kith.test:5222'],
    [7, 'makes no connections for others'],
    [8, 'cannot go to an address like kith.test:5222'],
    [99, 'cannot reach kith.test:5222'],
  ])('that answers %i is understood', async (reply, words) => {
    const proxy = await startSocks5({ script: [Uint8Array.of(5, 0), Uint8Array.of(5, reply, 0, 1)] });
    const given: Proxy = { kind: 'socks5', host: '127.0.0.1', port: proxy.port, password: async () => '' };
    const { opened } = attempt(suite.server, { host: '', proxy: given });
    expect(await opened).toMatchObject({ message: `The proxy 127.0.0.1:${proxy.port} ${words}` });
    await proxy.stop();
  });

  it('that wants another proof than a password is understood', async () => {
    const proxy = await startSocks5({ script: [Uint8Array.of(5, 1)] });
    const given: Proxy = {
      kind: 'socks5',
      host: '127.0.0.1',
      port: proxy.port,
      name: 'amy',
      password: async () => 'x',
    };
    const { opened } = attempt(suite.server, { host: '', proxy: given });
    expect(await opened).toMatchObject({ code: 'permission-denied' });
    await proxy.stop();
  });
});

describe('an HTTP proxy', () => {
  const suite = fakeServerSuite();

  it('that refuses a password with 401, as tinyproxy does, is asked again with another', async () => {
    const proxy = await startHttpProxy({ script: ['HTTP/1.1 401 Unauthorized\r\n\r\n', null] });
    const asked: string[] = [];
    const password = async (why: string) => {
      if (asked.push(why) === 1) return 'wrong';
      throw new KithError('password-needed', 'Nobody is here to ask');
    };
    const given: Proxy = { kind: 'http', host: '127.0.0.1', port: proxy.port, name: 'amy', password };
    const { opened } = attempt(suite.server, { host: '', proxy: given });
    expect(await opened).toMatchObject({ code: 'password-needed' });
    expect(asked).toEqual(['needed', 'refused']);
    await proxy.stop();
  });
});
