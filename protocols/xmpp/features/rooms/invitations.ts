/** Being asked to come, and asking others: by way of the room (XEP-0045 section 7.8.2) and straight (XEP-0249). */
import { DisposableStack, newId } from '../../../../src/base/index.ts';
import type { ContactId, RoomId } from '../../../../src/domain/index.ts';
import { bareAddress } from '../../address.ts';
import type { RoomState } from '../../rooms.ts';
import type { Feature, Session } from '../../session.ts';
import type { Standard } from '../../standard.ts';
import { NS_CLIENT } from '../../stanza-errors.ts';
import { type Element, xml } from '../../stream/element.ts';
import { ownNick } from './entering.ts';
import { NS_CONFERENCE, NS_MUC_USER } from './namespaces.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0249',
    name: 'Direct MUC Invitations',
    version: '1.2',
    status: 'complete',
    test: 'test/interop/a-room.test.ts',
    namespaces: [NS_CONFERENCE],
  },
];

const longestText = 1_000;
/** More open invitations than anybody reads are somebody's attack. */
const mostOpen = 30;

export const invitations: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(session.advertise(NS_CONFERENCE));
  undo.use(session.unwrap(NS_MUC_USER, (inside, stanza) => byRoom(session, inside, stanza)));
  undo.use(session.unwrap(NS_CONFERENCE, (inside, stanza) => straight(session, inside, stanza)));
  return undo;
};

/** Members-only rooms let in whom they invited themselves; elsewhere the straight way needs no room that speaks to strangers. */
export function invite(session: Session, state: RoomState, contact: ContactId, text: string): void {
  const { id } = state.room;
  const reason = text === '' ? undefined : text;
  if (state.features.has('muc_membersonly')) {
    const words = reason === undefined ? undefined : xml('reason', NS_MUC_USER, {}, reason);
    const inside = xml('x', NS_MUC_USER, {}, xml('invite', NS_MUC_USER, { to: contact }, words));
    return session.send(xml('message', NS_CLIENT, { id: newId(), to: id }, inside));
  }
  const inside = xml('x', NS_CONFERENCE, { jid: id, password: state.password, reason });
  session.send(xml('message', NS_CLIENT, { id: newId(), to: contact }, inside));
}

function byRoom(session: Session, inside: Element, stanza: Element): boolean {
  const asked = inside.child('invite');
  const room = roomIn(stanza.attribute('from'));
  if (asked === undefined || stanza.attribute('type') === 'groupchat') return false;
  // A room speaks for itself here, never one of those in it, and never somebody else for a room.
  if (room === undefined || stanza.attribute('from')?.includes('/') === true) return true;
  const inviter = asked.attribute('from') ?? room;
  // Rooms that hide who people are name them by their address in the room.
  const from = bareAddress(inviter) === (room as string) ? inviter : (bareAddress(inviter) ?? room);
  invited(session, room, from as ContactId, asked.child('reason')?.text() ?? '', inside.child('password')?.text());
  return true;
}

function straight(session: Session, inside: Element, stanza: Element): boolean {
  const room = roomIn(inside.attribute('jid'));
  const from = bareAddress(stanza.attribute('from'));
  // Beside an invitation by the room this is for older programs, and says the same.
  if (stanza.child('x', NS_MUC_USER)?.child('invite') !== undefined || stanza.attribute('type') === 'error')
    return false;
  if (room === undefined || from === undefined || stanza.attribute('type') === 'groupchat') return true;
  invited(session, room, from, inside.attribute('reason') ?? '', inside.attribute('password'));
  return true;
}

function invited(session: Session, room: RoomId, from: ContactId, text: string, password: string | undefined): void {
  const open = session.rooms.all().filter((one) => one.room.invitation !== undefined && one.room.id !== room);
  if (open.length >= mostOpen) return session.log.warn('an invitation too many was dropped');
  const known = session.rooms.get(room);
  if (known !== undefined && known.room.status !== 'left') return;
  const state = session.rooms.know(room, ownNick(session));
  if (password !== undefined) state.password = password;
  session.rooms.change(state, { invitation: { from, text: text.trim().slice(0, longestText) } });
}

function roomIn(address: string | undefined): RoomId | undefined {
  const bare = bareAddress(address);
  return bare?.includes('@') === true ? (bare as string as RoomId) : undefined;
}
