import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, disposable } from '../base/index.ts';
import { NetworkWatch } from './network-watch.ts';
import { type CoreRig, coreRig } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';

let rig: CoreRig;
let addresses: string;
afterEach(() => rig.close());

/** Offline for so long that the next attempt is minutes away. */
async function longOffline(): Promise<FakeConnection> {
  addresses = 'home';
  rig = await coreRig({ networkAddresses: () => addresses, random: () => 0.9 });
  const { id, connection } = await rig.account();
  addresses = '';
  connection.goesOffline('network');
  await rig.settle();
  for (let failures = 0; failures < 10; failures += 1) {
    await rig.clock.advance(rig.house.snapshot().retries.find(({ account }) => account === id)!.at! - rig.clock.now());
    connection.goesOffline('network');
    await rig.settle();
  }
  return connection;
}
const attempts = (connection: FakeConnection) => connection.all('connect').length;

describe('an account that has been offline for long', () => {
  it('is tried again within two seconds of the network being there, and says so in its one line', async () => {
    const connection = await longOffline();
    const before = attempts(connection);
    await rig.clock.advance(60_000);
    expect(attempts(connection)).toBe(before);
    addresses = 'train';
    await rig.clock.advance(2_000);
    expect(attempts(connection)).toBe(before + 1);
    expect(rig.events('trouble')).toEqual([]);
  });

  it('is tried as often as after a first loss from then on', async () => {
    const connection = await longOffline();
    addresses = 'train';
    await rig.clock.advance(3_000);
    const before = attempts(connection);
    connection.goesOffline('network');
    await rig.clock.advance(2_000);
    expect(attempts(connection)).toBe(before + 1);
  });

  it('waits on where nothing has changed', async () => {
    const connection = await longOffline();
    addresses = 'home';
    await rig.clock.advance(3_000);
    const before = attempts(connection);
    connection.goesOffline('authentication-failed');
    addresses = 'train';
    await rig.clock.advance(60_000);
    expect(attempts(connection)).toBe(before);
  });
});

describe('an attempt under way when the network has become another', () => {
  /** Connecting for a while already, over a network that goes. */
  async function hanging(): Promise<FakeConnection> {
    addresses = 'home';
    rig = await coreRig({ networkAddresses: () => addresses });
    const { connection } = await rig.account();
    connection.connecting = async (_, signal) => {
      connection.says({ type: 'status-changed', status: 'connecting' });
      signal!.addEventListener('abort', () => connection.goesOffline('requested'));
    };
    connection.goesOffline('network');
    await rig.clock.advance(1_000);
    expect(attempts(connection)).toBe(2);
    return connection;
  }

  it('is begun anew within four seconds, as it hangs in a road that is gone', async () => {
    const connection = await hanging();
    await rig.clock.advance(10_000);
    expect(attempts(connection)).toBe(2);
    addresses = 'train';
    await rig.clock.advance(1_000);
    expect(attempts(connection)).toBe(2);
    await rig.clock.advance(2_000);
    expect(attempts(connection)).toBe(3);
    connection.comesOnline();
    await rig.clock.advance(60_000);
    expect(attempts(connection)).toBe(3);
  });

  it('is begun anew after a sleep as well', async () => {
    const connection = await hanging();
    rig.clock.suspend(3_600_000);
    await rig.clock.advance(3_000);
    expect(attempts(connection)).toBe(3);
  });

  it('is left alone when it comes through, or fails by itself', async () => {
    const connection = await hanging();
    addresses = 'train';
    await rig.clock.advance(1_500);
    connection.comesOnline();
    await rig.clock.advance(10_000);
    expect(attempts(connection)).toBe(2);
  });

  it('is left alone while the person is asked for the password it waits for', async () => {
    const connection = await hanging();
    const { signal } = new AbortController();
    const asked = rig.host().duties.ask(connection.opening.account, 'password', { why: 'refused' }, signal);
    await rig.settle();
    expect(rig.house.snapshot().questions).toHaveLength(1);
    addresses = 'train';
    await rig.clock.advance(10_000);
    expect(attempts(connection)).toBe(2);
    const { questions } = rig.house.snapshot();
    await rig.house.ask('question.answer', { question: questions[0]!.id, answer: 'right' });
    expect(await asked).toBe('right');
  });

  it('stays ended when nobody wants it any more', async () => {
    const connection = await hanging();
    addresses = 'train';
    await rig.clock.advance(1_000);
    await rig.house.ask('presence.set', { availability: 'offline', message: '' });
    await rig.clock.advance(60_000);
    expect(attempts(connection)).toBe(2);
  });
});

describe('an account that is online', () => {
  it('is tried out when the network has become another, and not while it stays', async () => {
    addresses = 'home';
    rig = await coreRig({ networkAddresses: () => addresses });
    const { connection } = await rig.account();
    connection.comesOnline();
    await rig.settle();
    await rig.clock.advance(10_000);
    expect(connection.all('lifeline')).toHaveLength(0);
    addresses = 'train';
    await rig.clock.advance(3_000);
    expect(connection.all('lifeline')).toHaveLength(1);
    expect(rig.events('trouble')).toEqual([]);
  });
});

describe('the watch over the network', () => {
  it('takes a look that comes far too late for a sleep, and a late one for a busy machine', () => {
    let now = 0;
    let look = (): void => {};
    let returns = 0;
    const clock: Clock = {
      now: () => now,
      after: (_, run) => {
        look = run;
        return disposable(() => {});
      },
    };
    const watch = new NetworkWatch({ clock, addresses: () => 'home', cameBack: () => (returns += 1) });
    now += 9_000;
    look();
    expect(returns).toBe(0);
    now += 3_600_000;
    look();
    expect(returns).toBe(1);
    watch[Symbol.dispose]();
  });
});
