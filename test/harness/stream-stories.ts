/** What a stream has to live through with every real server there is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noLeaks } from './no-leaks.ts';
import { meet, message, type Place } from './stream-meeting.ts';
import { TestLoginMemory } from './test-login-memory.ts';
import { startTunnel } from './tunnel.ts';
import { bounded, until } from './waiting.ts';

const never = new AbortController().signal;

export interface RealServer extends Place, AsyncDisposable {
  readonly directTlsPort: number;
}

/** A suite about a server that has alice and bob. */
export function signingIn(mechanism: string, at: string, begin: () => Promise<RealServer>): void {
  describe(`${mechanism}, on ${at}`, () => {
    noLeaks();
    let server: RealServer;
    beforeAll(async () => {
      server = await begin();
    });
    afterAll(() => server?.[Symbol.asyncDispose]());

    it('lets two in, by STARTTLS and by direct TLS, and carries what they say', async () => {
      const [alices, bobsMemory] = [new TestLoginMemory(), new TestLoginMemory()];
      const alice = meet(server, 'alice', { resource: 'kith', memory: alices });
      const bob = meet(server, 'bob', { port: server.directTlsPort, directTls: true, memory: bobsMemory });
      const { address, resumed } = await alice.stream.open(never);
      expect({ address, resumed }).toEqual({ address: `${server.address('alice')}/kith`, resumed: false });
      const { address: bobs } = await bob.stream.open(never);
      expect([alices.mechanism, bobsMemory.mechanism]).toEqual([mechanism, mechanism]);
      const body = `<naïve> & 日本語 😀 ${'ä'.repeat(20_000)}`;
      await alice.say(bobs, body);
      await bob.hears(body);
      await bob.say(address, 'yes');
      await alice.hears('yes');
      await Promise.all([alice.stream.close(), bob.stream.close()]);
      expect(await alice.ended).toEqual({ code: 'requested', text: '' });
    });

    it('does not let in who has the wrong password', async () => {
      const { stream, asked } = meet(server, 'alice', { password: async () => 'wrong' });
      await expect(stream.open(never)).rejects.toMatchObject({ code: 'authentication-failed' });
      expect(asked.passwords).toBe(1);
    });

    it('is told no password when nobody vouches for its certificate', async () => {
      const { stream, asked } = meet(server, 'alice', { ca: '' });
      await expect(stream.open(never)).rejects.toMatchObject({ code: 'certificate' });
      expect(asked.passwords).toBe(0);
    });

    it('throws out the first of two with the same name', async () => {
      const first = meet(server, 'alice', { resource: 'same' });
      const second = meet(server, 'alice', { resource: 'same' });
      await first.stream.open(never);
      await second.stream.open(never);
      expect(await bounded('the end of the first', first.ended)).toMatchObject({ code: 'replaced' });
      await second.stream.close();
    });
  });
}

/** Alice's road falls in with messages on it both ways: her session is continued, and each of them arrives once. Resolves with how often she was asked for her password the second time. */
export async function roadFallsIn(server: Place): Promise<number> {
  await using road = await startTunnel(server);
  const over = { port: road.port, memory: new TestLoginMemory() };
  const before = meet(server, 'alice', over);
  const bob = meet(server, 'bob');
  const { address } = await before.stream.open(never);
  const { address: bobs } = await bob.stream.open(never);
  await bob.say(address, 'before');
  before.stream.handled((await before.hears('before')).number);
  await before.say(bobs, 'before');

  road.collapse();
  const arrived: string[] = [];
  for (const body of ['out 1', 'out 2']) before.stream.send(message(bobs, body), () => arrived.push(body));
  await bob.say(address, 'in 1');
  await bob.say(address, 'in 2');
  await until('both to be under way', () => (road.lost.there > 0 && road.lost.back > 0 ? true : undefined));
  road.cut();
  const { code, resumption } = await before.ended;
  expect(code).toBe('network');
  expect(resumption?.unacknowledged).toHaveLength(2);

  const after = meet(server, 'alice', over);
  expect(await after.stream.open(never, resumption)).toMatchObject({ resumed: true, address, lost: [] });
  expect((await after.hears('in 1')).number).toBe(2);
  expect((await after.hears('in 2')).number).toBe(3);
  await after.say(bobs, 'after');
  await bob.hears('after');
  expect(arrived).toEqual(['out 1', 'out 2']);
  expect(bob.heard.map(({ body }) => body)).toEqual(['before', 'out 1', 'out 2', 'after']);
  expect([...before.heard, ...after.heard].map(({ body }) => body)).toEqual(['before', 'in 1', 'in 2']);
  await Promise.all([after.stream.close(), bob.stream.close()]);
  return after.asked.passwords;
}

/** Continuing a session the server has forgotten: bound anew, and what was in flight is reported. */
export async function forgottenSession(server: Place): Promise<void> {
  const { stream } = meet(server, 'alice');
  const element = message(server.address('bob'), 'in flight');
  const unknown = { id: 'unknown', handled: 3, acknowledged: 4, unacknowledged: [{ element }] };
  expect(await stream.open(never, unknown)).toMatchObject({ resumed: false, lost: [{ element }] });
  await stream.close();
}
