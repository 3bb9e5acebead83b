import { afterEach, describe, expect, it } from 'vitest';
import { type KithErrorCode, kithErrorCodes, KithError } from '../base/index.ts';
import { availablePresence, type AccountId } from '../domain/index.ts';
import { type CoreRig, coreRig, FakeSecrets } from '../../test/harness/core-rig.ts';
import type { FakeConnection, FakeHost } from '../../test/harness/fake-host.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';
import { retryPolicy } from './retry-policy.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const attempts = (connection: FakeConnection): number => connection.all('connect').length;
const statusOf = (id: AccountId) => rig.house.snapshot().connections.find(({ account }) => account === id)?.status;
const retryOf = (id: AccountId) => rig.house.snapshot().retries.find(({ account }) => account === id)?.at;

describe('a connection that was lost', () => {
  it('is tried again by itself, and everyone hears when', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('network');
    const at = rig.clock.now() + 500;
    expect(retryOf(id)).toBe(at);
    expect(rig.events('retry-planned').at(-1)?.retry).toEqual({ account: id, at });
    await rig.clock.advance(499);
    expect(attempts(connection)).toBe(1);
    await rig.clock.advance(1);
    expect(attempts(connection)).toBe(2);
    expect(statusOf(id)).toBe('online');
    expect(retryOf(id)).toBeUndefined();
    expect(rig.events('retry-planned').at(-1)?.retry).toEqual({ account: id });
  });

  it('is tried less and less often while it stays lost', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.connecting = async () => connection.goesOffline('network');
    connection.goesOffline('network');
    const waits: number[] = [];
    for (let failure = 0; failure < 11; failure += 1) {
      const at = retryOf(id);
      expect(at).toBeDefined();
      const wait = at! - rig.clock.now();
      waits.push(wait);
      await rig.clock.advance(wait);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 150_000, 150_000]);
  });

  it('to a server nobody can reach is tried at least every four seconds for five minutes, and then less and less often', async () => {
    rig = await coreRig({ random: () => 1 - Number.EPSILON });
    const { id, connection } = await rig.account();
    connection.connecting = async () => connection.goesOffline('unreachable');
    connection.goesOffline('network');
    const lost = rig.clock.now();
    const waits: (readonly [after: number, wait: number])[] = [];
    while (rig.clock.now() < lost + 20 * 60_000) {
      const wait = retryOf(id)! - rig.clock.now();
      waits.push([rig.clock.now() - lost, wait]);
      await rig.clock.advance(wait);
    }
    const within = waits.filter(([after]) => after < 5 * 60_000).map(([, wait]) => wait);
    expect(within.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 4_000]);
    expect(Math.max(...within)).toBe(4_000);
    const later = waits.filter(([after]) => after >= 5 * 60_000).map(([, wait]) => wait);
    expect(later).toEqual([4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
  });

  it('to a server that answers and has trouble is left more time with every failure, however short it was away', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const waits: number[] = [];
    for (const code of ['unreachable', 'unreachable', 'network', 'server-silent', 'network', 'unreachable'] as const) {
      connection.goesOffline(code);
      const wait = retryOf(id)! - rig.clock.now();
      waits.push(wait);
      connection.connecting = async () => void connection.says({ type: 'status-changed', status: 'connecting' });
      await rig.clock.advance(wait);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 2_000]);
  });

  it('is not tried in the same instant by a thousand programs that lost the same server', async () => {
    let drawn = 0;
    rig = await coreRig({ random: () => (drawn = (drawn + 0.137) % 1) });
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => rig.account(`me${index}@home`)));
    for (const { connection } of all) connection.goesOffline('unreachable');
    expect(new Set(all.map(({ id }) => retryOf(id))).size).toBe(20);
  });

  it('counts as lost for the first time again after a minute of being online, not before', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const nextWait = (): number => retryOf(id)! - rig.clock.now();
    connection.goesOffline('network');
    await rig.clock.advance(nextWait());
    await rig.clock.advance(59_999);
    connection.goesOffline('network');
    expect(nextWait()).toBe(1_000);
    await rig.clock.advance(nextWait());
    await rig.clock.advance(60_000);
    connection.goesOffline('network');
    expect(nextWait()).toBe(500);
  });

  it('is tried at once when the person says so', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('network');
    await rig.house.ask('account.connect', { account: id });
    expect(attempts(connection)).toBe(2);
    expect(retryOf(id)).toBeUndefined();
    await rig.clock.advance(10 * 60_000);
    expect(attempts(connection)).toBe(2);
  });

  it('is left alone once nobody wants it any more', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('network');
    await rig.house.ask('presence.set', { availability: 'offline', message: '' });
    expect(retryOf(id)).toBeUndefined();
    await rig.clock.advance(10 * 60_000);
    expect(attempts(connection)).toBe(1);
  });

  it('while nobody wants it any more is not planned for', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.disconnecting = async () => connection.goesOffline('network');
    await rig.house.ask('presence.set', { availability: 'offline', message: '' });
    await rig.settle();
    expect(retryOf(id)).toBeUndefined();
    expect(rig.events('retry-planned')).toEqual([]);
  });

  it('whose protocol does not say why is tried again', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'status-changed', status: 'offline' });
    expect(retryOf(id)).toBeDefined();
  });

  const byItself = (rule: string) =>
    (['requested', ...kithErrorCodes] as const).filter((code) => retryPolicy[code] === rule);

  it.each([...byItself('soon'), ...byItself('steadily')])('for the reason %s is tried again soon', async (code) => {
    rig = await coreRig();
    const { connection } = await rig.account();
    connection.goesOffline(code);
    await rig.clock.advance(1_000);
    expect(attempts(connection)).toBe(2);
  });

  it.each([...byItself('person'), ...byItself('never')])(
    'for the reason %s is not tried again by itself',
    async (code) => {
      rig = await coreRig();
      const { id, connection } = await rig.account();
      connection.goesOffline(code);
      expect(retryOf(id)).toBeUndefined();
      await rig.clock.advance(60 * 60_000);
      expect(attempts(connection)).toBe(1);
      await rig.house.ask('account.connect', { account: id });
      expect(attempts(connection)).toBe(2);
    },
  );

  it('waits for the person wherever trying again could do harm', () => {
    const harmful: readonly KithErrorCode[] = [
      'authentication-failed',
      'certificate',
      'not-encrypted',
      'replaced',
      'password-needed',
      'server-unproven',
      'downgraded',
    ];
    expect(harmful.map((code) => retryPolicy[code])).toEqual(harmful.map(() => 'person'));
    expect(retryPolicy['protocol-crashed']).toBe('never');
  });
});

