/** Two people, one of them behind a proxy no one here wrote, with a real server behind that. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import type { Ask, Asked, MessageId } from '../../src/domain/index.ts';
import { startMicrosocks, startTinyproxy, type ForeignProxy } from '../harness/foreign-proxies.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { XmppPerson } from '../harness/xmpp-person.ts';

/** The person's password at the proxy is not the one at the server. */
const knowing =
  (proxyPasswords: string[], asked: unknown[] = []): Ask =>
  async (kind, question) => {
    asked.push([kind, question]);
    return (kind === 'secret' ? proxyPasswords.shift() : 'secret') as Asked[typeof kind]['answer'];
  };

describe.each([
  ['microsocks (SOCKS 5)', 'socks5', startMicrosocks],
  ['tinyproxy (HTTP)', 'http', startTinyproxy],
] as const)('behind %s', (_name, kind, start) => {
  noLeaks();
  let server: Prosody;
  let proxy: ForeignProxy;
  beforeAll(async () => {
    server = await startProsody({ password: 'secret', takesFiles: 2_000_000 });
    proxy = await start('amy', 'open-sesame');
  });
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]();
    await server?.stop();
  });

  /** Alice, who reaches the server by its name and through the proxy alone. */
  const behind = (answer: Ask, more: Record<string, string | number | boolean> = {}): XmppPerson =>
    new XmppPerson(server, 'alice', {
      answer,
      parameters: {
        host: 'localhost',
        proxy: kind,
        proxyHost: '127.0.0.1',
        proxyPort: proxy.port,
        proxyUser: 'amy',
        ...more,
      },
    });

  it.each([
    ['by STARTTLS', false],
    ['encrypted from the first byte', true],
  ])('one talks with the rest of the world, %s', async (_how, directTls) => {
    const port = directTls ? server.directTlsPort : server.port;
    await using alice = behind(knowing(['open-sesame']), { directTls, port });
    await using bob = new XmppPerson(server, 'bob');
    await Promise.all([alice.arrive(), bob.arrive()]);
    await alice.say(bob, `naïve 😀 ${'ä'.repeat(20_000)}`);
    await bob.hears(`naïve 😀 ${'ä'.repeat(20_000)}`);
    await bob.say(alice, 'yes');
    await alice.hears('yes');
    expect(alice.dialled).toEqual([`127.0.0.1:${proxy.port}`]);
    expect(proxy.told).toContain('localhost');
    expect(proxy.told).toContain(String(port));
  });

  it('a file goes there and comes back by it as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kith-proxied-'));
    try {
      const [path, back] = [join(folder, 'out'), join(folder, 'back')];
      writeFileSync(path, 'the second act');
      await using alice = behind(knowing(['open-sesame', 'open-sesame', 'open-sesame']));
      await alice.arrive();
      await alice.seat.heard.until('files-offered', () => true);
      const files = alice.facet('files');
      const file = { path, name: 'act two.txt', size: 14, type: 'text/plain' };
      const url = await files.upload(newId<MessageId>(), file);
      await files.fetch(newId<MessageId>(), { url, path: back, largest: 100, byItself: false });
      expect(readFileSync(back, 'utf8')).toBe('the second act');
      expect(proxy.told.split(new URL(url).port).length).toBeGreaterThan(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('a wrong password of the proxy is asked for again, and the account’s own is not shown to it', async () => {
    const asked: unknown[] = [];
    await using alice = behind(knowing(['open-barley', 'open-sesame'], asked));
    await alice.arrive();
    expect(asked).toEqual([
      ['secret', { name: 'proxyPassword', why: 'needed' }],
      ['secret', { name: 'proxyPassword', why: 'refused' }],
      ['password', { why: 'needed' }],
    ]);
  });

  it('a machine that it does not reach is said to be that, of the proxy', async () => {
    await using alice = behind(knowing(['open-sesame']), { port: 1 });
    expect(await alice.arriveInVain()).toMatchObject({
      code: 'network',
      text: expect.stringContaining(`the proxy 127.0.0.1:${proxy.port}`),
    });
  });
});
