/** `kith send` with no Kith running, over a real Prosody: it connects for this one message and says truthfully what became of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountAdd, kith, startKith, type Said } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';

describe('a message sent with no Kith running', () => {
  let server: Prosody;
  let profile: string;
  beforeAll(async () => {
    server = await startProsody({ users: ['alice', 'bob'] });
  });
  afterAll(() => server?.stop());
  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'kith-alone-'));
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));

  const add = (name: string, password: string, secrets = 'plain'): Promise<Said> =>
    kith([...accountAdd(profile, server, name), '--secrets', secrets], { input: `${password}\n` });
  const send = (...words: string[]): Promise<Said> => kith(['send', ...words, '--profile', profile]);

  it('arrives', async () => {
    expect((await add('alice', server.password)).code).toBe(0);
    const bob = await startKith({ secrets: 'memory' });
    try {
      await bob.signIn(server, 'bob');
      expect(await send(server.address('bob'), 'On', 'my', 'way')).toMatchObject({ code: 0 });
      const heard = await bob.message('the message', ({ direction }) => direction === 'incoming');
      expect(heard).toMatchObject({ body: 'On my way', from: server.address('alice') });
    } finally {
      await bob.stop();
    }
  });

  it('with a wrong password says so at once and stays queued', async () => {
    await add('alice', 'not the password');
    const said = await send(server.address('bob'), 'Hello');
    expect(said.code).toBe(26);
    expect(said.errors).toContain('stays queued');
  });

  it('without a kept password and without a person says that one is needed', async () => {
    await add('alice', server.password, 'memory');
    expect((await send(server.address('bob'), 'Hello')).code).toBe(27);
  });

  it('to a server that is not who it says is not sent', async () => {
    const args = accountAdd(profile, server, 'alice').filter((word) => !word.startsWith('ca='));
    // Without the authority its certificate is from nobody.
    const untrusted = args.filter((word, at) => word !== '--set' || args[at + 1]?.includes('=') === true);
    await kith([...untrusted, '--secrets', 'plain'], { input: `${server.password}\n` });
    const said = await send(server.address('bob'), 'Hello');
    expect(said.code).toBe(25);
    expect(said.errors).toContain('certificate');
  });
});
