/** XEP-0402: the rooms of this account, kept at its server, so that all its devices go to the same. What older ways hold is brought over once. */
import { asKithError, type Disposable, DisposableStack, ignore } from '../../../../src/base/index.ts';
import type { RoomId } from '../../../../src/domain/index.ts';
import { fromAccount } from '../../address.ts';
import type { RoomState } from '../../rooms.ts';
import type { Session } from '../../session.ts';
import { type Element, xml } from '../../stream/element.ts';
import { amongOurDevices, publish, publishedByUs } from '../personal-events.ts';
import {
  type Bookmark,
  NS_BOOKMARKS,
  NS_OLD_BOOKMARKS,
  readBookmark,
  readOldBookmarks,
  writeBookmark,
} from './bookmark.ts';
import { ownNick } from './entering.ts';

const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
const NS_PUBSUB_EVENT = 'http://jabber.org/protocol/pubsub#event';
const NS_PRIVATE = 'jabber:iq:private';

/** Under this key: that the older bookmarks were brought over. */
const convertedKey = 'bookmarks-converted';

export interface BookmarksDuties {
  /** Another of our devices went there, or does not want to be there any more. */
  unwanted(state: RoomState): void;
}

export class Bookmarks implements Disposable {
  readonly #session: Session;
  readonly #duties: BookmarksDuties;
  readonly #undo = new DisposableStack();

  constructor(session: Session, duties: BookmarksDuties) {
    this.#session = session;
    this.#duties = duties;
    this.#undo.use(session.advertise(`${NS_BOOKMARKS}+notify`));
    this.#undo.use(session.unwrap(NS_PUBSUB_EVENT, (event, stanza) => this.#pushed(event, stanza)));
  }

  /** Reads what the server keeps. Where it keeps none, what is remembered here stands. */
  async fetch(): Promise<void> {
    const kept = await this.#kept();
    const old = this.#session.memory.get(convertedKey) === 'yes' ? [] : await this.#old();
    if (kept === undefined && old === undefined) return;
    const known = new Set(kept?.map(({ room }) => room));
    const further = (old ?? []).filter(({ room }) => !known.has(room));
    const all = [...(kept ?? []), ...further];
    const listed = new Set(all.map(({ room }) => room));
    for (const state of this.#session.rooms.all()) {
      if (state.listed && !listed.has(state.room.id) && state.room.status === 'left')
        this.#session.rooms.remove(state.room.id);
    }
    for (const bookmark of all) this.#take(bookmark);
    if (kept === undefined || old === undefined) return;
    // Servers that convert by themselves (XEP-0402 section 6) hold both in step, and nothing further is found.
    for (const bookmark of further) await this.#publish(bookmark);
    this.#session.memory.set(convertedKey, 'yes');
  }

  /** Writes how it now stands with a room. A server that keeps no bookmarks costs only that. */
  keep(state: RoomState): void {
    state.listed = true;
    const { id, name, nick, wanted } = state.room;
    const bookmark = { room: id, name, nick, password: state.password, autojoin: wanted };
    ignore(this.#publish(bookmark), 'a server may keep no bookmarks', this.#session.log);
  }

  drop(room: RoomId): void {
    const retract = xml(
      'retract',
      NS_PUBSUB,
      { node: NS_BOOKMARKS, notify: 'true' },
      xml('item', NS_PUBSUB, { id: room }),
    );
    const done = this.#session.request({ type: 'set', payload: xml('pubsub', NS_PUBSUB, {}, retract) });
    ignore(done, 'there may be no such bookmark', this.#session.log);
  }

  [Symbol.dispose](): void {
    this.#undo[Symbol.dispose]();
  }

  /** Undefined when the server cannot say. */
  async #kept(): Promise<readonly Bookmark[] | undefined> {
    try {
      const items = await publishedByUs(this.#session, NS_BOOKMARKS);
      return items.flatMap(({ id, payload }) => (payload === undefined ? [] : (readBookmark(id, payload) ?? [])));
    } catch {
      return undefined;
    }
  }

  async #old(): Promise<readonly Bookmark[] | undefined> {
    const payload = xml('query', NS_PRIVATE, {}, xml('storage', NS_OLD_BOOKMARKS));
    try {
      const answer = await this.#session.request({ type: 'get', payload });
      return readOldBookmarks(answer.child('query', NS_PRIVATE)?.child('storage', NS_OLD_BOOKMARKS));
    } catch (error) {
      const { code } = asKithError(error);
      return code === 'not-supported' || code === 'not-found' ? [] : undefined;
    }
  }

  #take({ room, name, nick, password, autojoin }: Bookmark): RoomState {
    const { rooms } = this.#session;
    const state = rooms.know(room, nick ?? ownNick(this.#session));
    state.listed = true;
    if (password !== undefined) state.password = password;
    rooms.change(state, {
      name: state.room.name === '' ? name : state.room.name,
      wanted: autojoin,
      ...(nick === undefined || state.room.status !== 'left' ? {} : { nick }),
    });
    return state;
  }

  async #publish(bookmark: Bookmark): Promise<void> {
    await publish(this.#session, NS_BOOKMARKS, bookmark.room, writeBookmark(bookmark), amongOurDevices);
  }

  /** Only our own account's word counts: else anybody could send us into a room. */
  #pushed(event: Element, stanza: Element): boolean {
    const items = event.child('items');
    if (items?.attribute('node') !== NS_BOOKMARKS) return false;
    if (!fromAccount(stanza.attribute('from'), this.#session.self)) return true;
    for (const item of items.childrenNamed('item')) {
      const bookmark = readItem(item);
      if (bookmark === undefined) continue;
      const state = this.#take(bookmark);
      if (!bookmark.autojoin && state.room.status !== 'left') this.#duties.unwanted(state);
    }
    for (const item of items.childrenNamed('retract')) {
      const state = this.#session.rooms.get((item.attribute('id') ?? '') as RoomId);
      if (state === undefined) continue;
      if (state.room.status !== 'left') this.#duties.unwanted(state);
      this.#session.rooms.remove(state.room.id);
    }
    return true;
  }
}

const readItem = (item: Element): Bookmark | undefined =>
  readBookmark(item.attribute('id'), item.child('conference', NS_BOOKMARKS));
