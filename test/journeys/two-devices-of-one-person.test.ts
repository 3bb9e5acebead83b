/** Alice at two computers, and Bob, on a real server. Bob may not see when Alice is there, so nothing that she reads is told to him. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/domain/index.ts';
import { type KithRun, newProfile, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { until } from '../harness/waiting.ts';

describe('two Kiths of one account', () => {
  let server: Prosody;
  let profile: string;
  let desk: KithRun;
  let laptop: KithRun;
  let bob: KithRun;
  const withBob = (kith: KithRun): Promise<Conversation> => kith.ask('conversation.open', { address: 'bob@localhost' });
  const stands = (kith: KithRun, unread: number, last: string): Promise<Conversation> =>
    until(`${unread} unread up to '${last}'`, async () => {
      const conversation = await withBob(kith);
      return conversation.unread === unread && conversation.last?.body === last ? conversation : undefined;
    });
  const reads = async (kith: KithRun): Promise<void> => {
    const { id, last } = await withBob(kith);
    await kith.ask('conversation.acknowledge', { conversation: id, upTo: last!.id });
  };

  beforeAll(async () => {
    [server, profile] = await Promise.all([startProsody(), newProfile()]);
    await server.register('alice');
    await server.register('bob');
    [desk, laptop, bob] = await Promise.all([startKith(), startKith({ profile }), startKith()]);
    await desk.signIn(server, 'alice');
    await laptop.signIn(server, 'alice');
    await bob.signIn(server, 'bob');
  });
  afterAll(async () => {
    await bob?.stop();
    await laptop?.stop();
    await desk?.stop();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  it('have read what was read at one of them', async () => {
    for (const body of ['first', 'second'])
      expect(await bob.say('send', 'alice@localhost', body)).toMatchObject({ code: 0 });
    await Promise.all([stands(desk, 2, 'second'), stands(laptop, 2, 'second')]);
    await reads(desk);
    await stands(laptop, 0, 'second');
    const said = await bob.history('alice@localhost');
    expect(said.map(({ delivery }) => delivery?.state)).not.toContain('read');
  });

  it('have read it also when one was not there at the time, and what came after is still unread', async () => {
    await laptop.stop();
    expect(await bob.say('send', 'alice@localhost', 'third')).toMatchObject({ code: 0 });
    await stands(desk, 1, 'third');
    await reads(desk);
    expect(await bob.say('send', 'alice@localhost', 'fourth')).toMatchObject({ code: 0 });
    await stands(desk, 1, 'fourth');
    laptop = await startKith({ profile });
    await stands(laptop, 1, 'fourth');
    await reads(laptop);
    await stands(desk, 0, 'fourth');
  });

  it('show what was corrected as corrected, and as read as it was', async () => {
    expect(await bob.say('correct', 'alice@localhost', 'the', 'fourth')).toMatchObject({ code: 0 });
    for (const kith of [desk, laptop]) {
      const { last } = await stands(kith, 0, 'the fourth');
      expect(last?.edit?.before.map(({ body }) => body)).toEqual(['fourth']);
    }
  });
});
