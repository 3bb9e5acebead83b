/** A new account at a real Prosody, by the command line of the built Kith. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Said, kith, newProfile } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';

describe('an account that is to be made', () => {
  let server: Prosody;
  let profile: string;
  beforeAll(async () => {
    [server, profile] = await Promise.all([startProsody({ users: ['alice'] }), newProfile()]);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  const register = async (name: string, at: Prosody = server): Promise<Said> => {
    const ca = join(profile, 'ca.pem');
    await writeFile(ca, at.ca);
    const settings = [`host=${at.host}`, `port=${at.port}`, `ca=${ca}`].flatMap((each) => ['--set', each]);
    const words = ['account', 'register', at.address(name), '--password-stdin', '--secrets', 'plain', ...settings];
    return kith([...words, '--profile', profile], { input: 'a new secret\n' });
  };
  const accounts = async (): Promise<string> =>
    (await kith(['account', 'list', '--json', '--profile', profile])).output;

  it('is there, signed in to, and stays', async () => {
    expect(await register('juliet')).toMatchObject({ code: 0, output: 'juliet@localhost is made.\n' });
    expect(JSON.parse(await accounts())).toMatchObject([{ address: 'juliet@localhost' }]);
    const sent = await kith(['send', 'alice@localhost', 'hello', '--secrets', 'plain', '--profile', profile]);
    expect(sent).toMatchObject({ code: 0 });
  });

  it('under a name that is taken is refused with a sentence, and nothing of it stays here', async () => {
    const refused = await register('alice');
    expect(refused.code).not.toBe(0);
    expect(refused.errors).toContain('alice@localhost is taken');
    expect(await accounts()).not.toContain('alice');
  });

  it('at a server that makes none is refused with a sentence', async () => {
    const closed = await startProsody({ users: [], makesAccounts: false });
    try {
      const refused = await register('juliet2', closed);
      expect(refused.code).not.toBe(0);
      expect(refused.errors).toContain('makes no accounts');
      expect(await accounts()).not.toContain('juliet2');
    } finally {
      await closed.stop();
    }
  });
});
