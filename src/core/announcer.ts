/** What the house tells its readers: everything of one loop turn as one numbered change. */
import { afterThisTurn, type Disposable, Emitter, type Event, type Log } from '../base/index.ts';
import type { HouseChange, HouseEvent } from '../contracts/index.ts';
import type { AccountId, ContactId, Message, MessageId, Presence } from '../domain/index.ts';

/** Asked at the end of a turn for what has changed meanwhile; each change then costs once, however often it happened. */
export type Source = () => readonly HouseEvent[];

export class Announcer implements Disposable {
  readonly #changes: Emitter<HouseChange>;
  readonly #sources: Source[] = [];
  #events: HouseEvent[] = [];
  #presences: { readonly account: AccountId; readonly list: (readonly [ContactId, Presence])[] } | undefined;
  readonly #changed = new Map<MessageId, Message>();
  readonly #removed = new Set<MessageId>();
  #revision = 0;
  #waiting = false;
  #ended = false;

  constructor(log: Log) {
    this.#changes = new Emitter((error) => log.error('A reader of the house threw', { error: String(error) }));
  }

  get onDidChange(): Event<HouseChange> {
    return this.#changes.event;
  }

  /** How many changes were told so far. */
  get revision(): number {
    return this.#revision;
  }

  addSource(source: Source): void {
    this.#sources.push(source);
  }

  say(event: HouseEvent): void {
    this.#add(event);
    this.wake();
  }

  /** A source has something to say at the end of this turn. */
  wake(): void {
    if (this.#waiting || this.#ended) return;
    this.#waiting = true;
    afterThisTurn(() => {
      this.#waiting = false;
      this.flush();
    });
  }

  /** Tells at once what has gathered. A snapshot needs it, else its reader would hear again what it has already seen. */
  flush(): void {
    if (this.#ended) return;
    if (this.#changed.size + this.#removed.size > 0) {
      this.#events.push({
        type: 'messages-changed',
        changed: [...this.#changed.values()],
        removed: [...this.#removed],
      });
      this.#changed.clear();
      this.#removed.clear();
    }
    for (const source of this.#sources) this.#events.push(...source());
    this.#presences = undefined;
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#revision += 1;
    this.#changes.fire({ revision: this.#revision, events });
  }

  /** Tells what is left, then falls silent. */
  [Symbol.dispose](): void {
    this.flush();
    this.#ended = true;
    this.#changes[Symbol.dispose]();
  }

  #add(event: HouseEvent): void {
    if (event.type === 'messages-changed') return this.#addMessages(event.changed, event.removed);
    if (event.type === 'connection-changed' && event.event.type === 'presences-changed') {
      return this.#addPresences(event.account, event.event.presences);
    }
    this.#presences = undefined;
    this.#events.push(event);
  }

  #addMessages(changed: readonly Message[], removed: readonly MessageId[]): void {
    for (const message of changed) this.#changed.set(message.id, message);
    for (const id of removed) {
      this.#changed.delete(id);
      this.#removed.add(id);
    }
  }

  /** A server sends ten thousand presences one by one; a reader gets them as one event. */
  #addPresences(account: AccountId, presences: readonly (readonly [ContactId, Presence])[]): void {
    if (this.#presences?.account === account) {
      for (const presence of presences) this.#presences.list.push(presence);
      return;
    }
    const list = [...presences];
    this.#presences = { account, list };
    this.#events.push({ type: 'connection-changed', account, event: { type: 'presences-changed', presences: list } });
  }
}