describe('an attempt that does not even begin', () => {
  it('says why, as the connection’s own status, and is tried again', async () => {
    rig = await coreRig({}, {}, (host) => {
      host.refusesToOpen = new KithError('internal', 'The protocol would not open');
    });
    const id = await rig.house.ask('account.add', { protocol: 'fake' as never, address: 'me@home' });
    expect(rig.house.snapshot().connections).toMatchObject([
      { status: 'offline', reason: { code: 'internal', text: 'The protocol would not open' } },
    ]);
    rig.host().refusesToOpen = undefined;
    await rig.clock.advance(1_000);
    expect(statusOf(id)).toBe('online');
  });

  it('because the protocol crashed is made when the protocol is well again', async () => {
    rig = await coreRig({}, {}, (host) => {
      host.refusesToOpen = new KithError('protocol-crashed', 'It crashed');
    });
    const id = await rig.house.ask('account.add', { protocol: 'fake' as never, address: 'me@home' });
    expect(retryOf(id)).toBeUndefined();
    rig.host().refusesToOpen = undefined;
    rig.host().health = 'well';
    await rig.settle();
    expect(statusOf(id)).toBe('online');
  });

  it('is followed by another when asking to connect was what failed', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.connecting = async () => {
      throw new KithError('timeout', 'It did not answer');
    };
    connection.goesOffline('network');
    await rig.clock.advance(500);
    expect(attempts(connection)).toBe(2);
    expect(retryOf(id)).toBeDefined();
    connection.connecting = async () => connection.comesOnline();
    await rig.clock.advance(2_000);
    expect(statusOf(id)).toBe('online');
  });
});

