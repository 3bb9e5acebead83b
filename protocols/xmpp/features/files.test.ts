import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FileServer, startFileServer } from '../../../test/harness/file-server.ts';
import { startHttpProxy, startSocks5 } from '../../../test/harness/proxies.ts';
import { until } from '../../../test/harness/waiting.ts';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type LogLine, logTo, newId } from '../../../src/base/index.ts';
import type { FileFetched, FileToFetch, FileToUpload } from '../../../src/contracts/index.ts';
import { everythingTold, type ContactId, type MessageId } from '../../../src/domain/index.ts';
import { isNear, secureAddress, soundsNear } from '../files/web.ts';
import { files } from './files.ts';
import { messages } from './messages.ts';

const items = 'http://jabber.org/protocol/disco#items';
const info = 'http://jabber.org/protocol/disco#info';
const upload = 'urn:xmpp:http:upload:0';
const service = 'upload.home.example';
const form = (type: string, size: string) =>
  `<x xmlns="jabber:x:data" type="result"><field var="FORM_TYPE"><value>${type}</value></field><field var="max-file-size"><value>${size}</value></field></x>`;
const takes = (size = '1000000') =>
  `<query xmlns="${info}"><feature var="${upload}"/>${form('other', '5')}${form(upload, size)}</query>`;
const takesNothing = `<query xmlns="${info}"><feature var="other"/></query>`;

const rig = (settings: RigSettings = {}) => new XmppRig({ features: [files, messages], ...settings });
/** What was asked of this address about itself. */
const askedOf = (one: XmppRig, to: string) =>
  one.server.written
    .map(({ element }) => element)
    .findLast((each) => each.attribute('to') === to && each.child('query', info) !== undefined);
const answerOf = (one: XmppRig, from: string, inside: string) =>
  one.says(`<iq type="result" from="${from}" id="${askedOf(one, from)?.attribute('id')}">${inside}</iq>`);
/** Online at a server with these services, none of which has answered. */
async function among(services: readonly string[], settings: RigSettings = {}): Promise<XmppRig> {
  const one = rig(settings);
  await one.online();
  const listed = services.map((address) => `<item jid="${address}"/>`).join('');
  await one.answers('query', items, `<query xmlns="${items}">${listed}</query>`);
  return one;
}
async function online(settings: RigSettings = {}): Promise<XmppRig> {
  const one = await among([service], settings);
  await answerOf(one, 'home.example', takesNothing);
  await answerOf(one, service, takes());
  return one;
}

describe('the service that takes files', () => {
  it('is found among those of the server, with the size it takes', async () => {
    const one = await among(['rooms.home.example', service]);
    await answerOf(one, 'home.example', takesNothing);
    await answerOf(one, 'rooms.home.example', takesNothing);
    expect(one.seat.living.files).toBeUndefined();
    await answerOf(one, service, takes('5000'));
    expect(one.seat.living.files).toEqual({ takes: true, largest: 5000 });
  });

  it('is known at once in the next session, and only it is asked whether that still holds', async () => {
    const memory = [['upload', `${service} 5000`]] as const;
    const one = rig({ memory });
    const server = await one.online();
    expect(one.seat.living.files).toEqual({ takes: true, largest: 5000 });
    expect(server.written.map(({ element }) => element.attribute('to'))).toEqual([service]);
    await answerOf(one, service, takes('7000'));
    expect(one.seat.living.files).toEqual({ takes: true, largest: 7000 });
    expect(one.seat.kept.get('upload')).toBe(`${service} 7000`);
  });

  it('that is gone is forgotten, and another looked for', async () => {
    const one = rig({ memory: [['upload', `old.example 5000`]] });
    await one.online();
    await answerOf(one, 'old.example', takesNothing);
    await one.answers('query', items, `<query xmlns="${items}"/>`);
    await answerOf(one, 'home.example', takesNothing);
    expect(one.seat.living.files).toEqual({ takes: false });
  });

  it.each(['-5', '0', '1e9', 'much', ''])('that names %j as its bound has none', async (size) => {
    const one = await among([service]);
    await answerOf(one, 'home.example', takesNothing);
    await answerOf(one, service, takes(size));
    expect(one.seat.living.files).toEqual({ takes: true });
  });
});

