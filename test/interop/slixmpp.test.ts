/** The peer itself, so that a failure elsewhere is known to be elsewhere. */
import { describe, expect, it } from 'vitest';
import { startProsody } from '../harness/prosody.ts';
import { startSlixmpp } from '../harness/slixmpp.ts';

describe('two people on slixmpp', () => {
  it('hear each other through Prosody', async () => {
    const server = await startProsody();
    try {
      const alice = await startSlixmpp(server, 'alice');
      const bob = await startSlixmpp(server, 'bob');
      const id = await alice.send('bob@localhost', 'Grüße 👋', true);
      const heard = await bob.events.next('the message', ({ type }) => type === 'message');
      expect(heard).toEqual({
        type: 'message',
        sender: 'alice@localhost',
        body: 'Grüße 👋',
        id,
        wantsReceipt: true,
        address: '',
      });
      expect(await alice.events.next('the receipt', ({ type }) => type === 'receipt')).toMatchObject({ of: id });
      await alice.end();
      await bob.end();
    } finally {
      await server.stop();
    }
  });
});
