/** What the person asked to be, in the words of each protocol. */
import { KithError } from '../base/index.ts';
import type { ProtocolManifest, StatusSpec } from '../contracts/index.ts';
import { type Availability, compareAvailability, offlinePresence, type Presence } from '../domain/index.ts';

/**
 * The nearest this protocol can show. Throws 'not-supported' for 'hidden' where it cannot be done: whoever hides must not be
 * shown instead; 'invalid-argument' for 'unknown', which nobody can be.
 */
export function ownPresence(manifest: ProtocolManifest, availability: Availability, message: string): Presence {
  if (availability === 'unknown') throw new KithError('invalid-argument', 'Unknown is not something one can be');
  if (availability === 'offline') return { ...offlinePresence, message };
  const status = nearest(
    manifest.statuses.filter((one) => one.settable),
    availability,
  );
  if (status === undefined) throw new KithError('not-supported', `${manifest.displayName} cannot show this`);
  return { availability: status.availability, status: status.word, message: status.takesMessage ? message : '' };
}

/** The same; else the next less available that is still online; else the next more available. */
function nearest(statuses: readonly StatusSpec[], wanted: Availability): StatusSpec | undefined {
  const exact = statuses.find((status) => status.availability === wanted);
  if (exact !== undefined || wanted === 'hidden') return exact;
  const shown = statuses
    .filter(({ availability }) => compareAvailability(availability, 'hidden') > 0)
    .toSorted((a, b) => compareAvailability(a.availability, b.availability));
  return shown.findLast((status) => compareAvailability(status.availability, wanted) < 0) ?? shown[0];
}
