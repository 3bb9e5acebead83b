/** XEP-0045: places several people share. Joined when asked; core asks again when a room was lost. */
import { asKithError, DisposableStack, ignore, KithError } from '../../../../src/base/index.ts';
import type { RoomsFacet } from '../../../../src/contracts/index.ts';
import type { RoomId } from '../../../../src/domain/index.ts';
import { bareAddress, resourceOf } from '../../address.ts';
import type { RoomState } from '../../rooms.ts';
import { NS_ARCHIVE } from '../../server-abilities.ts';
import type { Feature, Session } from '../../session.ts';
import type { Standard } from '../../standard.ts';
import type { Element } from '../../stream/element.ts';
import { Bookmarks } from './bookmarks.ts';
import { listRooms, look } from './directory.ts';
import { Entering } from './entering.ts';
import { historyWanted, positionOf, reachedBy, RoomArchive } from './history.ts';
import { invite } from './invitations.ts';
import { NS_MUC, NS_MUC_USER } from './namespaces.ts';
import { receivePresence } from './presences.ts';
import { selfPing } from './self-ping.ts';
import { configure, settle } from './settings.ts';
import { configured } from './status.ts';
import { saidInRoom } from './talk.ts';
import { Topics } from './topics.ts';

export const rooms: Feature = (session) => {
  const undo = new DisposableStack();
  const archive = new RoomArchive(session);
  const topics = undo.use(new Topics(session));
  /** Rooms whose history is here up to now: only there may a live message move the position. */
  const caughtUp = new WeakSet<RoomState>();

  const entering: Entering = new Entering(session, {
    look: (state) => look(session, state),
    historyWanted: (state) => historyWanted(session, state),
    configure: (state, settings) => settle(session, state.room.id, settings),
    entered: (state) => {
      bookmarks.keep(state);
      if (state.features.has(NS_ARCHIVE)) {
        const caught = archive.catchUp(state, positionOf(session, state.room.id));
        state.readThrough = caught.then(() => void caughtUp.add(state));
      } else {
        caughtUp.add(state);
        state.readThrough = topics.behindHistory(state);
      }
      ignore(state.readThrough, 'the history of a room could not be read; the next joining tries again', session.log);
    },
    left: (state) => {
      caughtUp.delete(state);
      topics.left(state);
      // Whether the room has what it did not give back, nobody can say any more.
      session.outbox.giveUpOn(state.room.id);
    },
  });
  const bookmarks: Bookmarks = undo.use(new Bookmarks(session, { unwanted: (state) => entering.leave(state) }));
  const pings = undo.use(
    selfPing(session, (state, silent) =>
      entering.lost(state, {
        code: silent ? 'server-silent' : 'network',
        text: silent ? 'The room does not answer' : 'The room no longer knew you',
      }),
    ),
  );

  undo.use(session.advertise(NS_MUC));
  undo.use(session.unwrap(NS_ARCHIVE, (result, stanza) => archive.take(result, stanza)));
  undo.use(session.onDidReceivePresence((stanza) => receivePresence(session, entering, stanza)));
  undo.use(
    session.onDidHearRoom((message) => {
      const state = session.rooms.get((bareAddress(message.attribute('from')) ?? '') as RoomId);
      // Of a room we are not in nobody has asked to hear anything.
      if (state === undefined || state.room.status === 'left') return;
      state.heardAt = session.clock.now();
      if (topics.heard(state, message)) return;
      if (isNews(message)) ignore(look(session, state), 'never rejects', session.log);
      hear(session, state, message, caughtUp.has(state));
    }),
  );
  undo.use(session.onDidBegin(() => session.rooms.leaveAll()));
  undo.use(
    session.onDidOpen(() => {
      const known = bookmarks.fetch().finally(() => session.rooms.sayAll());
      ignore(known, 'what is remembered stands', session.log);
    }),
  );
  undo.use(
    session.onDidResume(() => {
      session.rooms.sayAgain();
      pings.askAll();
    }),
  );
  undo.use(
    session.onDidEnd(() => {
      entering.abandon();
      session.rooms.leaveAll();
    }),
  );
  undo.use(session.lend('rooms', facetOf(session, entering, bookmarks, topics)));
  return undo;
};

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0045',
    name: 'Multi-User Chat',
    version: '1.35',
    status: 'partial',
    test: 'test/interop/a-room.test.ts',
    namespaces: [NS_MUC],
    note: 'roles and affiliations are shown and not yet given; private messages go as chats; no registration, no request for voice',
  },
  {
    id: 'XEP-0402',
    name: 'PEP Native Bookmarks',
    version: '1.2.0',
    status: 'complete',
    test: 'test/interop/kept-at-the-server.test.ts',
    namespaces: ['urn:xmpp:bookmarks:1'],
  },
  {
    id: 'XEP-0048',
    name: 'Bookmarks',
    version: '1.2',
    status: 'partial',
    test: 'test/interop/kept-at-the-server.test.ts',
    note: 'read once from private storage (XEP-0049) and brought over',
  },
  {
    id: 'XEP-0410',
    name: 'MUC Self-Ping (Schrödinger’s Chat)',
    version: '1.1.0',
    status: 'complete',
    test: 'test/interop/a-room-that-forgot-us.test.ts',
  },
  {
    id: 'XEP-0421',
    name: 'Occupant identifiers for semi-anonymous MUCs',
    version: '1.0.0',
    status: 'complete',
    test: 'protocols/xmpp/features/rooms/rooms.test.ts',
  },
];

