/** The whole built Kith, and somebody at a terminal with profanity, over a real Prosody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKith, type KithRun } from '../harness/kith.ts';
import { startProfanity, type Profanity } from '../harness/profanity.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import type { AccountId, ContactId } from '../../src/domain/index.ts';

describe('Kith and profanity', () => {
  let server: Prosody;
  let kith: KithRun;
  let bob: Profanity;
  let alice: AccountId;

  beforeAll(async () => {
    server = await startProsody();
    kith = await startKith();
    alice = await kith.signIn(server, 'alice');
    bob = await startProfanity(server, 'bob');
  });
  afterAll(async () => {
    await bob?.end();
    await kith?.stop();
    await server?.stop();
  });

  it('see each other once each has said yes', async () => {
    await bob.type('/sub request alice@localhost');
    await kith.connection(
      'Bob to ask',
      (event) => event.type === 'contacts-changed' && event.changed.some(({ theySeeUs }) => theySeeUs === 'asked'),
    );
    const contact = 'bob@localhost' as ContactId;
    await kith.ask('contact.authorise', { account: alice, contact });
    await kith.ask('contact.request', { account: alice, address: contact });
    await bob.type('/msg alice@localhost');
    await bob.shows(/alice@localhost Authorization request/);
    await bob.type('/sub allow');
    await kith.connection(
      'Bob to be available',
      (event) =>
        event.type === 'presences-changed' &&
        event.presences.some(([id, presence]) => id === contact && presence.availability === 'available'),
    );

    await kith.say('status', 'away', 'out', 'for', 'a', 'walk');
    await bob.shows(/alice@localhost \[away\]/);
    await bob.type('/win 1');
    await bob.type('/status get alice@localhost');
    await bob.shows(/alice@localhost.*away.*"out for a walk"/s);
    await bob.type('/status set dnd "deep in thought"');
    await kith.connection(
      'Bob to be busy',
      (event) =>
        event.type === 'presences-changed' &&
        event.presences.some(
          ([id, { availability, message }]) =>
            id === contact && availability === 'busy' && message === 'deep in thought',
        ),
    );
  });

  it('hear each other, and Kith learns that it arrived', async () => {
    await bob.type('/msg alice@localhost Guten Tag, Alice');
    expect(await kith.message('what Bob typed', ({ direction }) => direction === 'incoming')).toMatchObject({
      body: 'Guten Tag, Alice',
      from: 'bob@localhost',
    });

    expect(await kith.say('send', 'bob@localhost', 'Grüß dich!')).toMatchObject({ code: 0 });
    await bob.shows(/: Grüß dich!/);
    await kith.message('the receipt', ({ body, delivery }) => body === 'Grüß dich!' && delivery?.state === 'delivered');
  });

  it('see each other write', async () => {
    await bob.type('/msg alice@localhost');
    const { id } = await kith.ask('conversation.open', { address: 'bob@localhost' });
    await kith.ask('conversation.setChatState', { conversation: id, state: 'composing' });
    await bob.shows(/typing/i);
  });
});
