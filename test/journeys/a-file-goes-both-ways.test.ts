/** Files between two of us over Prosody's own http_file_share: out and in, called off, too large, and over a server that goes away. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/index.ts';
import { type KithRun, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kith-journey-files-'));
  const bytes = randomBytes(1_500_000);
  let server: Prosody;
  let alice: KithRun;
  let bob: KithRun;

  beforeAll(async () => {
    server = await startProsody({ users: ['alice', 'bob'], takesFiles: 2_000_000 });
    [alice, bob] = await Promise.all([startKith(), startKith()]);
    await alice.signIn(server, 'alice');
    await bob.signIn(server, 'bob');
  });
  afterAll(async () => {
    await alice?.stop();
    await bob?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const local = (name: string, content: Buffer = bytes): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const isFile =
    (name: string) =>
    ({ file }: Message): boolean =>
      file?.name === name;
  const online = (who: KithRun) =>
    who.connection('being online', (event) => event.type === 'status-changed' && event.status === 'online');
  const offline = (who: KithRun) =>
    who.connection('being offline', (event) => event.type === 'status-changed' && event.status === 'offline');
  /** What is then in the folder of downloads. */
  const saved = async (who: KithRun, { id }: Message): Promise<Buffer> => {
    await who.ask('file.save', { message: id });
    const { file } = await who.message('it to be saved', (one) => one.id === id && one.file?.saved !== undefined);
    return readFileSync(file?.saved ?? '');
  };

  it.each([
    ['out', () => [alice, bob] as const],
    ['back', () => [bob, alice] as const],
  ])('goes %s, is not fetched by itself, and is saved as it was', async (way, who) => {
    const [from, to] = who();
    const name = `act two, ${way}.pdf`;
    const other = server.address(to === bob ? 'bob' : 'alice');
    expect(await from.say('send-file', other, local(name))).toMatchObject({ code: 0 });
    const heard = await to.message('the file', isFile(name));
    expect(heard.file).not.toHaveProperty('held');
    expect((await saved(to, heard)).equals(bytes)).toBe(true);
  });

  it('too large for the server is refused before anything is sent, with the size it takes', async () => {
    const before = await alice.history(server.address('bob'));
    const refused = await alice.say('send-file', server.address('bob'), local('long.mkv', Buffer.alloc(3_000_000)));
    expect(refused.code).toBe(2);
    expect(refused.errors).toContain('The server takes files up to 2 MB; this one has 3');
    expect(await alice.history(server.address('bob'))).toEqual(before);
    expect(await server.log()).not.toContain('long.mkv');
  });

  it('called off on its way is nowhere, and the command that sent it says so', async () => {
    server.freeze();
    const sending = alice.say('send-file', server.address('bob'), local('wrong.pdf'));
    const { id } = await alice.message('it to wait', isFile('wrong.pdf'));
    await alice.connection('it to be on its way', (event) => event.type === 'transfer-changed' && event.message === id);
    await alice.ask('message.discard', { message: id });
    server.thaw();
    expect(await sending).toMatchObject({ code: 7 });
    expect(await alice.say('send', server.address('bob'), 'After it')).toMatchObject({ code: 0 });
    await bob.message('what was said after it', ({ body }) => body === 'After it');
    for (const [who, other] of [
      [alice, 'bob'],
      [bob, 'alice'],
    ] as const)
      expect((await who.history(server.address(other))).filter(isFile('wrong.pdf'))).toEqual([]);
  });

  it('waits while the server is gone, and goes once when it is back', async () => {
    await server.kill();
    await Promise.all([offline(alice), offline(bob)]);
    const sending = alice.say('send-file', server.address('bob'), local('late.pdf'));
    await alice.message('it to wait', (one) => isFile('late.pdf')(one) && one.delivery?.state === 'queued');
    await server.restart();
    await Promise.all([online(alice), online(bob)]);
    await sending;
    const heard = await bob.message('the file', isFile('late.pdf'));
    expect((await saved(bob, heard)).equals(bytes)).toBe(true);
    expect((await bob.history(server.address('alice'))).filter(isFile('late.pdf'))).toHaveLength(1);
  });

  it('not had from a server that is gone can be had later', async () => {
    expect(await alice.say('send-file', server.address('bob'), local('cues.pdf'))).toMatchObject({ code: 0 });
    const heard = await bob.message('the file', isFile('cues.pdf'));
    await server.kill();
    await expect(bob.ask('file.save', { message: heard.id })).rejects.toMatchObject({
      code: expect.stringMatching(/^(network|not-online)$/),
    });
    await server.restart();
    await online(bob);
    expect((await saved(bob, heard)).equals(bytes)).toBe(true);
  });
});
