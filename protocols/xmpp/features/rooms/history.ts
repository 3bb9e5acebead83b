/** What was said in a room while we were away: from its archive (XEP-0313 on the room), or what it sends on entering (XEP-0045 section 7.2.14). */
import { asKithError, type Instant, newId } from '../../../../src/base/index.ts';
import type { ArchivePage } from '../../../../src/contracts/index.ts';
import type { Message, RoomId } from '../../../../src/domain/index.ts';
import { bareAddress } from '../../address.ts';
import { forwarded } from '../../heard.ts';
import type { RoomState } from '../../rooms.ts';
import { NS_ARCHIVE } from '../../server-abilities.ts';
import type { Session } from '../../session.ts';
import { type Element, xml } from '../../stream/element.ts';
import { type ArchiveAnswer, type ArchiveAsk, archiveAnswer, archiveQuery } from '../archive-query.ts';
import { ArchivePosition } from '../archive-position.ts';
import { NS_MUC } from './namespaces.ts';
import { idInRoom, saidInRoom } from './talk.ts';

/** The very first time: enough to see what is being talked of. */
const firstTime = 50;
const pageSize = 100;
/** Pages of one catching up; a room that says each time that there is more must not hold us for ever. */
const mostPages = 200;
const mostRead = 10;

type Each = (message: Element, kept: { readonly archive: string; readonly at?: Instant }) => void;

/** Questions to the archives of rooms. An answer to none of them, or from another than was asked, is nobody's. */
export class RoomArchive {
  readonly #session: Session;
  readonly #open = new Map<string, { readonly room: RoomId; readonly each: Each }>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** False when it answers no question of ours. */
  take(result: Element, stanza: Element): boolean {
    const open = this.#open.get(result.attribute('queryid') ?? '');
    if (result.name !== 'result' || open === undefined) return false;
    const inside = forwarded(result);
    const archive = result.attribute('id');
    if (stanza.attribute('from') !== open.room || inside === undefined || archive === undefined) return true;
    if ((bareAddress(inside.message.attribute('from')) ?? '') !== (open.room as string)) return true;
    open.each(inside.message, { archive, ...(inside.at === undefined ? {} : { at: inside.at }) });
    return true;
  }

  /** Up to `limit` messages older than `before`; nothing is said as a fact. */
  async page(room: RoomId, before: string | undefined, limit: number): Promise<ArchivePage> {
    const state = this.#session.rooms.get(room);
    if (state === undefined || !state.features.has(NS_ARCHIVE))
      return { messages: [], complete: state?.joined === true };
    let messages: readonly Message[] = [];
    let end = before === undefined ? '' : (idInRoom(room, before) ?? '');
    for (let read = 1; ; read += 1) {
      const page: Message[] = [];
      const answer = await this.#ask(room, { before: end, max: limit }, (message, kept) => {
        const said = saidInRoom(this.#session, state, message, kept);
        if (said !== undefined) page.push(said);
      });
      messages = [...page, ...messages];
      const complete = answer.complete || answer.first === undefined;
      if (messages.length >= limit || complete || read === mostRead)
        return { messages: messages.slice(-limit), complete: complete && messages.length <= limit };
      end = answer.first ?? '';
    }
  }

  /** Everything since we were last there, as facts. Moves the position as it goes, so that a break costs no page twice. */
  async catchUp(state: RoomState, position: ArchivePosition): Promise<void> {
    let from = position.read();
    for (let page = 0; page < mostPages && state.joined; page += 1) {
      const ask: ArchiveAsk = from === undefined ? { before: '', max: firstTime } : { after: from.id, max: pageSize };
      let at: Instant = from?.at ?? 0;
      const each: Each = (message, kept) => {
        at = kept.at ?? at;
        const said = saidInRoom(this.#session, state, message, kept);
        if (said !== undefined) this.#session.facts.say({ type: 'messages-received', messages: [said] });
      };
      const answer = await this.#sinceOrLater(state.room.id, ask, from?.at, each);
      if (answer.last === undefined || answer.last === from?.id) return;
      const reached = { id: answer.last, at };
      position.move(reached);
      if (answer.complete || from === undefined) return;
      from = reached;
    }
  }

  async #sinceOrLater(room: RoomId, ask: ArchiveAsk, at: Instant | undefined, each: Each): Promise<ArchiveAnswer> {
    try {
      return await this.#ask(room, ask, each);
    } catch (error) {
      // The room no longer keeps the message we stopped at: what it still has since that moment will do.
      if (asKithError(error).code !== 'not-found' || at === undefined) throw error;
      return this.#ask(room, { start: new Date(at).toISOString(), max: pageSize }, each);
    }
  }

  async #ask(room: RoomId, asked: ArchiveAsk, each: Each): Promise<ArchiveAnswer> {
    const id = newId();
    this.#open.set(id, { room, each });
    try {
      const payload = archiveQuery(id, asked);
      return archiveAnswer(await this.#session.request({ type: 'set', to: room, payload, patience: 120_000 }));
    } finally {
      this.#open.delete(id);
    }
  }
}

/** Of a room that keeps an archive nothing, for that is asked; of another what was said since we last heard something. */
export function historyWanted(session: Session, state: RoomState): Element {
  if (state.features.has(NS_ARCHIVE)) return xml('history', NS_MUC, { maxstanzas: '0' });
  const last = positionOf(session, state.room.id).read();
  if (last === undefined) return xml('history', NS_MUC, { maxstanzas: String(firstTime) });
  return xml('history', NS_MUC, { since: new Date(last.at).toISOString() });
}

export function positionOf(session: Session, room: RoomId): ArchivePosition {
  return new ArchivePosition(session, `room/${room}`);
}

/** Where a live message moves the position to; a room without ids is known by the moment alone. */
export function reachedBy(room: RoomId, message: Message): { readonly id: string; readonly at: Instant } {
  const id = message.archive === undefined ? undefined : idInRoom(room, message.archive);
  return { id: id ?? '-', at: message.at };
}