describe('what the person asked to be', () => {
  it('is what a connection begins with', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    expect(connection.all('connect')).toEqual([[{ ...availablePresence, status: 'here' }]]);
  });

  it('is shown at once while online, in the protocol’s word', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('presence.set', { account: id, availability: 'away', message: 'Lunch' });
    await rig.settle();
    expect(connection.all('setOwn')).toEqual([[{ availability: 'away', status: 'away', message: 'Lunch' }]]);
    expect(attempts(connection)).toBe(1);
  });

  it('is shown once online when it changed on the way there', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.connecting = async () => void connection.says({ type: 'status-changed', status: 'connecting' });
    connection.goesOffline('network');
    await rig.clock.advance(500);
    await rig.house.ask('presence.set', { account: id, availability: 'away', message: '' });
    await rig.settle();
    expect(connection.all('setOwn')).toEqual([]);
    connection.says({ type: 'status-changed', status: 'online' });
    await rig.settle();
    expect(connection.all('setOwn')).toMatchObject([[{ availability: 'away' }]]);
  });

  it('ends the session when it is offline, and begins one when it no longer is', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await rig.house.ask('presence.set', { availability: 'offline', message: '' });
    await rig.settle();
    expect(statusOf(id)).toBe('offline');
    expect(connection.all('disconnect')).toHaveLength(1);
    await rig.house.ask('presence.set', { availability: 'available', message: '' });
    await rig.settle();
    expect(statusOf(id)).toBe('online');
  });

  it('outlives a restart, offline as well', async () => {
    const store = new MemoryStore();
    const secrets = new FakeSecrets();
    const before = await coreRig({}, { store, secrets });
    const here = (await before.account('here@home')).id;
    const gone = (await before.account('gone@home')).id;
    await before.house.ask('presence.set', { account: here, availability: 'away', message: 'Back soon' });
    await before.house.ask('presence.set', { account: gone, availability: 'offline', message: '' });
    await before.close();

    rig = await coreRig({}, { store, secrets });
    expect(rig.host().wakened).toBe(1);
    expect(rig.connection(here).all('connect')).toEqual([
      [{ availability: 'away', status: 'away', message: 'Back soon' }],
    ]);
    expect(rig.host().connections.has(gone)).toBe(false);
    expect(statusOf(gone)).toBe('offline');
  });

  it('cannot be hidden where the protocol cannot hide', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    await expect(rig.house.ask('presence.set', { availability: 'hidden', message: '' })).rejects.toMatchObject({
      code: 'not-supported',
    });
    expect(connection.all('setOwn')).toEqual([]);
  });
});

describe('where something goes before the accounts', () => {
  /** A house that was left with one account, and what lets its accounts go. */
  async function later(): Promise<{ readonly id: AccountId; readonly go: () => Promise<void> }> {
    const kept = { store: new MemoryStore(), secrets: new FakeSecrets() };
    const before = await coreRig({}, kept);
    const { id } = await before.account();
    await before.close();
    let resolve!: () => void;
    const connectAfter = new Promise<void>((settle) => (resolve = settle));
    rig = await coreRig({ connectAfter }, kept);
    const go = async (): Promise<void> => {
      resolve();
      await rig.settle();
    };
    return { id, go };
  }

  it('they are on their way for whoever looks, and connect after it', async () => {
    const { id, go } = await later();
    await rig.settle();
    expect(statusOf(id)).toBe('connecting');
    expect(rig.hosts.size).toBe(0);
    await go();
    expect(statusOf(id)).toBe('online');
    expect(attempts(rig.connection(id))).toBe(1);
  });

  it('one that the person does not want any more meanwhile is left alone', async () => {
    const { id, go } = await later();
    await rig.house.ask('presence.set', { account: id, availability: 'offline', message: '' });
    expect(statusOf(id)).toBe('offline');
    await go();
    expect(statusOf(id)).toBe('offline');
    expect(rig.hosts.size).toBe(0);
  });

  it('one that the person tries does not wait, and is not tried twice', async () => {
    const { id, go } = await later();
    await rig.house.ask('account.connect', { account: id });
    await rig.settle();
    expect(statusOf(id)).toBe('online');
    await go();
    expect(attempts(rig.connection(id))).toBe(1);
  });
});

