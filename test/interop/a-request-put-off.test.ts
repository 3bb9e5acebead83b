/** The whole built Kith, somebody who asks by slixmpp, and a real Prosody that asks again whenever Kith comes back. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, ContactId } from '../../src/domain/index.ts';
import { type KithRun, newProfile, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Slixmpp, startSlixmpp } from '../harness/slixmpp.ts';

describe('a request put off', () => {
  const bobIs = 'bob@localhost' as ContactId;
  let server: Prosody;
  let kith: KithRun;
  let bob: Slixmpp;
  let alice: AccountId;
  let profile: string;
  const asks = (): Promise<unknown> =>
    kith.connection(
      'Bob to ask',
      (event) => event.type === 'contacts-changed' && event.changed.some(({ theySeeUs }) => theySeeUs === 'asked'),
    );

  beforeAll(async () => {
    server = await startProsody();
    profile = await newProfile();
    kith = await startKith({ profile });
    alice = await kith.signIn(server, 'alice');
    bob = await startSlixmpp(server, 'bob');
  });
  afterAll(async () => {
    await bob?.end();
    await kith?.stop();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  it('is still put off, and still there, when Kith comes back and is asked again', async () => {
    bob.subscription('alice@localhost', 'subscribe');
    await asks();
    await kith.ask('contact.setAside', { account: alice, contact: bobIs, aside: true });
    await kith.stop();
    kith = await startKith({ profile });
    // Whatever the server does not ask again is taken for withdrawn; a message shows that this moment is past.
    await bob.send('alice@localhost', 'Are you there?');
    await kith.message('the message', ({ body }) => body === 'Are you there?');
    const { setAside, connections } = await kith.join();
    expect(setAside).toEqual([{ account: alice, contact: bobIs }]);
    expect(connections[0]?.contacts).toMatchObject([{ id: bobIs, theySeeUs: 'asked' }]);
  });

  it('is asked of the person again when it was withdrawn and made anew', async () => {
    bob.subscription('alice@localhost', 'unsubscribe');
    await kith.events.next('the end', (event) => event.type === 'set-aside-changed' && event.setAside.length === 0);
    bob.subscription('alice@localhost', 'subscribe');
    await asks();
    expect((await kith.join()).setAside).toEqual([]);
  });
});