describe('a file', () => {
  let web: FileServer;
  const logged: LogLine[] = [];
  beforeAll(async () => {
    web = await startFileServer();
  });
  afterAll(() => web?.[Symbol.asyncDispose]());
  beforeEach(() => {
    web.answers = undefined;
    web.visits.length = 0;
  });

  const known = (): RigSettings => ({ parameters: { ca: web.ca }, log: logTo((line) => logged.push(line)) });
  const local = (content: string | Buffer): FileToUpload => {
    const path = join(web.folder, newId());
    writeFileSync(path, content);
    return { path, name: 'act two.pdf', size: content.length, type: 'application/pdf' };
  };
  const id = 'the-message' as MessageId;
  const facetOf = (one: XmppRig) => one.connection.facets.files!;
  const slot = (put: string, get = `${web.origin}/get`, headers = '') =>
    `<slot xmlns="${upload}"><put url="${put}">${headers}</put><get url="${get}"/></slot>`;
  /** Begins an upload and gives it this slot. */
  const sent = async (one: XmppRig, file: FileToUpload, given = slot(`${web.origin}/put`)) => {
    const sending = facetOf(one).upload(id, file);
    sending.catch(() => {});
    await one.settle();
    await one.answers('request', upload, given);
    return sending;
  };
  const put = (answers: FileServer['answers'] | undefined) => {
    web.answers = answers;
  };

  describe('that is sent', () => {
    it('goes into its slot with the words the server gave for it, and no others', async () => {
      const one = await online(known());
      const file = local('the second act');
      const headers =
        '<header name="Authorization">Basic abc\n123</header><header name="COOKIE">a=b</header>' +
        '<header name="Host">evil.example</header><header name="X-Other">1</header><header name="Expires">\u00fc</header>';
      expect(await sent(one, file, slot(`${web.origin}/put?v=1`, `${web.origin}/get`, headers))).toBe(
        `${web.origin}/get`,
      );
      const request = one.asked('request', upload);
      expect(request.attribute('to')).toBe(service);
      expect(request.child('request', upload)?.attributes).toEqual({
        filename: 'act two.pdf',
        size: '14',
        'content-type': 'application/pdf',
      });
      expect(web.visits).toHaveLength(1);
      expect(web.visits[0]).toMatchObject({ method: 'PUT', path: '/put?v=1' });
      expect(web.visits[0]?.body.toString()).toBe('the second act');
      expect(web.visits[0]?.headers).toEqual({
        host: new URL(web.origin).host,
        authorization: 'Basic abc123',
        cookie: 'a=b',
        'content-type': 'application/pdf',
        'content-length': '14',
        connection: 'close',
      });
    });

    it('says how far it is, and that it is over', async () => {
      const one = await online(known());
      await sent(one, local('x'));
      await one.settle();
      const heard = one.said('transfer-changed');
      expect(heard[0]).toEqual({ type: 'transfer-changed', message: id, progress: { moved: 0, size: 1 } });
      expect(heard.at(-1)).toEqual({ type: 'transfer-changed', message: id });
      expect(one.seat.living.transfers.size).toBe(0);
    });

    it.each([
      ['http to put it', 'http://localhost/put', 'https://localhost/get'],
      ['http to get it', 'https://localhost/put', 'http://localhost/get'],
      ['credentials in the address', 'https://me:secret@localhost/put', 'https://localhost/get'],
      ['a file of this computer', 'file:///etc/passwd', 'https://localhost/get'],
      ['nothing', '', ''],
    ])('goes nowhere when the server offers %s', async (_what, to, from) => {
      const one = await online(known());
      await expect(sent(one, local('x'), slot(to, from))).rejects.toMatchObject({ code: 'server-refused' });
      expect(web.visits).toEqual([]);
    });

    it.each([
      ['too large', 'x'.repeat(1_000_001), 'The server takes files up to 1 MB; this one has 1000001'],
      ['empty', '', 'This file is empty'],
    ])('is refused before anything is asked when it is %s', async (_what, content) => {
      const one = await online(known());
      one.written();
      await expect(facetOf(one).upload(id, local(content))).rejects.toMatchObject({ code: 'invalid-argument' });
      expect(one.written()).toEqual([]);
    });

    it('is refused in the words of the server', async () => {
      const one = await online(known());
      const sending = facetOf(one).upload(id, local('x'));
      sending.catch(() => {});
      await one.settle();
      const asked = one.asked('request', upload).attribute('id') ?? '';
      await one.says(
        `<iq type="error" from="${service}" id="${asked}"><error type="wait"><resource-constraint xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/><text xmlns="urn:ietf:params:xml:ns:xmpp-stanzas">Quota reached</text></error></iq>`,
      );
      await expect(sending).rejects.toMatchObject({ code: 'server-refused', message: 'Quota reached' });
    });

    it.each([
      [302, 'server-refused'],
      [307, 'server-refused'],
      [403, 'server-refused'],
      [413, 'invalid-argument'],
      [500, 'server-refused'],
    ])('is not sent when the answer is %d, and no redirect is followed', async (status, code) => {
      const one = await online(known());
      const heard: string[] = [];
      put((request, response) => {
        heard.push(request.url ?? '');
        request.resume();
        request.on('end', () => response.writeHead(status, { Location: `${web.origin}/elsewhere` }).end());
      });
      await expect(sent(one, local('x'))).rejects.toMatchObject({ code });
      expect(heard).toEqual(['/put']);
    });

    it('that changed meanwhile is not sent as something else', async () => {
      const one = await online(known());
      const file = local('short');
      await expect(sent(one, { ...file, size: 50 })).rejects.toMatchObject({ code: 'invalid-argument' });
    });

    it('that is gone meanwhile is said to be', async () => {
      const one = await online(known());
      const file = local('short');
      await expect(sent(one, { ...file, path: `${file.path}-gone` })).rejects.toMatchObject({ code: 'not-found' });
    });

    it('goes to no server whose certificate is not trusted', async () => {
      const one = await online();
      await expect(sent(one, local('x'))).rejects.toMatchObject({ code: 'certificate' });
      expect(web.visits).toEqual([]);
    });

    it('is called off in the middle', async () => {
      const one = await online(known());
      let begun = false;
      put((request) => {
        begun = true;
        request.resume();
        request.on('error', () => {});
      });
      const sending = sent(one, local(Buffer.alloc(900_000)));
      sending.catch(() => {});
      await until('the beginning', async () => begun || undefined);
      await facetOf(one).cancel(id);
      await expect(sending).rejects.toMatchObject({ code: 'cancelled' });
      expect(one.clock.pending).toBeLessThan(3);
    });

    it('is given up when nothing moves for a minute', async () => {
      const one = await online(known());
      let begun = false;
      put((request) => {
        begun = true;
        request.resume();
        request.on('error', () => {});
      });
      const sending = sent(one, local('x'));
      sending.catch(() => {});
      await until('the beginning', async () => begun || undefined);
      // What was written last began the minute anew.
      await one.clock.advance(60_000);
      await one.clock.advance(60_000);
      await expect(sending).rejects.toMatchObject({ code: 'timeout' });
    });

    it('is named to the other side as an address and nothing else', async () => {
      const one = await online(known());
      one.written();
      const url = `${web.origin}/get`;
      await one.connection.facets.messages?.send({
        id: newId<MessageId>(),
        target: { kind: 'contact', contact: 'amy@home.example' as ContactId },
        body: url,
        isFile: true,
        at: 0,
        disclosure: everythingTold,
      });
      const [message] = one.written();
      expect(message?.child('body')?.text()).toBe(url);
      expect(message?.child('x', 'jabber:x:oob')?.child('url')?.text()).toBe(url);
    });
  });

  describe('that is fetched', () => {
    const fetched = (
      one: XmppRig,
      more: Partial<FileToFetch> = {},
    ): { readonly path: string; readonly answer: Promise<FileFetched> } => {
      const path = join(web.folder, newId());
      const wanted = { url: `${web.origin}/file`, path, largest: 1000, byItself: true, ...more };
      const answer = facetOf(one).fetch(id, wanted);
      answer.catch(() => {});
      return { path, answer };
    };
    const body = (text: string | Buffer, headers: Record<string, string | number> = {}, status = 200) =>
      put((_request, response) => response.writeHead(status, headers).end(text));

    it('lies where it was wanted, for nobody else to read, and nothing was said of us', async () => {
      const one = await online(known());
      const heard: unknown[] = [];
      put((request, response) => {
        heard.push(request.headers);
        response.end('content');
      });
      const { path, answer } = fetched(one);
      expect(await answer).toEqual({ size: 7, whole: true });
      expect(readFileSync(path, 'utf8')).toBe('content');
      expect(heard).toEqual([{ host: new URL(web.origin).host, 'accept-encoding': 'identity', connection: 'close' }]);
    });

    it('that says it is too large is not taken', async () => {
      const one = await online(known());
      body('x'.repeat(1001), { 'Content-Length': 1001 });
      const { path, answer } = fetched(one);
      expect(await answer).toEqual({ size: 1001, whole: false });
      expect(existsSync(path)).toBe(false);
    });

    it('that never ends is cut off at the bound', async () => {
      const one = await online(known());
      put((_request, response) => {
        const more = (): void => {
          while (response.write(Buffer.alloc(400)) && !response.destroyed);
        };
        response.on('drain', more);
        more();
      });
      const { path, answer } = fetched(one);
      expect(await answer).toEqual({ whole: false });
      expect(existsSync(path)).toBe(false);
    });

    it('that ends too early leaves nothing behind', async () => {
      const one = await online(known());
      put((_request, response) => {
        response.writeHead(200, { 'Content-Length': 500 }).write('half');
        response.socket?.end();
      });
      const { path, answer } = fetched(one);
      await expect(answer).rejects.toMatchObject({ code: 'network' });
      expect(existsSync(path)).toBe(false);
    });

    it.each([
      ['a redirect', () => body('', { Location: `${web.origin}/other` }, 302), 'server-refused'],
      ['gone', () => body('', {}, 404), 'not-found'],
      ['partial content', () => body('x', {}, 206), 'server-refused'],
      ['packed', () => body('x', { 'Content-Encoding': 'gzip' }), 'server-refused'],
      ['no HTTP', () => put((_request, response) => response.socket?.end('SSH-2.0-x\r\n\r\n')), 'server-refused'],
    ] as const)('is not when the answer is %s', async (_what, answering, code) => {
      const one = await online(known());
      answering();
      const { path, answer } = fetched(one);
      await expect(answer).rejects.toMatchObject({ code });
      expect(existsSync(path)).toBe(false);
    });

    it('drop by drop without being asked for is given up after two minutes', async () => {
      const one = await online(known());
      let drops: (() => void) | undefined;
      put((_request, response) => {
        drops = () => void response.write('x');
        drops();
      });
      const { answer, path } = fetched(one);
      for (let half = 0; half < 5; half += 1) {
        const moved = one.seat.heard.events.length;
        await until('a drop', async () => {
          drops?.();
          await one.settle();
          return one.seat.heard.events.length > moved || half > 3 || undefined;
        });
        await one.clock.advance(30_000);
      }
      await expect(answer).rejects.toMatchObject({ code: 'timeout' });
      expect(existsSync(path)).toBe(false);
    });

    it('never from inside a private network by itself, but where the account brings authorities of its own', async () => {
      const one = await online();
      await expect(fetched(one).answer).rejects.toMatchObject({ code: 'permission-denied' });
      await expect(fetched(one, { url: 'https://127.0.0.1:1/x' }).answer).rejects.toMatchObject({
        code: 'permission-denied',
      });
      await expect(fetched(one, { url: 'https://[::ffff:10.0.0.1]/x' }).answer).rejects.toMatchObject({
        code: 'permission-denied',
      });
      // Asked for, it is tried: and this server's certificate is not trusted here.
      await expect(fetched(one, { byItself: false }).answer).rejects.toMatchObject({ code: 'certificate' });
      expect(web.visits).toEqual([]);
    });

    it.each([
      ['SOCKS 5', 'socks5', startSocks5],
      ['HTTP', 'http', startHttpProxy],
    ] as const)('goes and comes through the %s proxy of the account, and no other way', async (_what, kind, start) => {
      const { port } = new URL(web.origin);
      const proxy = await start({ machines: { localhost: { host: '127.0.0.1', port: Number(port) } } });
      try {
        const parameters = { ca: web.ca, proxy: kind, proxyHost: '127.0.0.1', proxyPort: proxy.port };
        const one = await online({ parameters });
        expect(await sent(one, local('the second act'))).toBe(`${web.origin}/get`);
        body('content');
        const { path, answer } = fetched(one);
        expect(await answer).toEqual({ size: 7, whole: true });
        expect(readFileSync(path, 'utf8')).toBe('content');
        expect(proxy.asked).toEqual([`localhost:${port}`, `localhost:${port}`]);
        await proxy.stop();
        await expect(fetched(one).answer).rejects.toMatchObject({ code: 'unreachable' });
        await expect(sent(one, local('x'))).rejects.toMatchObject({ code: 'unreachable' });
        expect(web.visits).toHaveLength(1);
      } finally {
        await proxy.stop().catch(() => {});
      }
    });

    it('is nothing a proxy is asked for by itself when it lies in somebody’s house, and its certificate is checked there too', async () => {
      const proxy = await startSocks5({
        machines: { localhost: { host: '127.0.0.1', port: Number(new URL(web.origin).port) } },
      });
      try {
        const one = await online({ parameters: { proxy: 'socks5', proxyHost: '127.0.0.1', proxyPort: proxy.port } });
        for (const url of [`${web.origin}/x`, 'https://printer.local/x', 'https://192.168.0.1/x'])
          await expect(fetched(one, { url }).answer).rejects.toMatchObject({ code: 'permission-denied' });
        expect(proxy.asked).toEqual([]);
        await expect(fetched(one, { byItself: false }).answer).rejects.toMatchObject({ code: 'certificate' });
      } finally {
        await proxy.stop();
      }
    });

    it('never by http, and never over a file that is there', async () => {
      const one = await online(known());
      await expect(fetched(one, { url: 'http://localhost/x' }).answer).rejects.toMatchObject({
        code: 'invalid-argument',
      });
      const { path } = local('precious');
      body('x');
      await expect(fetched(one, { path }).answer).rejects.toMatchObject({ code: 'disk' });
      expect(readFileSync(path, 'utf8')).toBe('precious');
    });
  });

  it('has left no address and no word of a slot in the log', () => {
    const text = JSON.stringify(logged);
    expect(text).not.toContain('localhost');
    expect(text).not.toContain('abc123');
  });
});

