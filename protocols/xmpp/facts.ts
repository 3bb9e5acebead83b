/** What the connection says upwards: in order, gathered once per turn of the loop, tied to the stanzas that caused it. */
import type {
  ConnectionEvent,
  Contact,
  ContactId,
  Message,
  Occupant,
  Presence,
  RoomId,
} from '../../src/domain/index.ts';
import type { Handled, Release } from './handled.ts';

/** A fact not yet said. Those that come in floods grow in place instead of queueing one by one. */
type Gathered =
  | { readonly type: 'contacts'; readonly changed: Map<ContactId, Contact>; readonly removed: Set<ContactId> }
  | { readonly type: 'presences'; readonly presences: Map<ContactId, Presence> }
  | { readonly type: 'messages' | 'earlier messages'; readonly messages: Message[] }
  | {
      readonly type: 'occupants';
      readonly room: RoomId;
      readonly changed: Map<string, Occupant>;
      readonly removed: Set<string>;
    }
  | { readonly type: 'other'; readonly event: ConnectionEvent };

interface Pending {
  readonly gathered: Gathered;
  readonly releases: Release[];
  readonly afterwards: (() => void)[];
}

/** Presences that arrive in one read of the socket go out as one event; so do contacts and messages. Nothing overtakes. */
export class Facts {
  readonly #emit: (event: ConnectionEvent) => number;
  readonly #handled: Handled;
  readonly #stumbled: (error: unknown) => void;
  readonly #queue: Pending[] = [];
  readonly #afterwards: { readonly revision: number; readonly run: () => void }[] = [];
  #revision = 0;
  #stored = 0;
  #scheduled = false;

  /** `stumbled` is told of what waited for the disk and then could not be done, for instance because nobody is online any more. */
  constructor(emit: (event: ConnectionEvent) => number, handled: Handled, stumbled: (error: unknown) => void) {
    this.#emit = emit;
    this.#handled = handled;
    this.#stumbled = stumbled;
  }

  say(event: ConnectionEvent): void {
    switch (event.type) {
      case 'contacts-changed':
        return this.#contacts(event.changed, event.removed);
      case 'presences-changed':
        return this.#presences(event.presences);
      case 'messages-received':
        return this.#messages(event.earlier === true ? 'earlier messages' : 'messages', event.messages);
      case 'occupants-changed':
        return this.#occupants(event.room, event.changed, event.removed);
      default:
        this.#pending({ type: 'other', event });
    }
  }

  /** For what cannot wait for the end of the turn, with everything said before it. */
  sayNow(event: ConnectionEvent): void {
    this.say(event);
    this.flush();
  }

  /** Runs when all that was said so far is on disk; at once when it is. */
  whenStored(run: () => void): void {
    const last = this.#queue.at(-1);
    if (last !== undefined) last.afterwards.push(run);
    else if (this.#revision <= this.#stored) this.#run(run);
    else this.#afterwards.push({ revision: this.#revision, run });
  }

  stored(revision: number): void {
    this.#stored = Math.max(this.#stored, revision);
    this.#handled.stored(this.#stored);
    const first = this.#afterwards.findIndex((one) => one.revision > this.#stored);
    for (const { run } of this.#afterwards.splice(0, first === -1 ? this.#afterwards.length : first)) this.#run(run);
  }

  flush(): void {
    for (const { gathered, releases, afterwards } of this.#queue.splice(0)) {
      const revision = this.#emit(asEvent(gathered));
      this.#revision = revision;
      for (const release of releases) release(revision);
      for (const run of afterwards) {
        // Whoever heard the fact may have stored it before `emit` returned.
        if (revision <= this.#stored) this.#run(run);
        else this.#afterwards.push({ revision, run });
      }
    }
  }

  /** One that stumbles keeps nobody else from what they waited for. */
  #run(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#stumbled(error);
    }
  }

  #contacts(changed: readonly Contact[], removed: readonly ContactId[]): void {
    const gathered =
      this.#open('contacts') ?? this.#pending({ type: 'contacts', changed: new Map(), removed: new Set() });
    for (const contact of changed) {
      gathered.changed.set(contact.id, contact);
      gathered.removed.delete(contact.id);
    }
    for (const id of removed) {
      gathered.changed.delete(id);
      gathered.removed.add(id);
    }
  }

  #presences(presences: readonly (readonly [ContactId, Presence])[]): void {
    const gathered = this.#open('presences') ?? this.#pending({ type: 'presences', presences: new Map() });
    for (const [id, presence] of presences) gathered.presences.set(id, presence);
  }

  #messages(type: 'messages' | 'earlier messages', messages: readonly Message[]): void {
    const gathered = this.#open(type) ?? this.#pending({ type, messages: [] });
    gathered.messages.push(...messages);
  }

  #occupants(room: RoomId, changed: readonly Occupant[], removed: readonly string[]): void {
    const last = this.#queue.at(-1)?.gathered;
    const same = last?.type === 'occupants' && last.room === room ? this.#open('occupants') : undefined;
    const gathered = same ?? this.#pending({ type: 'occupants', room, changed: new Map(), removed: new Set() });
    for (const nick of removed) {
      gathered.changed.delete(nick);
      gathered.removed.add(nick);
    }
    for (const occupant of changed) {
      gathered.changed.set(occupant.nick, occupant);
      gathered.removed.delete(occupant.nick);
    }
  }

  /** The newest pending fact, if it is of this type and can take more; it is then also the doing of the present stanza. */
  #open<T extends Gathered['type']>(type: T): Extract<Gathered, { type: T }> | undefined {
    const last = this.#queue.at(-1);
    if (last?.gathered.type !== type) return undefined;
    last.releases.push(this.#handled.hold());
    return last.gathered as Extract<Gathered, { type: T }>;
  }

  #pending<G extends Gathered>(gathered: G): G {
    this.#queue.push({ gathered, releases: [this.#handled.hold()], afterwards: [] });
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.flush();
      });
    }
    return gathered;
  }
}

function asEvent(gathered: Gathered): ConnectionEvent {
  switch (gathered.type) {
    case 'contacts':
      return { type: 'contacts-changed', changed: [...gathered.changed.values()], removed: [...gathered.removed] };
    case 'presences':
      return { type: 'presences-changed', presences: [...gathered.presences] };
    case 'messages':
      return { type: 'messages-received', messages: gathered.messages };
    case 'earlier messages':
      return { type: 'messages-received', messages: gathered.messages, earlier: true };
    case 'occupants':
      return {
        type: 'occupants-changed',
        room: gathered.room,
        changed: [...gathered.changed.values()],
        removed: [...gathered.removed],
      };
    case 'other':
      return gathered.event;
  }
}
