/** `kith send-file`, with and without a running Kith, over a real Prosody that takes files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountAdd, kith, type KithRun, startKith, type Said } from '../harness/kith.ts';
import { Run } from '../harness/processes.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';

describe('a file sent from the command line', () => {
  let server: Prosody;
  let bob: KithRun;
  let folder: string;
  beforeAll(async () => {
    server = await startProsody({ users: ['alice', 'bob'], takesFiles: 2000 });
    bob = await startKith({ secrets: 'memory' });
    await bob.signIn(server, 'bob');
  });
  afterAll(async () => {
    await bob?.stop();
    await server?.stop();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kith-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  const profile = (): string => join(folder, 'profile');
  const laid = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const add = (password = server.password): Promise<Said> =>
    kith([...accountAdd(profile(), server, 'alice'), '--secrets', 'plain'], { input: `${password}\n` });
  const sendFile = (path: string, ...flags: string[]): Promise<Said> =>
    kith(['send-file', server.address('bob'), path, ...flags, '--profile', profile()]);

  it('arrives as one, and a program is told its name and size', async () => {
    await add();
    const said = await sendFile(laid('act two.pdf', 'the second act'), '--json');
    expect(said).toMatchObject({ code: 0, errors: '' });
    expect(JSON.parse(said.output)).toMatchObject({ name: 'act two.pdf', size: 14, state: 'sent' });
    const heard = await bob.message('the file', ({ file }) => file?.name === 'act two.pdf');
    expect(heard).toMatchObject({ direction: 'incoming', file: { url: heard.body } });
    expect(heard.body).toMatch(/^https:\/\/localhost:/);
    // Nothing of it stays where it was laid.
    const again = await sendFile(laid('a', 'x'));
    expect(again.output).toBe(`The server has a for ${server.address('bob')}.\n`);
  });

  it('goes by the Kith that runs', async () => {
    const alice = await startKith({ profile: profile(), secrets: 'plain' });
    try {
      await alice.signIn(server, 'alice');
      expect(await sendFile(laid('act three.pdf', 'the end'))).toMatchObject({ code: 0 });
      await bob.message('the file', ({ file }) => file?.name === 'act three.pdf');
    } finally {
      await alice.stop();
    }
  });

  it.each([
    ['is larger than the server takes', 'x'.repeat(3000), 'The server takes files up to 2 kB; this one has 3'],
    ['is empty', '', 'This file is empty'],
  ])('that %s is not sent, and it is said why', async (_what, content, words) => {
    await add();
    const said = await sendFile(laid('a', content));
    expect(said.code).not.toBe(0);
    expect(said.errors).toContain(words);
  });

  it('that is none is not sent', async () => {
    const pipe = join(folder, 'pipe');
    await new Run('mkfifo', [pipe]).ended;
    for (const [path, words] of [
      [join(folder, 'gone'), 'There is no file'],
      [join(folder, 'gone', 'deeper'), 'There is no file'],
      [folder, 'is no file that could be sent'],
      [pipe, 'is no file that could be sent'],
    ] as const) {
      const said = await sendFile(path);
      expect(said.code).not.toBe(0);
      expect(said.errors).toContain(words);
      expect(said.errors).toContain(path);
    }
  });

  it('that could not go stays queued, and goes with the next start', async () => {
    await add('not the password');
    const said = await sendFile(laid('late.pdf', 'late'));
    expect(said.code).toBe(26);
    expect(said.errors).toContain('stays queued');
    rmSync(join(folder, 'late.pdf'));
    const changed = await kith(
      ['account', 'set', server.address('alice'), '--ask-password', '--password-stdin', '--profile', profile()],
      { input: `${server.password}\n` },
    );
    expect(changed).toMatchObject({ code: 0, errors: '' });
    const alice = await startKith({ profile: profile() });
    try {
      await bob.message('the file', ({ file }) => file?.name === 'late.pdf');
    } finally {
      await alice.stop();
    }
  });

  it('to a server that takes none is not sent', async () => {
    const other = await startProsody({ users: ['alice', 'bob'] });
    try {
      await kith([...accountAdd(profile(), other, 'alice'), '--secrets', 'plain'], { input: `${other.password}\n` });
      const said = await sendFile(laid('a', 'x'));
      expect(said.code).not.toBe(0);
      expect(said.errors).toContain('takes no files');
    } finally {
      await other.stop();
    }
  });
});
