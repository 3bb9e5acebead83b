/** What the numbers in a room's presences say (XEP-0045 section 15.6.2), in code and words. */
import { wordTable } from '../../../../src/base/index.ts';
import type { StatusReason } from '../../../../src/domain/index.ts';
import { readError } from '../../stanza-errors.ts';
import type { Element } from '../../stream/element.ts';
import { NS_MUC_USER } from './namespaces.ts';

export const own = '110';
export const made = '201';
export const renamed = '303';
export const configured = ['104', '170', '171', '172', '173', '174'] as const;

const longestWords = 500;

/** How we were put out of a room; whether core tries again hangs on the code. */
const losses = wordTable<StatusReason>({
  301: { code: 'permission-denied', text: 'You are banned from this room' },
  307: { code: 'permission-denied', text: 'You were removed from this room' },
  321: { code: 'permission-denied', text: 'You are no longer a member of this room' },
  322: { code: 'permission-denied', text: 'This room is now for members only' },
  332: { code: 'network', text: 'The room’s server is shutting down' },
  333: { code: 'network', text: 'The room lost its connection to you' },
});

export function codesIn(stanza: Element): ReadonlySet<string> {
  const marks = stanza.child('x', NS_MUC_USER)?.childrenNamed('status') ?? [];
  return new Set(marks.map((mark) => mark.attribute('code') ?? ''));
}

/** Undefined when we left of our own accord. */
export function lossIn(stanza: Element): StatusReason | undefined {
  const inside = stanza.child('x', NS_MUC_USER);
  const destroyed = inside?.child('destroy');
  if (destroyed !== undefined) return worded({ code: 'cancelled', text: 'This room was closed' }, destroyed);
  const codes = codesIn(stanza);
  // A removal for a technical reason bears the number of a kick as well: the gentler one explains it.
  const found = ['333', '332', '301', '321', '322', '307'].find((code) => codes.has(code));
  const loss = found === undefined ? undefined : losses(found);
  return loss === undefined ? undefined : worded(loss, inside?.child('item'));
}

/** Why a room did not let us in (XEP-0045 section 7.2). */
export function refusalIn(stanza: Element, withPassword: boolean): StatusReason {
  const { code, condition, text } = readError(stanza);
  const known = refusals(condition);
  if (condition === 'not-authorized')
    return {
      code: 'password-needed',
      text: withPassword ? 'This is not the room’s password' : 'This room needs a password',
    };
  return known ?? { code, text };
}

const refusals = wordTable<StatusReason>({
  forbidden: { code: 'permission-denied', text: 'You are banned from this room' },
  'registration-required': { code: 'permission-denied', text: 'This room is for members only' },
  'not-allowed': { code: 'permission-denied', text: 'There is no such room, and you may not make one' },
  'item-not-found': { code: 'not-found', text: 'There is no such room, or it is not open yet' },
  'not-acceptable': { code: 'permission-denied', text: 'This room has a name reserved for you; use that one' },
  conflict: { code: 'already-exists', text: 'Somebody in this room bears that name' },
  'service-unavailable': { code: 'server-refused', text: 'This room is full' },
  'remote-server-not-found': { code: 'not-found', text: 'The room’s server cannot be found' },
});

/** Their own words, where they gave any. */
function worded(reason: StatusReason, around: Element | undefined): StatusReason {
  const said = around?.child('reason')?.text().trim().slice(0, longestWords) ?? '';
  return said === '' ? reason : { ...reason, text: `${reason.text}: ${said}` };
}
