/** The whole built Kith, and somebody on slixmpp, over a real Prosody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startSlixmpp, type Slixmpp } from '../harness/slixmpp.ts';
import type { AccountId, ContactId } from '../../src/domain/index.ts';

describe('Kith and slixmpp', () => {
  let server: Prosody;
  let kith: KithRun;
  let bob: Slixmpp;
  let alice: AccountId;

  beforeAll(async () => {
    server = await startProsody();
    kith = await startKith();
    alice = await kith.signIn(server, 'alice');
    bob = await startSlixmpp(server, 'bob');
  });
  afterAll(async () => {
    await bob?.end();
    await kith?.stop();
    await server?.stop();
  });

  it('see each other once each has said yes', async () => {
    await kith.ask('contact.request', { account: alice, address: 'bob@localhost', alias: 'Bob' });
    await bob.events.next('the request', (event) => event.type === 'subscription' && event.kind === 'subscribe');
    bob.subscription('alice@localhost', 'subscribed');
    bob.subscription('alice@localhost', 'subscribe');
    await kith.connection(
      'Bob to ask in turn',
      (event) => event.type === 'contacts-changed' && event.changed.some(({ theySeeUs }) => theySeeUs === 'asked'),
    );
    await kith.ask('contact.authorise', { account: alice, contact: 'bob@localhost' as ContactId });
    await bob.events.next('the yes', (event) => event.type === 'subscription' && event.kind === 'subscribed');
    bob.presence('away', 'at lunch');
    await kith.connection(
      'Bob to be at lunch',
      (event) =>
        event.type === 'presences-changed' &&
        event.presences.some(
          ([id, presence]) =>
            id === 'bob@localhost' && presence.availability === 'away' && presence.message === 'at lunch',
        ),
    );
    await kith.say('status', 'busy', 'writing');
    await bob.events.next(
      'Alice to be busy',
      (event) => event.type === 'presence' && event.show === 'dnd' && event.status === 'writing',
    );
  });

  it('hear each other, byte for byte, and acknowledge it', async () => {
    const body = 'Grüße 👋🏽 <b>&amp;</b>\nzweite Zeile';
    const id = await bob.send('alice@localhost', body, true);
    expect(await kith.message('what Bob said', ({ direction }) => direction === 'incoming')).toMatchObject({
      body,
      from: 'bob@localhost',
    });
    await bob.events.next('the receipt', (event) => event.type === 'receipt' && event.of === id);

    const sent = await kith.say('send', 'bob@localhost', 'and', 'back');
    expect(sent).toMatchObject({ code: 0 });
    expect(await bob.events.next('the answer', ({ type }) => type === 'message')).toMatchObject({
      body: 'and back',
      sender: 'alice@localhost',
      wantsReceipt: true,
    });
    await kith.message(
      'the receipt',
      ({ body: said, delivery }) => said === 'and back' && delivery?.state === 'delivered',
    );
    const history = JSON.parse((await kith.say('history', 'bob@localhost', '--json')).output) as readonly {
      body: string;
    }[];
    expect(history.map((message) => message.body)).toEqual([body, 'and back']);
  });

  it('see each other write', async () => {
    bob.chatState('alice@localhost', 'composing');
    await kith.connection(
      'Bob to write',
      (event) => event.type === 'chat-state-changed' && event.state === 'composing' && event.from === 'bob@localhost',
    );
    const { id } = await kith.ask('conversation.open', { address: 'bob@localhost' });
    await kith.ask('conversation.setChatState', { conversation: id, state: 'composing' });
    await bob.events.next('Alice to write', (event) => event.type === 'chat-state' && event.state === 'composing');
  });
});
