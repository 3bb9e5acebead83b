/** What must be said so that a mirror that missed something agrees again with the state as it is. */
import { isDeepStrictEqual } from 'node:util';
import {
  type ConnectionEvent,
  type ConnectionSnapshot,
  type LivingConnection,
  unknownPresence,
} from '../domain/index.ts';

/**
 * Folding the result into `living` gives `truth`, except for the revision. Messages and deliveries that were missed are not
 * state and cannot be recovered here; archives are for that.
 */
export function differences(living: LivingConnection, truth: ConnectionSnapshot): readonly ConnectionEvent[] {
  const events: ConnectionEvent[] = [];
  const wentOffline = truth.status === 'offline' && living.status !== 'offline';
  if (living.status !== truth.status || !isDeepStrictEqual(living.reason, truth.reason)) {
    const reason = truth.reason === undefined ? {} : { reason: truth.reason };
    events.push({ type: 'status-changed', status: truth.status, ...reason });
  }
  if (!isDeepStrictEqual(living.origin, truth.origin)) {
    events.push({ type: 'origin-changed', ...(truth.origin === undefined ? {} : { origin: truth.origin }) });
  }
  events.push(...contactDifferences(living, truth, wentOffline));
  if (truth.rosterKnown && (!living.rosterKnown || wentOffline)) events.push({ type: 'roster-received' });
  if (!isDeepStrictEqual(living.profile, truth.profile))
    events.push({ type: 'profile-changed', profile: truth.profile });
  if (truth.blocked !== undefined && !isDeepStrictEqual(living.blocked, truth.blocked))
    events.push({ type: 'blocked-changed', blocked: truth.blocked });
  if (truth.self && (wentOffline || !isDeepStrictEqual(living.self, truth.self))) {
    events.push({ type: 'self-changed', ...truth.self });
  }
  events.push(...chatStateDifferences(living, truth, wentOffline));
  events.push(...roomDifferences(living, truth));
  events.push(...fileDifferences(living, truth));
  return events;
}

function contactDifferences(
  living: LivingConnection,
  truth: ConnectionSnapshot,
  wentOffline: boolean,
): readonly ConnectionEvent[] {
  const known = new Set(truth.contacts.map(({ id }) => id));
  const removed = [...living.contacts.keys()].filter((id) => !known.has(id));
  const changed = truth.contacts.filter((contact) => {
    const ours = living.contacts.get(contact.id);
    if (ours === undefined) return true;
    // Going offline has made every presence unknown by now, whatever the mirror held.
    return !isDeepStrictEqual(wentOffline ? { ...ours, presence: unknownPresence } : ours, contact);
  });
  return changed.length + removed.length === 0 ? [] : [{ type: 'contacts-changed', changed, removed }];
}

/** A room that differs is told whole, with whoever is there; going offline has emptied them all by now. */
function roomDifferences(living: LivingConnection, truth: ConnectionSnapshot): readonly ConnectionEvent[] {
  const known = new Set(truth.rooms.map(({ id }) => id));
  const theirs = new Map(truth.occupants);
  const removed = [...living.rooms.keys()].filter((id) => !known.has(id));
  const changed = truth.rooms.filter((room) => {
    const there = [...(living.occupants.get(room.id)?.values() ?? [])];
    return !isDeepStrictEqual(living.rooms.get(room.id), room) || !isDeepStrictEqual(there, theirs.get(room.id) ?? []);
  });
  if (changed.length + removed.length === 0) return [];
  const emptied = changed.map((room) => ({ ...room, status: 'left' as const }));
  return [
    { type: 'rooms-changed', changed: emptied, removed },
    { type: 'rooms-changed', changed, removed: [] },
    ...changed.flatMap(({ id }): ConnectionEvent[] => {
      const there = theirs.get(id);
      return there === undefined ? [] : [{ type: 'occupants-changed', room: id, changed: there, removed: [] }];
    }),
  ];
}

function chatStateDifferences(
  living: LivingConnection,
  truth: ConnectionSnapshot,
  wentOffline: boolean,
): readonly ConnectionEvent[] {
  const theirs = new Map(truth.chatStates);
  const ours = wentOffline ? new Map() : living.chatStates;
  const events: ConnectionEvent[] = [];
  for (const from of new Set([...ours.keys(), ...theirs.keys()])) {
    const state = theirs.get(from) ?? 'active';
    if ((ours.get(from) ?? 'active') === state) continue;
    events.push({ type: 'chat-state-changed', target: { kind: 'contact', contact: from }, from, state });
  }
  return events;
}

function fileDifferences(living: LivingConnection, truth: ConnectionSnapshot): readonly ConnectionEvent[] {
  const events: ConnectionEvent[] = [];
  if (truth.files !== undefined && !isDeepStrictEqual(living.files, truth.files))
    events.push({ type: 'files-offered', offer: truth.files });
  const theirs = new Map(truth.transfers);
  for (const message of new Set([...living.transfers.keys(), ...theirs.keys()])) {
    const progress = theirs.get(message);
    if (isDeepStrictEqual(living.transfers.get(message), progress)) continue;
    events.push({ type: 'transfer-changed', message, ...(progress === undefined ? {} : { progress }) });
  }
  return events;
}
