import { describe, expect, it } from 'vitest';
import {
  type ConnectionEvent,
  type ContactId,
  fold,
  type LivingConnection,
  newConnection,
  newContact,
  type Presence,
  snapshot,
} from '../domain/index.ts';
import type { AccountId, MessageId } from '../domain/index.ts';
import { differences } from './differences.ts';

const account = 'juliet' as AccountId;
const romeo = 'romeo@testbed' as ContactId;
const nurse = 'nurse@testbed' as ContactId;
const here: Presence = { availability: 'available', status: 'available', message: 'Here' };
const typing = (from: ContactId): ConnectionEvent => ({
  type: 'chat-state-changed',
  target: { kind: 'contact', contact: from },
  from,
  state: 'composing',
});

function story(...events: ConnectionEvent[]): LivingConnection {
  const living = newConnection(account);
  for (const event of events) fold(living, event);
  return living;
}

const contacts: ConnectionEvent = {
  type: 'contacts-changed',
  changed: [newContact(romeo, { presence: here }), newContact(nurse)],
  removed: [],
};
const stories: readonly (readonly [string, LivingConnection])[] = [
  ['nothing yet', story()],
  ['online', story({ type: 'status-changed', status: 'online' }, contacts, { type: 'roster-received' })],
  [
    'online and chatty',
    story(
      { type: 'status-changed', status: 'online' },
      contacts,
      { type: 'roster-received' },
      { type: 'self-changed', contact: romeo, presence: here },
      { type: 'origin-changed', origin: { name: 'a', path: '/b' } },
      typing(romeo),
    ),
  ],
  [
    'sending files',
    story(
      { type: 'status-changed', status: 'online' },
      { type: 'files-offered', offer: { takes: true, largest: 5 } },
      { type: 'transfer-changed', message: 'm1' as MessageId, progress: { moved: 1, size: 2 } },
      { type: 'transfer-changed', message: 'm2' as MessageId, progress: { moved: 0 } },
    ),
  ],
  ['another typing', story({ type: 'status-changed', status: 'online' }, contacts, typing(nurse))],
  [
    'offline, refused',
    story({ type: 'status-changed', status: 'offline', reason: { code: 'certificate', text: 'No' } }),
  ],
  [
    'gone offline with people known',
    story({ type: 'status-changed', status: 'online' }, contacts, { type: 'status-changed', status: 'offline' }),
  ],
];

describe('what is said to heal a mirror', () => {
  const pairs = stories.flatMap(([from, mirror]) => stories.map(([to, truth]) => ({ from, to, mirror, truth })));

  it.each(pairs)('leads from “$from” to “$to”', ({ mirror, truth }) => {
    const healed = structuredClone(mirror);
    for (const event of differences(healed, snapshot(truth))) fold(healed, event);
    expect(comparable(healed)).toEqual(comparable(truth));
    expect(healed.rosterKnown || !truth.rosterKnown).toBe(true);
  });

  it.each(stories)('is nothing when nothing is missing: %s', (_name, living) => {
    expect(differences(living, snapshot(living))).toEqual([]);
  });
});

/** What healing restores. Who we are and that the list is known cannot be unsaid while online, and no protocol unsays it. */
function comparable(living: LivingConnection): unknown {
  const { status, reason, origin, contacts: people, chatStates } = snapshot(living);
  return {
    status,
    reason,
    origin,
    chatStates,
    people: people.toSorted((one, other) => one.id.localeCompare(other.id)),
  };
}
