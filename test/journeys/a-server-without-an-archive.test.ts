/** A server that keeps nothing: what is said arrives and is kept here, and that nothing else can be had is said. */
import { expect, it } from 'vitest';
import { startKith } from '../harness/kith.ts';
import { startProsody } from '../harness/prosody.ts';
import { startSlixmpp } from '../harness/slixmpp.ts';

it('a server without an archive is no trouble, and is said where the history ends', async () => {
  const server = await startProsody({ mam: false });
  const kith = await startKith();
  try {
    const account = await kith.signIn(server, 'alice');
    const bob = await startSlixmpp(server, 'bob');
    await bob.send('alice@localhost', 'only said once');
    await kith.stored('the message', 'bob@localhost', ({ body }) => body === 'only said once');
    await bob.end();
    const { output, errors } = await kith.say('history', 'bob@localhost');
    expect(output).toContain('only said once');
    expect(errors).toContain('keeps no archive');
    const { connections } = await kith.join();
    expect(connections.find((connection) => connection.account === account)).toMatchObject({ status: 'online' });
  } finally {
    await kith.stop();
    await server.stop();
  }
});
