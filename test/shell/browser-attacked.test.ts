/** The browser shell, attacked: every property it promises, by someone who wants to break it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { KithError } from '../../src/base/index.ts';
import type { House } from '../../src/contracts/index.ts';
import { fakeHouse } from '../harness/fake-house.ts';
import { bounded } from '../harness/waiting.ts';
import { form, shellRig, type ShellRig } from '../harness/shell-rig.ts';

let rig: ShellRig;
beforeEach(async () => {
  rig = await shellRig();
});
afterEach(() => rig[Symbol.asyncDispose]());

describe('the ticket', () => {
  it('lets one in and no second one', async () => {
    const { ticket } = await rig.entrance();
    expect((await rig.ask('/enter', form(ticket))).status).toBe(303);
    const again = await rig.ask('/enter', form(ticket));
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('is refused when it is guessed, empty or very long', async () => {
    await rig.entrance();
    for (const guess of ['', 'x', 'A'.repeat(43), 'A'.repeat(100_000)]) {
      const { status } = await rig.ask('/enter', form(guess)).catch(() => ({ status: 403 }));
      expect(status).toBe(403);
    }
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'file://' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  ])('brought by another site (%o) is refused and not used up', async (headers) => {
    const { ticket } = await rig.entrance();
    const sent = form(ticket);
    const foreign = await rig.ask('/enter', { ...sent, headers: { ...sent.headers, ...headers } });
    expect(foreign.status).toBe(403);
    expect(foreign.headers['set-cookie']).toBeUndefined();
    const own = { ...sent.headers, origin: 'null', 'sec-fetch-site': 'cross-site' };
    expect((await rig.ask('/enter', { ...sent, headers: own })).status).toBe(303);
  });

  it('is not taken from an address, where a history would keep it', async () => {
    const { ticket } = await rig.entrance();
    expect((await rig.ask(`/enter?ticket=${ticket}`)).status).toBe(405);
    expect((await rig.ask(`/enter?ticket=${ticket}`, { method: 'POST' })).status).toBe(403);
  });

  it('stands in a file only its owner can read, which is gone once it was used', async () => {
    const { path, ticket } = await rig.entrance();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(rig.places.runtime).mode & 0o777).toBe(0o700);
    await rig.ask('/enter', form(ticket));
    expect(readdirSync(rig.places.runtime)).toEqual([]);
  });

  it('is neither in the log nor in what the person is told nor on a command line', async () => {
    const sentence = await rig.shell.openWindow();
    const { ticket } = await rig.entrance();
    await rig.ask('/enter', form(ticket));
    expect(sentence).not.toContain(ticket);
    expect(JSON.stringify(rig.logged)).not.toContain(ticket);
    const commands = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        } catch {
          return '';
        }
      });
    expect(commands.some((command) => command.includes(ticket))).toBe(false);
  });

  it('that was never used is gone with the shell', async () => {
    await rig.entrance();
    await rig.shell[Symbol.asyncDispose]();
    expect(readdirSync(rig.places.runtime)).toEqual([]);
  });
});

describe('the pass', () => {
  it('is a cookie scripts cannot read and other sites cannot use, named with the port', async () => {
    const { ticket } = await rig.entrance();
    const { headers } = await rig.ask('/enter', form(ticket));
    expect(headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^kith-${rig.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    expect(headers.location).toBe('/arrive');
  });

  it('opens every page, and nothing opens without it', async () => {
    const cookie = await rig.enter();
    for (const path of ['/', '/index.html', '/assets/app.js']) {
      expect((await rig.ask(path, { headers: { cookie } })).status).toBe(200);
      expect((await rig.ask(path)).status).toBe(403);
      expect((await rig.ask(path, { headers: { cookie: `kith-${rig.port}=${'A'.repeat(43)}` } })).status).toBe(403);
    }
  });

  it('of another run is worth nothing', async () => {
    const other = await shellRig();
    const cookie = (await other.enter()).replace(String(other.port), String(rig.port));
    await other[Symbol.asyncDispose]();
    expect((await rig.ask('/', { headers: { cookie } })).status).toBe(403);
  });
});

describe('a request', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1', '[::1]', '0.0.0.0'])(
    'for the host ‘%s’ is misdirected',
    async (host) => {
      const cookie = await rig.enter();
      for (const path of ['/', '/enter', '/arrive']) {
        const answer = await rig.ask(path, { headers: { host, cookie } });
        expect([400, 421]).toContain(answer.status);
      }
    },
  );

  it('from a page of another site is refused even with a pass', async () => {
    const cookie = await rig.enter();
    expect((await rig.ask('/', { headers: { cookie, origin: 'https://evil.example' } })).status).toBe(403);
    expect((await rig.ask('/', { headers: { cookie, origin: `http://127.0.0.1:${rig.port}` } })).status).toBe(200);
  });

  it('for our name on another port is misdirected', async () => {
    const cookie = await rig.enter();
    expect((await rig.ask('/', { headers: { host: `127.0.0.1:${rig.port + 1}`, cookie } })).status).toBe(421);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '//etc/passwd',
    '/assets/app.js.map',
    '/assets',
    '/__proto__',
    '/assets/app.js%00.html',
  ])('for %s finds nothing', async (path) => {
    const cookie = await rig.enter();
    const answer = await rig.ask(path, { headers: { cookie } });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('not for the web');
  });

  it('that would change something is not allowed', async () => {
    const cookie = await rig.enter();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await rig.ask('/', { method, headers: { cookie } })).status).toBe(405);
  });

  it('is answered with the strictest policy, refused or not', async () => {
    const cookie = await rig.enter();
    const answers = [
      await rig.ask('/', { headers: { cookie } }),
      await rig.ask('/assets/app.js', { headers: { cookie } }),
      await rig.ask('/'),
      await rig.ask('/', { headers: { host: 'evil.example' } }),
      await rig.ask('/enter', form('wrong')),
      await rig.ask('/arrive'),
      await rig.ask('/favicon.ico'),
    ];
    for (const { headers } of answers) {
      const policy = headers['content-security-policy'] as string;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('the bridge', () => {
  it('opens for our page', async () => {
    const cookie = await rig.enter();
    expect(await rig.upgrade({ origin: rig.origin, cookie })).toBe(101);
  });

  it('stays shut for a foreign page, even with the pass', async () => {
    const cookie = await rig.enter();
    for (const origin of ['http://evil.example', 'null', `http://localhost:${rig.port}`, `https://${rig.host}`])
      expect(await rig.upgrade({ origin, cookie })).toBe(403);
    expect(await rig.upgrade({ cookie })).toBe(403);
  });

  it('stays shut without the pass, for another host and at another path', async () => {
    const cookie = await rig.enter();
    expect(await rig.upgrade({ origin: rig.origin })).toBe(403);
    expect(await rig.upgrade({ origin: rig.origin, cookie, host: 'evil.example' })).toBe(421);
    expect(await rig.upgrade({ origin: rig.origin, cookie }, '/other')).toBe(403);
  });

  it.each([
    ['a frame of two megabytes', 'x'.repeat(2 * 1024 * 1024), 1009],
    ['a frame that is no JSON', '{', 1007],
    ['a binary frame', Buffer.from([1, 2, 3]), 1003],
    ['JSON that is no question', '[1,2,3]', 1008],
  ])('hangs up on %s', async (_what, frame, code) => {
    const cookie = await rig.enter();
    const socket = new WebSocket(`ws://${rig.host}/bridge`, { origin: rig.origin, headers: { cookie } });
    const closed = new Promise<number>((resolve) => {
      socket.on('close', (why) => resolve(why));
      socket.on('error', () => {});
    });
    socket.on('open', () => socket.send(frame));
    expect(await bounded('the end of the socket', closed)).toBe(code);
  });

  it('waits for a house that is still being opened', async () => {
    let stand!: (house: House) => void;
    await rig[Symbol.asyncDispose]();
    rig = await shellRig(new Promise<House>((resolve) => (stand = resolve)));
    const cookie = await rig.enter();
    let answered: number | undefined;
    const answer = rig.upgrade({ origin: rig.origin, cookie }).then((status) => (answered = status));
    // Whoever asks later and is answered shows that the first is still waiting.
    expect((await rig.ask('/', { headers: { cookie } })).status).toBe(200);
    expect(answered).toBeUndefined();
    stand(fakeHouse());
    expect(await answer).toBe(101);
  });

  it('is closed where the house cannot be opened', async () => {
    const failing = Promise.reject<House>(new KithError('disk', 'The disk is full'));
    failing.catch(() => {});
    await rig[Symbol.asyncDispose]();
    rig = await shellRig(failing);
    const cookie = await rig.enter();
    expect(await rig.upgrade({ origin: rig.origin, cookie })).toBeUndefined();
  });
});
