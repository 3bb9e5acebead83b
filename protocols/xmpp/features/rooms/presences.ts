/** Who comes and goes in the rooms we are in (XEP-0045 sections 7.1 to 7.6, 8.2, 9.1), ourselves among them. */
import { wordTable } from '../../../../src/base/index.ts';
import type { Affiliation, ContactId, Occupant, Role, RoomId } from '../../../../src/domain/index.ts';
import { bareAddress, resourceOf } from '../../address.ts';
import type { RoomState } from '../../rooms.ts';
import type { Session } from '../../session.ts';
import type { Element } from '../../stream/element.ts';
import { readPresence } from '../presence.ts';
import type { Entering } from './entering.ts';
import { NS_MUC_USER, NS_OCCUPANT_ID } from './namespaces.ts';
import { codesIn, lossIn, own, renamed } from './status.ts';

const roles = wordTable<Role>({
  moderator: 'moderator',
  participant: 'participant',
  visitor: 'visitor',
});
const affiliations = wordTable<Affiliation>({ owner: 'owner', admin: 'admin', member: 'member' });

/** A presence from anywhere; of a room we are not in, and are not entering, it says nothing. */
export function receivePresence(session: Session, entering: Entering, stanza: Element): void {
  const from = stanza.attribute('from') ?? '';
  const state = session.rooms.get((bareAddress(from) ?? '') as RoomId);
  if (state === undefined || state.room.status === 'left') return;
  const nick = resourceOf(from);
  if (stanza.attribute('type') === 'error') return entering.refused(state, nick, stanza);
  if (nick === '') return destroyedFrom(entering, state, stanza);
  state.heardAt = session.clock.now();
  if (stanza.attribute('type') === undefined) arrived(session, entering, state, nick, stanza);
  else if (stanza.attribute('type') === 'unavailable') departed(session, entering, state, nick, stanza);
}

function arrived(session: Session, entering: Entering, state: RoomState, nick: string, stanza: Element): void {
  const codes = codesIn(stanza);
  const ours = codes.has(own) || (state.joined && nick === state.room.nick);
  if (ours) state.occupantId = occupantIdIn(stanza);
  session.rooms.there(state, occupantIn(stanza, nick, ours));
  if (ours) entering.entered(state, nick, codes);
}

function departed(session: Session, entering: Entering, state: RoomState, nick: string, stanza: Element): void {
  const codes = codesIn(stanza);
  const ours = codes.has(own) || nick === state.room.nick;
  const next = codes.has(renamed) ? itemIn(stanza)?.attribute('nick') : undefined;
  session.rooms.gone(state, nick);
  if (!ours) return;
  // The presence under the new name follows.
  if (next !== undefined && next !== '') return session.rooms.change(state, { nick: next });
  entering.lost(state, lossIn(stanza));
}

/** A room that goes away may say so for itself. */
function destroyedFrom(entering: Entering, state: RoomState, stanza: Element): void {
  if (stanza.attribute('type') === 'unavailable' && lossIn(stanza) !== undefined) entering.lost(state, lossIn(stanza));
}

function occupantIn(stanza: Element, nick: string, ours: boolean): Occupant {
  const item = itemIn(stanza);
  const address = bareAddress(item?.attribute('jid')) as ContactId | undefined;
  return {
    nick,
    role: roles(item?.attribute('role') ?? '') ?? 'participant',
    affiliation: affiliations(item?.attribute('affiliation') ?? '') ?? 'none',
    presence: readPresence(stanza),
    own: ours,
    ...(address === undefined ? {} : { address }),
  };
}

const itemIn = (stanza: Element): Element | undefined => stanza.child('x', NS_MUC_USER)?.child('item');

export function occupantIdIn(stanza: Element): string | undefined {
  return stanza.child('occupant-id', NS_OCCUPANT_ID)?.attribute('id');
}