function facetOf(session: Session, entering: Entering, bookmarks: Bookmarks, topics: Topics): RoomsFacet {
  const { rooms: known } = session;
  /** What was never ours leaves nothing behind when it does not let us in. */
  const orForget = async (room: RoomId, joining: Promise<void>): Promise<void> => {
    try {
      await joining;
    } catch (error) {
      const state = known.get(room);
      const lost = asKithError(error).code === 'network';
      if (!lost && state !== undefined && !state.listed && state.room.invitation === undefined) known.remove(room);
      throw error;
    }
  };
  return {
    join: async (room, how) => orForget(room, entering.join(room, how)),
    create: async (room, how, settings) => orForget(room, entering.join(room, how, settings)),
    leave: async (room) => {
      const state = stateOf(session, room);
      entering.leave(state);
      known.change(state, { wanted: false, reason: undefined });
      bookmarks.keep(state);
    },
    forget: async (room) => {
      const state = stateOf(session, room);
      if (state.room.status !== 'left') entering.leave(state);
      if (state.listed) bookmarks.drop(room);
      known.remove(room);
    },
    invite: async (room, contact, text) => invite(session, joinedOf(session, room), contact, text),
    setTopic: (room, topic) => topics.set(joinedOf(session, room), topic),
    setNick: async (room, nick) => {
      const state = joinedOf(session, room);
      await entering.rename(state, nick);
      bookmarks.keep(state);
    },
    configure: async (room, settings) => configure(session, joinedOf(session, room).room.id, settings),
    list: (service, after) => listRooms(session, service, after),
  };
}

function hear(session: Session, state: RoomState, message: Element, mayMove: boolean): void {
  const said = saidInRoom(session, state, message);
  if (said === undefined) return;
  if (said.origin !== undefined && said.nick !== undefined && said.caughtUp !== true)
    state.spoken.said(said.nick, said.origin);
  // The room gave it back: everybody in it has it.
  if (said.direction === 'outgoing') session.outbox.acknowledged(said.id);
  session.facts.say({ type: 'messages-received', messages: [said] });
  if (mayMove) positionOf(session, state.room.id).move(reachedBy(state.room.id, said));
}

/** The room was set up anew: its name may be another, and what it can do. */
function isNews(message: Element): boolean {
  const marks = message.child('x', NS_MUC_USER)?.childrenNamed('status') ?? [];
  const from = message.attribute('from') ?? '';
  return resourceOf(from) === '' && marks.some((mark) => configured.some((code) => code === mark.attribute('code')));
}

/** Throws 'not-found'. */
function stateOf(session: Session, room: RoomId): RoomState {
  const state = session.rooms.get(room);
  if (state === undefined) throw new KithError('not-found', 'This room is not in your list');
  return state;
}

/** Throws 'not-found' and 'not-online'. */
function joinedOf(session: Session, room: RoomId): RoomState {
  const state = stateOf(session, room);
  if (!state.joined) throw new KithError('not-online', 'You are not in this room');
  return state;
}
