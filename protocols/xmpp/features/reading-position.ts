/** XEP-0490: how far we have read, told to our other devices and to nobody else, and heard from them. */
import { DisposableStack, ignore } from '../../../src/base/index.ts';
import { type ContactId, type ConversationTarget, type RoomId, targetAddress } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import { NS_IDS } from '../heard.ts';
import { NS_PUBLISH_OPTIONS } from '../server-abilities.ts';
import type { Feature, Session } from '../session.ts';
import type { Standard } from '../standard.ts';
import { type Element, xml } from '../stream/element.ts';
import { amongOurDevices, type Published, publishedByUs, publish, watch } from './personal-events.ts';
import { idInRoom, roomArchiveId } from './rooms/talk.ts';

const NS_POSITION = 'urn:xmpp:mds:displayed:0';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0490',
    name: 'Message Displayed Synchronization',
    version: '1.0.1',
    status: 'complete',
    test: 'protocols/xmpp/features/reading-position.test.ts',
    namespaces: [NS_POSITION],
    note: 'published by us, also where the server would help',
  },
];

export const readingPosition: Feature = (session) => {
  const undo = new DisposableStack();
  /** By item: what is still to be published, while the one before it is on its way. */
  const waiting = new Map<string, Element | undefined>();

  const tell = async (id: string, position: Element): Promise<void> => {
    if (waiting.has(id)) return void waiting.set(id, position);
    waiting.set(id, undefined);
    try {
      for (let next: Element | undefined = position; next !== undefined; next = waiting.get(id)) {
        waiting.set(id, undefined);
        await publish(session, NS_POSITION, id, next, amongOurDevices);
      }
    } finally {
      waiting.delete(id);
    }
  };

  undo.use(watch(session, NS_POSITION, (published) => hear(session, published)));
  undo.use(
    session.onDidOpen(() => {
      const known = publishedByUs(session, NS_POSITION).then((all) => {
        for (const published of all) hear(session, published);
      });
      ignore(known, 'a server may keep nothing', session.log);
    }),
  );
  undo.use(
    session.lend('readingPosition', {
      reached: async (target, archive) => {
        // Without them others might read when we read; without its marks an id says nothing elsewhere.
        if (!session.server.has(NS_PUBLISH_OPTIONS) || !session.server.marksMessages) return;
        const mark = markOf(session, target, archive);
        if (mark === undefined) return;
        await tell(targetAddress(target), xml('displayed', NS_POSITION, {}, xml('stanza-id', NS_IDS, mark)));
      },
    }),
  );
  return undo;
};

/** In a room the room's own id, elsewhere that of our server; undefined for an id that is neither. */
function markOf(
  session: Session,
  target: ConversationTarget,
  archive: string,
): { readonly by: string; readonly id: string } | undefined {
  if (target.kind === 'contact') return { by: session.self, id: archive };
  const id = idInRoom(target.room, archive);
  return id === undefined ? undefined : { by: target.room, id };
}

/** Only our own account speaks of what we have read. Whether it is further than we know is for who keeps the messages. */
function hear(session: Session, { from, id, payload }: Published): void {
  if (from !== session.self || payload?.name !== 'displayed' || payload.xmlns !== NS_POSITION) return;
  const mark = payload.child('stanza-id', NS_IDS);
  const by = bareAddress(mark?.attribute('by'));
  const archive = mark?.attribute('id');
  if (by === undefined || archive === undefined || bareAddress(id) === undefined) return;
  if (by === session.self) {
    session.facts.say({ type: 'read-elsewhere', target: { kind: 'contact', contact: id as ContactId }, archive });
  } else if (by === id) {
    const room = id as RoomId;
    session.facts.say({
      type: 'read-elsewhere',
      target: { kind: 'room', room },
      archive: roomArchiveId(room, archive),
    });
  }
}
