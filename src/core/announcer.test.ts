import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../base/index.ts';
import type { HouseChange, HouseEvent } from '../contracts/index.ts';
import {
  type AccountId,
  availabilities,
  type ChatState,
  type ConnectionEvent,
  type ContactId,
  fold,
  type LivingConnection,
  revive,
  snapshot,
} from '../domain/index.ts';
import { type CoreRig, coreRig, incoming, listed } from '../../test/harness/core-rig.ts';
import { VirtualClock } from '../../test/harness/virtual-clock.ts';
import { Announcer } from './announcer.ts';

const account = 'account' as AccountId;
const turn = (): Promise<void> => new VirtualClock().settle();
const presence = (id: string): HouseEvent => ({
  type: 'connection-changed',
  account,
  event: {
    type: 'presences-changed',
    presences: [[id as ContactId, { availability: 'away', status: '', message: '' }]],
  },
});

function announcing() {
  const announcer = new Announcer(silentLog);
  const changes: HouseChange[] = [];
  const listening = announcer.onDidChange((change) => changes.push(change));
  return { announcer, changes, listening };
}

describe('what the house tells', () => {
  it('of one turn is one change, and changes are numbered without a gap', async () => {
    const { announcer, changes, listening } = announcing();
    announcer.say({ type: 'questions-changed', open: [] });
    announcer.say({ type: 'secrets-changed', secrets: 'ask' });
    expect(changes).toEqual([]);
    await turn();
    announcer.say({ type: 'secrets-changed', secrets: 'plain' });
    await turn();
    expect(changes.map(({ revision, events }) => [revision, events.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    listening[Symbol.dispose]();
  });

  it('when nothing happened is nothing', async () => {
    const { announcer, changes, listening } = announcing();
    announcer.addSource(() => []);
    announcer.wake();
    await turn();
    expect(changes).toEqual([]);
    expect(announcer.revision).toBe(0);
    listening[Symbol.dispose]();
  });

  it('joins presences of one account that come one after the other, and keeps their order to all else', async () => {
    const { announcer, changes, listening } = announcing();
    for (const id of ['a', 'b']) announcer.say(presence(id));
    announcer.say({ type: 'connection-changed', account, event: { type: 'roster-received' } });
    announcer.say(presence('c'));
    await turn();
    const told = changes[0]!.events.map((event) =>
      event.type === 'connection-changed' && event.event.type === 'presences-changed'
        ? event.event.presences.map(([id]) => id).join(' ')
        : 'something else',
    );
    expect(told).toEqual(['a b', 'something else', 'c']);
    listening[Symbol.dispose]();
  });

  it('joins messages: the newest state of each, and none that is gone', async () => {
    const { announcer, changes, listening } = announcing();
    const [kept, gone] = [incoming(account, 'amy@home', 'kept'), incoming(account, 'amy@home', 'gone')];
    announcer.say({ type: 'messages-changed', changed: [kept, gone], removed: [] });
    announcer.say({ type: 'messages-changed', changed: [{ ...kept, body: 'newer' }], removed: [] });
    announcer.say({ type: 'messages-changed', changed: [], removed: [gone.id] });
    await turn();
    expect(changes[0]?.events).toEqual([
      { type: 'messages-changed', changed: [{ ...kept, body: 'newer' }], removed: [gone.id] },
    ]);
    listening[Symbol.dispose]();
  });

  it('reaches the others although one reader throws', async () => {
    const { announcer, changes, listening } = announcing();
    const throwing = announcer.onDidChange(() => {
      throw new RangeError('not mine');
    });
    const heard: HouseChange[] = [];
    const last = announcer.onDidChange((change) => heard.push(change));
    announcer.say({ type: 'questions-changed', open: [] });
    await turn();
    expect([changes.length, heard.length]).toEqual([1, 1]);
    for (const one of [listening, throwing, last]) one[Symbol.dispose]();
  });

  it('ends with what was left to say', () => {
    const { announcer, changes } = announcing();
    announcer.say({ type: 'questions-changed', open: [] });
    announcer[Symbol.dispose]();
    announcer.say({ type: 'questions-changed', open: [] });
    announcer.flush();
    expect(changes).toHaveLength(1);
  });
});

describe('a snapshot and the changes after it', () => {
  let rig: CoreRig;
  afterEach(() => rig.close());

  it('never tell the same twice', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'before')] });
    const { revision, conversations } = await rig.house.ask('house.join', {});
    expect(conversations).toMatchObject([{ last: { body: 'before' } }]);
    const listened = rig.changes.length;
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'after')] });
    await rig.settle();
    const later = rig.changes.slice(listened);
    expect(later.map((change) => change.revision)).toEqual([revision + 1]);
    expect(JSON.stringify(later)).not.toContain('before');
  });

  it('folded together are what the next snapshot says, whatever happens', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const joined = rig.house.snapshot().connections.find((one) => one.account === id)!;
    let mirror: LivingConnection = revive(joined);
    const listening = rig.house.onDidChange(({ events }) => {
      for (const event of events) {
        if (event.type === 'connection-opened' && event.connection.account === id) mirror = revive(event.connection);
        if (event.type === 'connection-changed' && event.account === id) fold(mirror, event.event);
      }
    });
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const contact = (): ContactId => `contact-${random(6)}@home` as ContactId;
    const now = () => ({ availability: availabilities[random(availabilities.length)]!, status: '', message: '' });
    const states: readonly ChatState[] = ['active', 'composing', 'paused', 'inactive', 'gone'];
    const happenings: readonly (() => ConnectionEvent)[] = [
      () => ({ type: 'contacts-changed', changed: [listed(contact())], removed: [contact()] }),
      () => ({ type: 'presences-changed', presences: [[contact(), now()]] }),
      () => ({ type: 'messages-received', messages: [incoming(id, contact(), 'words')] }),
      () => {
        const from = contact();
        return {
          type: 'chat-state-changed',
          target: { kind: 'contact', contact: from },
          from,
          state: states[random(5)]!,
        };
      },
      () => ({ type: 'roster-received' }),
      () => ({
        type: 'status-changed',
        status: random(8) === 0 ? 'offline' : 'online',
        reason: { code: 'replaced', text: '' },
      }),
      () => ({ type: 'self-changed', contact: contact(), presence: now() }),
    ];
    for (let step = 0; step < 1_500; step += 1) {
      connection.says(happenings[random(happenings.length)]!());
      if (random(10) > 0) continue;
      if (random(2) === 0) await rig.settle();
      const truth = rig.house.snapshot().connections.find((one) => one.account === id)!;
      expect({ ...snapshot(mirror), revision: 0 }).toEqual({ ...truth, revision: 0 });
    }
    listening[Symbol.dispose]();
  });
});