describe('a message', () => {
  const url = 'https://up.example/a1/Act%20two.pdf';
  const heard = async (body: string, oob: string) => {
    const one = rig();
    await one.online();
    const extra = oob === '' ? '' : `<x xmlns="jabber:x:oob"><url>${oob}</url></x>`;
    await one.says(`<message from="amy@home.example/x" type="chat"><body>${body}</body>${extra}</message>`);
    return one.said('messages-received')[0]?.messages[0];
  };

  it('that is an address and says so is a file', async () => {
    expect(await heard(url, url)).toMatchObject({ body: url, file: { url, name: 'Act two.pdf' } });
  });

  it.each([
    ['no such mark', url, ''],
    ['another address beside it', url, 'https://up.example/other.pdf'],
    ['words around it', `look: ${url}`, url],
    ['http', 'http://up.example/a.pdf', 'http://up.example/a.pdf'],
    ['a script', 'javascript:alert(1)', 'javascript:alert(1)'],
  ])('with %s is not', async (_what, body, oob) => {
    const message = await heard(body, oob);
    expect(message?.body).toBe(body);
    expect(message).not.toHaveProperty('file');
  });
});

describe('an address', () => {
  it.each(['10.1.2.3', '127.0.0.1', '192.168.1.1', '169.254.1.1', '::1', 'fe80::1', 'fd00::1', '::ffff:192.168.0.1'])(
    '%s is near',
    (address) => expect(isNear(address)).toBe(true),
  );
  it.each(['8.8.8.8', '2001:4860:4860::8888', '172.32.0.1'])('%s is not', (address) =>
    expect(isNear(address)).toBe(false),
  );
  it.each(['printer', 'localhost.', 'nas.local', 'nas.local.', 'router.home.arpa'])('%s sounds near', (name) =>
    expect(soundsNear(name)).toBe(true),
  );
  it.each(['up.example', 'up.example.', 'local.example'])('%s does not', (name) =>
    expect(soundsNear(name)).toBe(false),
  );
  it('is safe only by plain https', () => {
    expect(secureAddress('https://a.example/b?c')?.href).toBe('https://a.example/b?c');
    for (const bad of ['http://a.example', 'https://a@b.example', 'https://a.example/\nb', 'a', 'data:text/html,x'])
      expect(secureAddress(bad), bad).toBeUndefined();
  });
});
