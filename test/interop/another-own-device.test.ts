/** The whole built Kith, and a phone of the same person on slixmpp, over a real Prosody. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HouseEvent } from '../../src/contracts/index.ts';
import { type KithRun, newProfile, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Slixmpp, startSlixmpp } from '../harness/slixmpp.ts';
import { until } from '../harness/waiting.ts';

describe('what a phone of ours has shown', () => {
  let server: Prosody;
  let kith: KithRun;
  let phone: Slixmpp;
  let bob: Slixmpp;
  let profile: string;

  /** The next word about the conversation with Bob in which this stands last, with so much unread. */
  const stands = (unread: number, last: string): Promise<HouseEvent> =>
    kith.events.next(`${unread} unread up to '${last}'`, (event) => {
      if (event.type !== 'conversations-changed') return false;
      return event.changed.some((one) => one.unread === unread && one.last?.body === last);
    });
  const phoneHears = (body: string) =>
    phone.events.next(body, (event) => event.type === 'message' && event.body === body);

  beforeAll(async () => {
    server = await startProsody();
    profile = await newProfile();
    kith = await startKith({ profile });
    await kith.signIn(server, 'alice');
    phone = await startSlixmpp(server, 'alice');
    bob = await startSlixmpp(server, 'bob');
  });
  afterAll(async () => {
    await bob?.end();
    await phone?.end();
    await kith?.stop();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  it('is read here too, up to there', async () => {
    const first = await bob.send('alice@localhost', 'first');
    await stands(1, 'first');
    await bob.send('alice@localhost', 'second');
    await stands(2, 'second');
    phone.displayed('bob@localhost', first);
    await stands(1, 'second');
  });

  it('is not what somebody else says we have read', async () => {
    const third = await bob.send('alice@localhost', 'third');
    await stands(2, 'third');
    // Bob cannot speak for Alice; what he says next shows that this was heard and not believed.
    bob.displayed('alice@localhost', third);
    const fourth = await bob.send('alice@localhost', 'fourth');
    await stands(3, 'fourth');
    phone.displayed('bob@localhost', fourth);
    await stands(0, 'fourth');
  });

  it('is found in the archive when Kith was not there', async () => {
    await kith.stop();
    const fifth = await bob.send('alice@localhost', 'fifth');
    await phoneHears('fifth');
    phone.displayed('bob@localhost', fifth);
    await bob.send('alice@localhost', 'sixth');
    await phoneHears('sixth');
    kith = await startKith({ profile });
    const caughtUp = await until('the sixth', async () => {
      const conversation = await kith.ask('conversation.open', { address: 'bob@localhost' });
      return conversation.last?.body === 'sixth' ? conversation : undefined;
    });
    expect(caughtUp.unread).toBe(1);
  });
});
