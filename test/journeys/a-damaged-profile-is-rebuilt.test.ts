/** The file Kith keeps everything in is damaged: it is set aside and said, nothing waiting is lost, and the server's archive brings the rest. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src/domain/index.ts';
import { type KithRun, newProfile, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Slixmpp, startSlixmpp } from '../harness/slixmpp.ts';
import { until } from '../harness/waiting.ts';

describe('a damaged profile', () => {
  let server: Prosody;
  let profile: string;
  let kith: KithRun;
  let account: AccountId;
  let bob: Slixmpp;

  beforeEach(async () => {
    server = await startProsody();
    profile = await newProfile();
    kith = await startKith({ profile });
    account = await kith.signIn(server, 'alice');
    bob = await startSlixmpp(server, 'bob');
  });
  afterEach(async () => {
    await bob?.end();
    await kith?.stop();
    await server?.stop();
    rmSync(profile, { recursive: true, force: true });
  });

  /** A page of the file, found by its words. */
  const spoilPageWith = (words: string): void => {
    const file = join(profile, 'kith.db');
    const bytes = readFileSync(file);
    const place = bytes.indexOf(words);
    expect(place).toBeGreaterThan(0);
    bytes.fill(0xaa, place - (place % 4_096), place - (place % 4_096) + 4_096);
    writeFileSync(file, bytes);
  };

  it('whose damage only shows while it is read is mended by the same start', async () => {
    await kith.stop();
    // What was remembered of the account.
    spoilPageWith('password/mechanism');
    kith = await startKith({ profile });
    expect(kith.run.errors).toContain('kith.db.damaged-1');
    await until('the account', async () => {
      const { connections } = await kith.ask('house.join', {});
      return connections.find((one) => one.account === account && one.status === 'online');
    });
  });

  it('is set aside, said, and filled again from the archive; what waited to be sent still goes', async () => {
    const said = Array.from({ length: 150 }, (_, index) => `message ${index}`);
    for (const body of said) await bob.send('alice@localhost', body);
    await kith.stored('the last', 'bob@localhost', ({ body }) => body === 'message 149');
    await kith.say('status', 'offline');
    const { target } = await kith.ask('conversation.open', { address: 'bob@localhost' });
    await kith.ask('message.send', { account, target, body: 'still waiting' });
    await kith.stop();

    // In the middle of the history.
    spoilPageWith('message 70');
    writeFileSync(join(profile, 'kith.db-suspect'), '');

    kith = await startKith({ profile });
    expect(kith.run.errors).toContain('kith.db.damaged-1');
    expect((await kith.join()).trouble?.message).toContain('damaged');
    expect((await kith.say('contacts')).errors).toContain('damaged');
    await kith.say('status', 'available');
    await bob.events.next('what waited', (event) => event.type === 'message' && event.body === 'still waiting');
    const whole = await until('all to be back', async () => {
      const bodies = (await kith.wholeHistory('bob@localhost')).map(({ body }) => body);
      return bodies.length > said.length ? bodies : undefined;
    });
    // The archive knows whole seconds: within one, what was fetched anew may stand above its neighbours.
    expect(whole.toSorted()).toEqual([...said, 'still waiting'].toSorted());
    expect(whole.at(-1)).toBe('still waiting');
  });
});
