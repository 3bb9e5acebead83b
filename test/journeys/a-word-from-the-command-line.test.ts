/** `kith send` and its like with no Kith running: they open the profile for the one act and say honestly what became of it. */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountAdd, kith, newProfile, startKith, type Said } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startSlixmpp } from '../harness/slixmpp.ts';

describe('the command line without a running Kith', () => {
  let server: Prosody;
  let profile: string;
  let added: Said;
  const say = (...words: readonly string[]) => kith([...words, '--profile', profile, '--secrets', 'plain']);

  beforeEach(async () => {
    [server, profile] = await Promise.all([startProsody(), newProfile()]);
    added = await kith([...accountAdd(profile, server, 'alice'), '--secrets', 'plain'], {
      input: `${server.password}\n`,
    });
  });
  afterEach(async () => {
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  it('adds an account, sends, and shows what was said', async () => {
    expect(added).toMatchObject({ code: 0 });
    const bob = await startSlixmpp(server, 'bob');
    expect(await say('send', 'bob@localhost', 'from', 'a', 'script')).toMatchObject({ code: 0 });
    expect(await bob.events.next('the message', ({ type }) => type === 'message')).toMatchObject({
      body: 'from a script',
    });
    const piped = await kith(['send', 'bob@localhost', '-', '--profile', profile, '--secrets', 'plain'], {
      input: 'two\nlines\n',
    });
    expect(piped).toMatchObject({ code: 0 });
    await bob.events.next('both lines', (event) => event.type === 'message' && event.body === 'two\nlines');
    await bob.end();
    const listed = JSON.parse((await kith(['account', 'list', '--json', '--profile', profile])).output) as unknown;
    expect(listed).toMatchObject([{ address: 'alice@localhost' }]);
    const { output } = await kith(['history', 'bob@localhost', '--json', '--profile', profile]);
    expect(JSON.parse(output)).toMatchObject([{ body: 'from a script' }, { body: 'two\nlines' }]);
  });

  it('keeps what could not be sent, says so, and the next start sends it', async () => {
    await server.kill();
    const tried = await say('send', 'bob@localhost', 'later');
    expect(tried.code).not.toBe(0);
    expect(tried.errors).toMatch(/stays queued/);
    await server.restart();
    const running = await startKith({ profile });
    await running.stored(
      'it to be sent',
      'bob@localhost',
      ({ body, delivery }) => body === 'later' && delivery?.state === 'sent',
    );
    await running.stop();
  });

  it('says with its exit code what went wrong', async () => {
    expect((await say('send', 'not an address', 'x')).code).toBe(2);
    expect((await say('send', 'bob@localhost')).code).toBe(2);
    expect((await say('account', 'remove', 'nobody@localhost')).code).toBe(3);
    expect((await kith(['quit', '--profile', profile])).code).toBe(3);
    expect((await kith(['--version'])).output).toMatch(/^kith \d/);
  });
});
