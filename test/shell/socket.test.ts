/** The socket in the profile, from both sides and with rude visitors. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KithError, silentLog, systemClock } from '../../src/base/index.ts';
import type { AccountId, Conversation, ConversationId } from '../../src/domain/index.ts';
import { findRunning, openDoor, type Door } from '../../src/shell/socket/index.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';
import { fakeHouse } from '../harness/fake-house.ts';
import { bounded, until } from '../harness/waiting.ts';

const caller = { log: silentLog, clock: systemClock };
let profile: string;
let doors: Door[];
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'kith-socket-'));
  doors = [];
});
afterEach(async () => {
  await Promise.all(doors.map((door) => door[Symbol.asyncDispose]()));
  rmSync(profile, { recursive: true, force: true });
});

const links: (string | undefined)[] = [];
async function open(house = fakeHouse(), at = profile): Promise<Door> {
  const openWindow = async (link?: string): Promise<string> => {
    links.push(link);
    if (link === 'broken:') throw new KithError('invalid-argument', 'That is no link');
    return 'Here it is.';
  };
  const door = await openDoor(at, { house, env: {}, log: silentLog, openWindow });
  doors.push(door);
  return door;
}

describe('the door', () => {
  it('is for the owner of the profile alone', async () => {
    const { path } = await open();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(path).toBe(join(profile, 'kith.sock'));
  });

  it('leaves nothing behind', async () => {
    const door = await open();
    await door[Symbol.asyncDispose]();
    expect(existsSync(door.path)).toBe(false);
    expect(await findRunning(profile, caller)).toBeUndefined();
  });

  it('takes the place of one whose Kith died', async () => {
    const path = join(profile, 'kith.sock');
    const dead = createServer().listen(path);
    await new Promise((resolve) => dead.once('listening', resolve));
    // A killed process leaves the file; closing would remove it, so it is put back.
    await new Promise((resolve) => dead.close(resolve));
    writeFileSync(path, '');
    expect(await findRunning(profile, caller)).toBeUndefined();
    await open();
    expect(await findRunning(profile, caller)).toBeDefined();
  });
});

describe('a visitor', () => {
  it('is answered like a window, and hears events after joining', async () => {
    const house = fakeHouse({
      'conversation.open': ({ address }) =>
        ({
          id: address as ConversationId,
          account: 'a' as AccountId,
          target: { kind: 'room' },
          unread: 0,
        }) as never as Conversation,
    });
    await open(house);
    const kith = (await findRunning(profile, caller))!;
    const heard = new Promise((resolve) => kith.onDidHear(resolve));
    expect((await kith.ask('house.join', {})).revision).toBe(0);
    expect((await kith.ask('conversation.open', { address: 'amy@x' })).id).toBe('amy@x');
    house.tell({ type: 'accounts-changed', changed: [], removed: [] });
    expect(await bounded('an event', heard)).toMatchObject({ revision: 1 });
    kith[Symbol.dispose]();
  });

  it('asks for a window, with a link or without, and hears why not', async () => {
    await open();
    const kith = (await findRunning(profile, caller))!;
    expect(await kith.openWindow()).toBe('Here it is.');
    expect(await kith.openWindow('xmpp:amy@x')).toBe('Here it is.');
    await expect(kith.openWindow('broken:')).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(links.slice(-3)).toEqual([undefined, 'xmpp:amy@x', 'broken:']);
    kith[Symbol.dispose]();
  });

  it('hears of the end instead of waiting for ever', async () => {
    const door = await open(fakeHouse({ 'history.search': () => new Promise(() => {}) }));
    const kith = (await findRunning(profile, caller))!;
    const asked = kith.ask('history.search', { words: 'x', limit: 1 });
    asked.catch(() => {});
    await kith.ask('house.join', {});
    await door[Symbol.asyncDispose]();
    await expect(bounded('the answer', asked)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('who asks at too great a length is told so, and may go on', async () => {
    await open();
    const kith = (await findRunning(profile, caller))!;
    const long = kith.ask('link.open', { uri: 'x'.repeat(3 * 1024 * 1024) });
    await expect(bounded('the answer', long)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: 'This is too long for Kith',
    });
    expect(await bounded('the next answer', kith.ask('house.join', {}))).toBeDefined();
    kith[Symbol.dispose]();
  });

  it('who finds no room is not told that Kith ended', async () => {
    const { path } = await open();
    const crowd = await Promise.all(
      Array.from({ length: 64 }, async () => {
        const socket = connect(path);
        await new Promise((resolve) => socket.once('connect', resolve));
        return socket;
      }),
    );
    await expect(bounded('the answer', findRunning(profile, caller))).rejects.toMatchObject({
      code: 'cancelled',
      message: 'Kith did not answer',
    });
    for (const socket of crowd) socket.destroy();
  });

  it.each([
    ['says something that is no JSON', 'hello\n'],
    ['sends a line that never ends', 'x'.repeat(2 * 1024 * 1024)],
    ['says JSON that is no question', '{"want":"everything"}\n'],
    ['sends bytes that are no text', Buffer.from([0xff, 0xfe, 0x0a])],
  ])('who %s is shown out, and others are not disturbed', async (_what, words) => {
    const { path } = await open();
    const kith = (await findRunning(profile, caller))!;
    const rude: Socket = connect(path);
    rude.on('error', () => {});
    const out = new Promise((resolve) => rude.once('close', resolve));
    rude.write(words);
    rude.resume();
    await bounded('the way out', out);
    expect(await kith.ask('house.join', {})).toBeDefined();
    kith[Symbol.dispose]();
  });

  it('may cut a line anywhere, even inside a letter', async () => {
    const house = fakeHouse();
    const { path } = await open(house);
    const socket = connect(path);
    const answered = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    const line = Buffer.from(
      `${JSON.stringify({ id: 1, verb: 'history.search', with: { words: 'Zoë 🌿', limit: 1 } })}\n`,
    );
    for (const byte of line) await new Promise<void>((resolve) => socket.write(Buffer.from([byte]), () => resolve()));
    await bounded('the answer', answered);
    expect(house.asked).toEqual([{ verb: 'history.search', input: { words: 'Zoë 🌿', limit: 1 } }]);
    socket.destroy();
  });
});

describe('a Kith that falls silent', () => {
  /** Listens as a stopped process does: the system takes what is sent, and nobody reads it. */
  const mute = async (signs: number): Promise<void> => {
    let left = signs;
    const server = createServer((socket) => {
      socket.on('data', () => {
        left -= 1;
        if (left >= 0) socket.write('{"life":true}\n');
      });
      silentOnes.push(socket);
    }).listen(join(profile, 'kith.sock'));
    await new Promise((resolve) => server.once('listening', resolve));
    ends.push(() => new Promise((resolve) => server.close(() => resolve())));
  };
  const silentOnes: Socket[] = [];
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const socket of silentOnes.splice(0)) socket.destroy();
    for (const end of ends.splice(0)) await end();
  });
  const silence = { code: 'profile-in-use', message: expect.stringMatching(/process 4711.*kill -CONT 4711/) };

  it('before its first word is named, with what to do about it', async () => {
    await mute(0);
    const clock = new VirtualClock();
    const found = findRunning(profile, { ...caller, clock, holder: async () => 4711 });
    const outcome = bounded('the outcome', found).catch((error: unknown) => error);
    await until('the wait', () => clock.next);
    await clock.advance(9_999);
    await clock.advance(1);
    expect(await outcome).toMatchObject(silence);
    expect(clock.pending).toBe(0);
  });

  it('later ends what was asked of it in the same way', async () => {
    await mute(1);
    const clock = new VirtualClock();
    const kith = (await findRunning(profile, { ...caller, clock, holder: async () => 4711 }))!;
    const outcomes = [kith.ask('house.join', {}), kith.openWindow()].map((asked: Promise<unknown>) =>
      expect(bounded('the outcome', asked)).rejects.toMatchObject(silence),
    );
    await clock.advance(10_000);
    await Promise.all(outcomes);
  });

  it('is none that only takes long over a question: its door gives a sign all the same', async () => {
    const { path } = await open(fakeHouse({ 'history.search': () => new Promise(() => {}) }));
    const socket = connect(path);
    const answered = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    socket.write('{"id":1,"verb":"history.search","with":{"words":"x","limit":1}}\n{"want":"life"}\n');
    expect(await bounded('the sign', answered)).toBe('{"life":true}\n');
    socket.destroy();
  });
});

describe('a profile too deep for a socket', () => {
  const deep = (): string => join(profile, 'd'.repeat(110));

  it('has it elsewhere, in a folder nobody else may enter', async () => {
    mkdirSync(deep(), { mode: 0o700 });
    const { path } = await open(fakeHouse(), deep());
    expect(Buffer.byteLength(path)).toBeLessThan(108);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    const kith = (await findRunning(deep(), caller))!;
    expect(await kith.ask('house.join', {})).toBeDefined();
    kith[Symbol.dispose]();
    await doors.pop()?.[Symbol.asyncDispose]();
    expect(existsSync(join(path, '..'))).toBe(false);
  });

  it('is not looked for where others could have put theirs', async () => {
    mkdirSync(deep(), { mode: 0o700 });
    const { path } = await open(fakeHouse(), deep());
    chmodSync(join(path, '..'), 0o755);
    expect(await findRunning(deep(), caller)).toBeUndefined();
  });
});
