/** XEP-0410 at a real Prosody: its rooms forget us, without a word, while our line is down. */
import { expect, it } from 'vitest';
import type { RoomId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { startProsody } from '../harness/prosody.ts';
import { startSlixmpp } from '../harness/slixmpp.ts';
import { XmppPerson } from '../harness/xmpp-person.ts';

noLeaks();

it('a room that forgot us while the line was down is asked when it is back, and is told as left with the reason', async () => {
  await using server = await startProsody({ users: ['amy', 'bob'], resumption: 60, modules: ['kith_rooms_forget'] });
  await using amy = new XmppPerson(server, 'amy');
  const bob = await startSlixmpp(server, 'bob');
  try {
    const room = server.room('play') as RoomId;
    await amy.arrive();
    await bob.join(room, 'Bob');
    await amy.facet('rooms').join(room, { nick: 'Amy' });
    await amy.cut();
    await amy.arrive();
    await amy.seat.heard.until('rooms-changed', ({ changed }) =>
      changed.some(({ id, reason }) => id === room && reason?.text === 'The room no longer knew you'),
    );
    expect(amy.seat.living.rooms.get(room)).toMatchObject({ status: 'left', wanted: true });

    await amy.facet('rooms').join(room, { nick: 'Amy' });
    await bob.say(room, 'There you are');
    await amy.seat.heard.until('messages-received', ({ messages }) =>
      messages.some(({ body }) => body === 'There you are'),
    );
  } finally {
    await bob.end();
  }
});