describe('a protocol that crashed', () => {
  it('is brought back by its host, not by core', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('protocol-crashed');
    rig.host().health = 'crashed';
    await rig.clock.advance(60 * 60_000);
    expect(attempts(connection)).toBe(1);
    expect(rig.events('health-changed').at(-1)).toMatchObject({ protocol: 'fake', health: 'crashed' });
    rig.host().health = 'well';
    connection.comesOnline();
    expect(statusOf(id)).toBe('online');
    expect(attempts(connection)).toBe(1);
  });

  it('and was given up is started again when the person tries the account', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('protocol-crashed');
    rig.host().health = 'given-up';
    await rig.house.ask('account.connect', { account: id });
    expect(rig.host().startedAgain).toBe(1);
    expect(attempts(connection)).toBe(2);
  });

  it('is started again by name', async () => {
    rig = await coreRig();
    await rig.account();
    await rig.house.ask('protocol.startAgain', { protocol: 'fake' as never });
    expect(rig.host().startedAgain).toBe(1);
    await expect(rig.house.ask('protocol.startAgain', { protocol: 'telex' as never })).rejects.toMatchObject({
      code: 'not-supported',
    });
  });
});

describe('quitting', () => {
  it('says goodbye on all accounts at once and waits for the slowest', async () => {
    rig = await coreRig();
    const all = [await rig.account('a@home'), await rig.account('b@home'), await rig.account('c@home')];
    for (const { connection } of all) {
      connection.disconnecting = () =>
        new Promise((resolve) => {
          const goodbye = rig.clock.after(1_000, () => {
            goodbye[Symbol.dispose]();
            connection.goesOffline('requested');
            resolve();
          });
        });
    }
    let ended = false;
    const ending = Promise.resolve(rig.house[Symbol.asyncDispose]()).then(() => (ended = true));
    await rig.clock.advance(999);
    expect(ended).toBe(false);
    await rig.clock.advance(1);
    expect(ended).toBe(true);
    await ending;
    expect(all.map(({ connection }) => connection.closed)).toEqual([true, true, true]);
    expect(rig.host().disposed).toBe(true);
  });

  it('takes less than two seconds although nothing answers any more', async () => {
    const never = new Promise<never>(() => {});
    let host: FakeHost | undefined;
    rig = await coreRig({}, {}, (made) => (host = made));
    const { connection } = await rig.account();
    connection.disconnecting = () => never;
    connection[Symbol.asyncDispose] = () => never;
    host![Symbol.asyncDispose] = () => never;
    let ended = false;
    void Promise.resolve(rig.house[Symbol.asyncDispose]()).then(() => (ended = true));
    await rig.clock.advance(1_999);
    expect(ended).toBe(true);
  });

  it('does not wait for an account that is still being opened', async () => {
    let opened = (): void => {};
    rig = await coreRig({}, {}, (host) => {
      const open = host.open.bind(host);
      host.open = async (opening) => {
        await new Promise<void>((resolve) => (opened = resolve));
        return open(opening);
      };
    });
    const adding = rig.house.ask('account.add', { protocol: 'fake' as never, address: 'me@home' });
    await rig.settle();
    await rig.close();
    opened();
    await adding;
    expect(rig.host().connections.size).toBe(0);
  });

  it('plans nothing afterwards', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    connection.goesOffline('network');
    await rig.close();
    expect(rig.clock.pending).toBe(0);
    await expect(rig.house.ask('house.join', {})).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('may be asked for through any door', async () => {
    rig = await coreRig();
    let wanted = 0;
    const listening = rig.house.onDidWantQuit(() => (wanted += 1));
    await rig.house.ask('house.quit', {});
    expect(wanted).toBe(1);
    listening[Symbol.dispose]();
  });
});
