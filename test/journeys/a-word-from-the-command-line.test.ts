/** `kith send` with no Kith running and no server there: what is said then is not lost. */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountAdd, kith, newProfile, startKith, type Said } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startSlixmpp } from '../harness/slixmpp.ts';

describe('a word from the command line', () => {
  let server: Prosody;
  let profile: string;
  let added: Said;

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

  it('that could not be sent stays, says so, and goes out with the next start', async () => {
    await server.kill();
    const tried = await kith(['send', 'bob@localhost', 'later', '--profile', profile]);
    expect(tried.code).not.toBe(0);
    expect(tried.errors).toMatch(/stays queued/);
    expect(added).toMatchObject({ code: 0 });
    await server.restart();
    const bob = await startSlixmpp(server, 'bob');
    const running = await startKith({ profile });
    await bob.events.next('what was said', (event) => event.type === 'message' && event.body === 'later');
    await bob.end();
    await running.stop();
  });
});
