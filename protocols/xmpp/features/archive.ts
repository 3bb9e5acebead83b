/** XEP-0313: what was said while we were away is fetched on connecting; what is older, when someone scrolls there. */
import { asKithError, DisposableStack, KithError } from '../../../src/base/index.ts';
import type { ArchivePage } from '../../../src/contracts/index.ts';
import type { ContactId, Message } from '../../../src/domain/index.ts';
import type { Heard } from '../heard.ts';
import { said } from '../said.ts';
import { NS_ARCHIVE } from '../server-abilities.ts';
import type { Feature, Session } from '../session.ts';
import { ArchiveGaps } from './archive-gaps.ts';
import { ArchivePosition } from './archive-position.ts';
import { type ArchiveAnswer, ArchiveQueries } from './archive-query.ts';
import { catchUp, fillGaps } from './archive-sync.ts';
import { recipientOf } from './messages.ts';
import { markerIn } from './read-markers.ts';
import { receiptIn } from './receipts.ts';
import { RoomArchive } from './rooms/history.ts';
import type { Standard } from '../standard.ts';

/** As many pages of the archive are read for one of ours. */
const mostPages = 10;

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0313',
    name: 'Message Archive Management',
    version: '1.1.0',
    status: 'complete',
    test: 'test/interop/two-people-talk.test.ts',
  },
  {
    id: 'XEP-0059',
    name: 'Result Set Management',
    version: '1.0',
    status: 'partial',
    test: 'test/interop/two-people-talk.test.ts',
    note: 'as the archive needs it',
  },
];

export const archive: Feature = (session) => {
  const undo = new DisposableStack();
  const queries = new ArchiveQueries(session);
  const position = new ArchivePosition(session);
  const roomArchive = new RoomArchive(session);
  const parts = { session, queries, position, gaps: new ArchiveGaps(session) };
  // Until the newest is here, a live message must not move the position past what is missing and not known to be.
  let caughtUp = false;
  let letGo = (): void => {};
  /** Over when nothing is missing any more, or the server will not say: it may take several sessions. */
  let reading = new Reading();
  let closed = false;
  /** Sessions so far. */
  let begun = 0;
  let syncing: Promise<void> | 'broken' | undefined;

  const sync = async (): Promise<void> => {
    const present = begun;
    const goesOn = (): boolean => present === begun;
    try {
      await catchUp(parts);
      if (!goesOn()) return;
      caughtUp = true;
      letGo();
      await fillGaps(parts, goesOn);
      if (goesOn()) reading.end();
    } catch (error) {
      session.log.info('the archive could not be read to its end', { code: asKithError(error).code });
      if (!goesOn()) return;
      // What is held back then waits for the next socket, or is forgotten with the session.
      if (asKithError(error).code === 'not-online') syncing = 'broken';
      else letGo();
      if (!isLoss(error)) reading.end();
    }
  };

  undo.use(session.unwrap(NS_ARCHIVE, (result, stanza) => roomArchive.take(result, stanza)));
  undo.use(session.unwrap(NS_ARCHIVE, (result, stanza) => queries.take(result, stanza)));
  undo.use(
    session.onDidBegin(() => {
      caughtUp = false;
      begun += 1;
      // What was said before stands above what comes now: it is heard first.
      const caught = new Promise<void>((resolve) => (letGo = resolve));
      if (reading.isOver) reading = new Reading();
      if (session.server.has(NS_ARCHIVE)) session.holdMessages(caught);
    }),
  );
  undo.use(
    session.onDidOpen(() => {
      syncing = sync();
    }),
  );
  undo.use(
    session.onDidResume(() => {
      // The socket may have broken just where the next page was to be asked for.
      if (syncing === 'broken') syncing = sync();
    }),
  );
  undo.use(
    session.onDidHear(({ archive: id, at, via }) => {
      if (caughtUp && via !== 'archive' && id !== undefined) position.move({ id, at });
    }),
  );
  undo.defer(() => {
    closed = true;
    reading.end();
  });
  undo.use(
    session.lend('archive', {
      page: (target, before, limit) =>
        target.kind === 'room'
          ? roomArchive.page(target.room, before, limit)
          : older(session, queries, recipientOf({ target }), before, limit),
      readThrough: async (target) => {
        if (target.kind === 'contact') await reading.over();
        else
          await session.rooms.get(target.room)?.readThrough.catch((error: unknown) => {
            if (isLoss(error)) throw error;
          });
        if (closed) throw new KithError('not-online', 'The account was closed before its archive was read');
        await new Promise<void>((resolve) => session.facts.whenStored(resolve));
      },
    }),
  );
  return undo;
};

/** One reading of the archive to its end, however often it is interrupted. */
class Reading {
  readonly #over: Promise<void>;
  #end = (): void => {};
  isOver = false;

  constructor() {
    this.#over = new Promise((resolve) => (this.#end = resolve));
  }

  over(): Promise<void> {
    return this.#over;
  }

  end(): void {
    this.isOver = true;
    this.#end();
  }
}

/** Nobody refused: the session went before the answer came. */
function isLoss(error: unknown): boolean {
  const { code } = asKithError(error);
  return code === 'not-online' || code === 'network';
}

/**
 * Older messages for who asks; nothing is said as a fact. The archive counts receipts and markers in its pages, so
 * several may be read for one.
 */
async function older(
  session: Session,
  queries: ArchiveQueries,
  contact: ContactId,
  before: string | undefined,
  limit: number,
): Promise<ArchivePage> {
  let heard: readonly Heard[] = [];
  let end = before ?? '';
  for (let read = 1; ; read += 1) {
    const page: Heard[] = [];
    const answer: ReturnType<typeof nothing> = await queries
      .ask({ with: contact, before: end, max: limit }, (one) => one.peer === contact && page.push(one))
      .catch((error: unknown) => nothing(asKithError(error)));
    heard = [...page, ...heard];
    const messages = readPage(session, heard);
    const complete = answer.complete || answer.first === undefined;
    if (answer.absent === true) return { messages, complete, absent: true };
    if (messages.length >= limit || complete || read === mostPages)
      return { messages: messages.slice(-limit), complete: complete && messages.length <= limit };
    end = answer.first ?? '';
  }
}

/** No archive, or none that goes back that far. */
function nothing(error: KithError): ArchiveAnswer & { readonly absent?: true } {
  const end = { complete: true, first: undefined, last: undefined };
  if (error.code === 'not-supported') return { ...end, absent: true };
  if (error.code !== 'not-found') throw error;
  return end;
}

/** Receipts and markers among them are told by what they confirm. */
function readPage(session: Session, page: readonly Heard[]): readonly Message[] {
  const messages: Message[] = [];
  /** Where ours stand, by the id that a receipt names. */
  const ours = new Map<string, number>();
  for (const heard of page) {
    const message = said(heard, session.account, session.self);
    if (message !== undefined) {
      if (message.direction === 'outgoing' && message.origin !== undefined) ours.set(message.origin, messages.length);
      messages.push(message);
    }
    if (heard.direction === 'outgoing') continue;
    const marked = markerIn(heard.message);
    const at = ours.get(receiptIn(heard.message) ?? marked?.id ?? '');
    const confirmed = at === undefined ? undefined : messages[at];
    if (at === undefined || confirmed === undefined) continue;
    const state = marked?.state === 'read' || confirmed.delivery?.state === 'read' ? 'read' : 'delivered';
    messages[at] = { ...confirmed, delivery: { state, at: heard.at } };
  }
  return messages;
}
