/** kill -9 is the honest test of what was stored: nothing that was stored is lost, and nothing is silently said twice. */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src/domain/index.ts';
import { newProfile, startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startSlixmpp, type Slixmpp } from '../harness/slixmpp.ts';

describe('a Kith that is killed and started again', () => {
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
    await rm(profile, { recursive: true, force: true });
  });

  const again = async () => {
    await kith.kill();
    kith = await startKith({ profile });
  };
  const bodies = async () => (await kith.history('bob@localhost')).map(({ body }) => body);

  it('has every message the server was told about, in order, once', async () => {
    const sent = Array.from({ length: 200 }, (_, index) => `message ${index}`);
    for (const body of sent) await bob.send('alice@localhost', body);
    await kith.message('the hundredth', ({ body }) => body === 'message 100');
    await again();
    await kith.stored('the last', 'bob@localhost', ({ body }) => body === 'message 199');
    expect(await bodies()).toEqual(sent);
  });

  it('signs in by itself with the presence that was asked for', async () => {
    await kith.say('status', 'away', 'back', 'soon');
    await kith.connection(
      'it to be away',
      (event) => event.type === 'self-changed' && event.presence.availability === 'away',
    );
    await again();
    await kith.connection(
      'it to be away again',
      (event) =>
        event.type === 'self-changed' &&
        event.presence.availability === 'away' &&
        event.presence.message === 'back soon',
    );
  });

  it('sends what was queued, once', async () => {
    await kith.say('status', 'offline');
    await kith.connection(
      'it to be offline',
      (event) => event.type === 'status-changed' && event.status === 'offline' && event.reason?.code === 'requested',
    );
    const { target } = await kith.ask('conversation.open', { address: 'bob@localhost' });
    await kith.ask('message.send', { account, target, body: 'kept' });
    await again();
    await kith.say('status', 'available');
    expect(await bob.events.next('what was kept', ({ type }) => type === 'message')).toMatchObject({ body: 'kept' });
    await again();
    await kith.connection('it to be online', (event) => event.type === 'status-changed' && event.status === 'online');
    await kith.say('send', 'bob@localhost', 'after');
    await bob.events.next('what came after', (event) => event.type === 'message' && event.body === 'after');
    expect(bob.events.told().split('"kept"')).toHaveLength(2);
  });

  it('does not send again what the server may have, and says that it does not know', async () => {
    const { target } = await kith.ask('conversation.open', { address: 'bob@localhost' });
    server.freeze();
    await kith.ask('message.send', { account, target, body: 'perhaps' });
    await kith.message(
      'it to be on its way',
      ({ body, delivery }) => body === 'perhaps' && delivery?.state === 'sending',
    );
    await kith.kill();
    await server.kill();
    await server.restart();
    kith = await startKith({ profile });
    await kith.connection('it to be online', (event) => event.type === 'status-changed' && event.status === 'online');
    await kith.stored(
      'the doubt',
      'bob@localhost',
      ({ body, delivery }) => body === 'perhaps' && delivery?.state === 'unconfirmed',
    );
    const other = await startSlixmpp(server, 'bob');
    await kith.say('send', 'bob@localhost', 'certainly');
    await other.events.next('what is certain', (event) => event.type === 'message' && event.body === 'certainly');
    other.events.silence('A repeat', (event) => event.type === 'message' && event.body === 'perhaps');
    await other.end();
  });
});
