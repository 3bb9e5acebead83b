/** The whole built Kith, and somebody with Gajim, over a real Prosody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gajim, startGajim } from '../harness/gajim.ts';
import { startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { befriend, XmppPerson } from '../harness/xmpp-person.ts';

describe('Kith and Gajim', () => {
  let server: Prosody;
  let kith: KithRun;
  let bob: Gajim;

  beforeAll(async () => {
    server = await startProsody({ requireTls: false });
    {
      await using alice = new XmppPerson(server, 'alice');
      await using other = new XmppPerson(server, 'bob');
      await Promise.all([alice.arrive(), other.arrive()]);
      await befriend(alice, other);
    }
    kith = await startKith();
    await kith.signIn(server, 'alice');
    bob = await startGajim(server, 'bob');
  });
  afterAll(async () => {
    await bob?.end();
    await kith?.stop();
    await server?.stop();
  });

  it('see each other come and change', async () => {
    await bob.does('change_status', 'away', 'Out for a walk', 'bob');
    await kith.connection(
      'Bob to be away',
      (event) =>
        event.type === 'presences-changed' &&
        event.presences.some(
          ([id, { availability, message }]) =>
            id === 'bob@localhost' && availability === 'away' && message === 'Out for a walk',
        ),
    );
    await kith.say('status', 'busy', 'deep in thought');
    await bob.tells('ContactPresence', 'alice@localhost');
  });

  it('hear each other, and Kith learns that it arrived', async () => {
    await bob.does('send_chat_message', 'alice@localhost', 'Guten Tag, Alice ☕', 'bob');
    expect(await kith.message('what Bob typed', ({ direction }) => direction === 'incoming')).toMatchObject({
      body: 'Guten Tag, Alice ☕',
      from: 'bob@localhost',
    });
    expect(await kith.say('send', 'bob@localhost', 'Hello, Bob!')).toMatchObject({ code: 0 });
    await bob.tells('NewMessage', 'Hello, Bob!');
    await kith.message(
      'the receipt',
      ({ body, delivery }) => body === 'Hello, Bob!' && ['delivered', 'read'].includes(delivery?.state ?? ''),
    );
  });
});
