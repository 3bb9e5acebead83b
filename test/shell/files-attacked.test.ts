/** The ways by which files come and go beside the bridge, attacked. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import type { House, Picture, TakenFile } from '../../src/contracts/index.ts';
import type { HeldFile } from '../../src/domain/index.ts';
import { fakeHouse } from '../harness/fake-house.ts';
import { type Asked, shellRig, type ShellRig } from '../harness/shell-rig.ts';
import { bounded, until } from '../harness/waiting.ts';

const held = '00000000-0000-4000-8000-000000000000' as HeldFile;
const kind = { 'content-type': 'application/octet-stream' };
/** Takes this much. */
const bound = 1_000_000;
let taken: (number | KithError)[];
let shown: string[];
let rig: ShellRig;
let cookie: string;

const house = (): House => ({
  ...fakeHouse(),
  async takeFile(bytes): Promise<TakenFile> {
    let size = 0;
    try {
      for await (const piece of bytes) {
        size += piece.length;
        if (size > bound) throw new KithError('invalid-argument', 'The file is too large');
      }
    } catch (error) {
      taken.push(error instanceof KithError ? error : new KithError('internal', String(error)));
      throw error;
    }
    taken.push(size);
    return { held, size };
  },
  async shownFile(message): Promise<Picture | undefined> {
    shown.push(message);
    return message === ('a/b picture' as never) ? { type: 'image/png', bytes: Buffer.from('png') } : undefined;
  },
});

beforeEach(async () => {
  taken = [];
  shown = [];
  rig = await shellRig(house());
  cookie = await rig.enter();
});
afterEach(() => rig[Symbol.asyncDispose]());

const bring = (headers: Record<string, string>, more: Partial<Asked> = {}) =>
  rig.ask('/file', { method: 'POST', headers, body: 'content', ...more });
const ours = () => ({ cookie, origin: rig.origin, ...kind });

describe('a file that a window brings', () => {
  it('is taken and named', async () => {
    const { status, body, headers } = await bring(ours());
    expect([status, JSON.parse(body)]).toEqual([200, { held, size: 7 }]);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each<[string, () => Record<string, string>]>([
    ['without a pass', () => ({ origin: rig.origin, ...kind })],
    ['with a guessed pass', () => ({ ...ours(), cookie: `kith-${rig.port}=${'A'.repeat(43)}` })],
    ['by a page of another site', () => ({ ...ours(), origin: 'https://evil.example' })],
    ['by a sandboxed frame or a file', () => ({ ...ours(), origin: 'null' })],
    ['by a page of another port', () => ({ ...ours(), origin: 'http://127.0.0.1:1' })],
    ['without an origin', () => ({ cookie, ...kind })],
    ['under another name of this computer', () => ({ ...ours(), host: `localhost:${rig.port}` })],
    ['as a form, which any site can send', () => ({ ...ours(), 'content-type': 'text/plain' })],
    ['as several parts', () => ({ ...ours(), 'content-type': 'multipart/form-data; boundary=x' })],
  ])('%s is not read', async (_what, headers) => {
    const { status } = await bring(headers());
    expect([403, 415, 421]).toContain(status);
    expect(taken).toEqual([]);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('comes by POST alone, not by %s', async (method) => {
    expect((await bring(ours(), { method })).status).toBe(405);
    expect((await rig.ask('/file', { headers: { cookie } })).status).toBe(404);
    expect((await rig.ask('/file/../file', { method: 'POST', headers: ours() })).status).toBe(405);
    expect(taken).toEqual([]);
  });

  it('that never ends is cut off at the bound', async () => {
    const status = await bounded(
      'the answer',
      new Promise<number | undefined>((resolve) => {
        const sent = request({
          port: rig.port,
          host: '127.0.0.1',
          path: '/file',
          method: 'POST',
          headers: { host: rig.host, ...ours() },
        });
        const more = (): void => {
          while (!sent.destroyed && sent.write(Buffer.alloc(65_536)));
        };
        sent.on('drain', more);
        sent.on('response', (answer) => {
          sent.destroy();
          resolve(answer.statusCode);
        });
        sent.on('error', () => resolve(undefined));
        more();
      }),
    );
    // The answer, or the end of the line where that was faster.
    expect([413, undefined]).toContain(status);
    expect(taken).toMatchObject([{ code: 'invalid-argument' }]);
  });

  it('that breaks off is let go', async () => {
    const socket = connect(rig.port, '127.0.0.1');
    socket.on('error', () => {});
    const lines = Object.entries({ host: rig.host, ...ours(), 'content-length': '500' });
    socket.write(
      `POST /file HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\nhalf`,
    );
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    socket.end();
    await until('it to be let go', async () => taken.length > 0 || undefined);
    expect(taken).toMatchObject([{ code: 'internal' }]);
  });

  it('is one of four at most that come at once', async () => {
    const open = Array.from({ length: 4 }, () => {
      const sent = request({
        port: rig.port,
        host: '127.0.0.1',
        path: '/file',
        method: 'POST',
        headers: { host: rig.host, ...ours() },
      });
      sent.on('error', () => {});
      sent.write('half');
      return sent;
    });
    await until('a fifth to be refused', async () => ((await bring(ours())).status === 429 ? true : undefined));
    for (const sent of open) sent.destroy();
    await until('room for one', async () => ((await bring(ours())).status === 200 ? true : undefined));
  });
});

describe('a picture that a message is', () => {
  it('is given as a picture and nothing else', async () => {
    const { status, body, headers } = await rig.ask('/file/a%2Fb%20picture', { headers: { cookie } });
    expect([status, body]).toEqual([200, 'png']);
    expect(headers['content-type']).toBe('image/png');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('is nobody’s without a pass, and never a path', async () => {
    expect((await rig.ask('/file/a%2Fb%20picture')).status).toBe(403);
    for (const path of ['/file/', '/file/../secret.txt', '/file/a/b', '/file/%', `/file/${'a'.repeat(600)}`])
      expect((await rig.ask(path, { headers: { cookie } })).status, path).toBe(404);
    expect(shown).toEqual([]);
  });
});
