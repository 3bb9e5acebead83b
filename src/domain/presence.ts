/** Who can be reached. Ordered, so that a person's presence is the greatest among their contacts'. */
export const availabilities = ['unknown', 'offline', 'hidden', 'extended-away', 'away', 'busy', 'available'] as const;
export type Availability = (typeof availabilities)[number];

export interface Presence {
  /** Ours, ordered. */
  readonly availability: Availability;
  /** The protocol's own word, for instance 'dnd'. Empty when it has none. */
  readonly status: string;
  /** What the person wrote. */
  readonly message: string;
}

export const unknownPresence: Presence = { availability: 'unknown', status: '', message: '' };
export const offlinePresence: Presence = { availability: 'offline', status: 'offline', message: '' };
export const availablePresence: Presence = { availability: 'available', status: 'available', message: '' };

export function compareAvailability(a: Availability, b: Availability): number {
  return availabilities.indexOf(a) - availabilities.indexOf(b);
}

/** Of equals the first wins, so the order of contacts decides whose message is shown. */
export function greatestPresence(presences: Iterable<Presence>): Presence {
  let greatest = unknownPresence;
  for (const presence of presences) {
    if (compareAvailability(presence.availability, greatest.availability) > 0) greatest = presence;
  }
  return greatest;
}

export function samePresence(a: Presence, b: Presence): boolean {
  return a.availability === b.availability && a.status === b.status && a.message === b.message;
}
