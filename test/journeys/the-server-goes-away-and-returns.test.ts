/** A network that fails is everyday: what is said meanwhile waits, nothing is claimed about anyone, and it mends by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src/domain/index.ts';
import { startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startSlixmpp } from '../harness/slixmpp.ts';

describe('a server that goes away and returns', () => {
  let server: Prosody;
  let kith: KithRun;
  let account: AccountId;

  beforeAll(async () => {
    server = await startProsody();
    kith = await startKith();
    account = await kith.signIn(server, 'alice');
    const bob = await startSlixmpp(server, 'bob');
    await kith.ask('contact.request', { account, address: 'bob@localhost' });
    await bob.events.next('the request', ({ type }) => type === 'subscription');
    bob.subscription('alice@localhost', 'subscribed');
    await kith.connection(
      'Bob to be there',
      (event) =>
        event.type === 'presences-changed' &&
        event.presences.some(([, { availability }]) => availability === 'available'),
    );
    await bob.end();
  });
  afterAll(async () => {
    await kith?.stop();
    await server?.stop();
  });

  it('leaves everyone unknown, with a reason and a plan', async () => {
    await server.kill();
    const { event } = await kith.connection(
      'the loss',
      (fact) => fact.type === 'status-changed' && fact.status === 'offline',
    );
    expect(event).toMatchObject({ reason: { code: 'network' } });
    await kith.events.next('the next attempt', (told) => told.type === 'retry-planned' && told.retry.at !== undefined);
    const snapshot = await kith.ask('house.join', {});
    const contacts = snapshot.connections[0]?.contacts ?? [];
    expect(contacts.map(({ presence }) => presence.availability)).toEqual(['unknown']);
  });

  it('keeps what is said meanwhile', async () => {
    const { target } = await kith.ask('conversation.open', { address: 'bob@localhost' });
    await kith.ask('message.send', { account, target, body: 'for when you are back' });
    const { output } = await kith.say('history', 'bob@localhost', '--json');
    expect(JSON.parse(output)).toMatchObject([{ body: 'for when you are back', delivery: { state: 'queued' } }]);
  });

  it('is found again without anybody’s help, and gets what waited, once', async () => {
    await server.restart();
    await kith.connection(
      'it to be online again',
      (event) => event.type === 'status-changed' && event.status === 'online',
    );
    await kith.message(
      'what waited to leave',
      ({ body, delivery }) => body === 'for when you are back' && delivery?.state === 'sent',
    );
    const bob = await startSlixmpp(server, 'bob');
    await bob.events.next('what waited', (event) => event.type === 'message' && event.body === 'for when you are back');
    await kith.say('send', 'bob@localhost', 'and', 'now');
    await bob.events.next('what is said now', (event) => event.type === 'message' && event.body === 'and now');
    expect(bob.events.told().split('for when you are back')).toHaveLength(2);
    await bob.end();
  });
});
