import { describe, expect, it } from 'vitest';
import {
  type ConnectionEvent,
  fold,
  type LivingConnection,
  newConnection,
  noProfile,
  revive,
  snapshot,
} from './connection.ts';
import { newContact } from './contact.ts';
import type { ChatState } from './conversation.ts';
import type { AccountId, ContactId, MessageId } from './ids.ts';
import type { Message } from './message.ts';
import { availabilities, availablePresence, unknownPresence } from './presence.ts';

const account = 'account' as AccountId;
const amy = 'amy@home' as ContactId;
const withAmy = { kind: 'contact', contact: amy } as const;

function after(...events: readonly ConnectionEvent[]): LivingConnection {
  const living = newConnection(account);
  for (const event of events) fold(living, event);
  return living;
}

const online: ConnectionEvent = { type: 'status-changed', status: 'online' };
const offline: ConnectionEvent = {
  type: 'status-changed',
  status: 'offline',
  reason: { code: 'network', text: 'No network' },
};
const amyIsHere: ConnectionEvent = { type: 'presences-changed', presences: [[amy, availablePresence]] };
const amyWrites: ConnectionEvent = { type: 'chat-state-changed', target: withAmy, from: amy, state: 'composing' };

const hello: Message = {
  id: 'm1' as MessageId,
  account,
  target: withAmy,
  direction: 'incoming',
  from: amy,
  body: 'hello',
  at: 0,
};

describe('a connection', () => {
  it('begins offline, with the contacts of the last session and nobody’s presence', () => {
    const remembered = newContact(amy, { alias: 'Amy', presence: availablePresence });
    expect(snapshot(newConnection(account, [remembered]))).toEqual({
      account,
      revision: 0,
      status: 'offline',
      profile: noProfile,
      rosterKnown: false,
      contacts: [{ ...remembered, presence: unknownPresence }],
      chatStates: [],
      rooms: [],
      occupants: [],
      transfers: [],
    });
  });

  it('counts every fact', () => {
    expect(after(online, amyIsHere, amyWrites).revision).toBe(3);
  });

  it('that is lost knows why, and no longer knows anyone’s presence: unknown is not offline', () => {
    const living = after(
      online,
      { type: 'roster-received' },
      { type: 'self-changed', contact: amy, presence: availablePresence },
      amyIsHere,
      amyWrites,
      offline,
    );
    expect(snapshot(living)).toMatchObject({
      status: 'offline',
      reason: { code: 'network' },
      profile: noProfile,
      rosterKnown: false,
      contacts: [{ id: amy, presence: unknownPresence }],
      chatStates: [],
    });
    expect(living.self).toBeUndefined();
  });

  it('knows what moves until it is over, also over a loss, but not over the end of its protocol', () => {
    const message = 'm1' as MessageId;
    const moving: ConnectionEvent = { type: 'transfer-changed', message, progress: { moved: 5, size: 10 } };
    expect(snapshot(after(moving, offline)).transfers).toEqual([[message, { moved: 5, size: 10 }]]);
    expect(after(moving, { type: 'transfer-changed', message }).transfers.size).toBe(0);
    const crashed: ConnectionEvent = { ...offline, reason: { code: 'protocol-crashed', text: 'It stopped' } };
    expect(after(moving, crashed).transfers.size).toBe(0);
  });

  it('that is online again has no reason for being offline', () => {
    expect(snapshot(after(offline, online))).not.toHaveProperty('reason');
  });

  it('knows the presence of someone before it knows their name', () => {
    const living = after(amyIsHere);
    expect(living.contacts.get(amy)).toEqual(newContact(amy, { presence: availablePresence }));
  });

  it('forgets who was removed', () => {
    const living = after({ type: 'contacts-changed', changed: [newContact(amy)], removed: [] }, amyIsHere);
    fold(living, { type: 'contacts-changed', changed: [], removed: [amy] });
    expect(living.contacts.size).toBe(0);
  });

  it('says who is writing until they stop, or have written', () => {
    const writing = (...events: readonly ConnectionEvent[]) => [...after(amyWrites, ...events).chatStates];
    expect(writing()).toEqual([[amy, 'composing']]);
    expect(writing({ ...amyWrites, state: 'paused' } as ConnectionEvent)).toEqual([[amy, 'paused']]);
    expect(writing({ ...amyWrites, state: 'inactive' } as ConnectionEvent)).toEqual([]);
    expect(writing({ type: 'messages-received', messages: [hello] })).toEqual([]);
  });

  it('does not say who writes in a room: there it would be half the room', () => {
    const inRoom = { ...amyWrites, target: { kind: 'room', room: 'room@home' } } as ConnectionEvent;
    expect(after(inRoom).chatStates.size).toBe(0);
  });

  it('that lives elsewhere on the bus says where, while it does', () => {
    const origin = { name: 'im.example', path: '/there' };
    expect(after({ type: 'origin-changed', origin }).origin).toEqual(origin);
    expect(after({ type: 'origin-changed', origin }, { type: 'origin-changed' }).origin).toBeUndefined();
  });
});

describe('a snapshot', () => {
  it('taken at any time and folded on is what all facts folded from the beginning are', () => {
    let seed = 3;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const whole = newConnection(account);
    let joined = revive(snapshot(whole));
    for (let step = 0; step < 3_000; step += 1) {
      const event = anything(random);
      fold(whole, event);
      fold(joined, event);
      expect(snapshot(joined)).toEqual(snapshot(whole));
      // Whoever joins has it over a wire.
      if (random(50) === 0) joined = revive(JSON.parse(JSON.stringify(snapshot(whole))));
    }
  });

  it('is not changed by what happens later', () => {
    const living = after(amyIsHere);
    const before = snapshot(living);
    fold(living, offline);
    expect(before.contacts[0]?.presence).toEqual(availablePresence);
  });
});

function anything(random: (below: number) => number): ConnectionEvent {
  const contact = `contact-${random(5)}@home` as ContactId;
  const presence = { availability: availabilities[random(availabilities.length)]!, status: '', message: '' };
  const states: readonly ChatState[] = ['active', 'composing', 'paused', 'inactive', 'gone'];
  const events: readonly ConnectionEvent[] = [
    { type: 'contacts-changed', changed: [newContact(contact, { alias: `${random(9)}` })], removed: [] },
    { type: 'contacts-changed', changed: [], removed: [contact] },
    { type: 'presences-changed', presences: [[contact, presence]] },
    { type: 'messages-received', messages: [{ ...hello, from: contact }] },
    { type: 'chat-state-changed', target: withAmy, from: contact, state: states[random(5)]! },
    { type: 'delivery-changed', message: hello.id, delivery: { state: 'sent', at: 0 } },
    { type: 'self-changed', contact, presence },
    { type: 'roster-received' },
    online,
    { type: 'status-changed', status: 'connecting' },
    offline,
    { type: 'origin-changed', ...(random(2) === 0 ? {} : { origin: { name: 'a', path: '/b' } }) },
  ];
  return events[random(events.length)]!;
}
