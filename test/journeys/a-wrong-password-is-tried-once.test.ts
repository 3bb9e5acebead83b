/** A password that is wrong gets a person locked out when it is tried again and again: it is said, and then it rests until there is another one. */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionEvent, ProtocolId } from '../../src/domain/index.ts';
import { newProfile, startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startTunnel, type Tunnel } from '../harness/tunnel.ts';

const online = (event: ConnectionEvent) => event.type === 'status-changed' && event.status === 'online';
const refused = (event: ConnectionEvent) =>
  event.type === 'status-changed' && event.reason?.code === 'authentication-failed';

describe.each([
  ['the first profile of SASL', false],
  ['the second, and tokens', true],
])('a wrong password for a server with %s', (_what, sasl2) => {
  let server: Prosody;
  let road: Tunnel;
  let profile: string;
  let kith: KithRun;

  beforeEach(async () => {
    server = await startProsody({ sasl2, users: ['alice'] });
    road = await startTunnel(server);
    profile = await newProfile();
    kith = await startKith({ profile });
  });
  afterEach(async () => {
    await kith?.stop();
    await road?.[Symbol.asyncDispose]();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  /** No attempt is planned, and none is made by a new start. */
  const rests = async () => {
    const before = road.count;
    const plan = await kith.ask('house.join', {});
    expect(plan.retries.filter(({ at }) => at !== undefined)).toEqual([]);
    await kith.stop();
    kith = await startKith({ profile });
    const [connection] = (await kith.ask('house.join', {})).connections;
    expect(connection).toMatchObject({ status: 'offline', reason: { code: 'authentication-failed' } });
    expect(road.count).toBe(before);
  };
  const parameters = () => ({ host: server.host, port: road.port, ca: server.ca });
  const add = (password: string) =>
    kith.ask('account.add', {
      protocol: 'xmpp' as ProtocolId,
      address: 'alice@localhost',
      password,
      parameters: parameters(),
    });

  it('is said, rests over a new start too, and gives way to the right one', async () => {
    const account = await add('wrong');
    const { event } = await kith.connection('the refusal', refused);
    expect(event).toMatchObject({
      reason: { text: expect.stringContaining('does not accept this address and password') },
    });
    expect(road.count).toBe(1);
    await rests();
    await kith.ask('account.set', { account, password: server.password });
    await kith.connection('it to be online', online);
    expect(road.count).toBe(2);
  });

  it('that was right until it was changed at the server is tried with no more than what was given for it', async () => {
    const account = await add(server.password);
    await kith.connection('it to be online', online);
    await kith.stop();
    await server.unregister('alice');
    await server.register('alice', 'another');
    kith = await startKith({ profile });
    await kith.connection('the refusal', refused);
    await rests();
    await kith.ask('account.set', { account, password: 'another' });
    await kith.connection('it to be online', online);
  });
});
