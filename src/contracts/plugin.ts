/** What a plugin is given. It gets only what it `needs`; the rest throws 'permission-denied' when touched. */
import type { AsyncDisposable, Disposable, Event, Log } from '../base/index.ts';
import type { AddressBookUid, ContactKey, Message, Person, PersonId, Presence } from '../domain/index.ts';

export type PluginNeed = 'people' | 'message-pipeline';

export interface PluginManifest {
  readonly id: string;
  readonly contract: 1;
  readonly displayName: string;
  readonly enabledByDefault: boolean;
  readonly needs: readonly PluginNeed[];
}

/** What `activate` returns is all there is to undo. */
export interface Plugin {
  readonly manifest: PluginManifest;
  activate(kith: Kith, log: Log): Promise<AsyncDisposable>;
}

/** The house as its guests see it: read models, past-tense events, async commands. */
export interface Kith {
  readonly people: PeopleView;
  readonly pipeline: MessagePipeline;
}

export interface PeopleView {
  byAddressBookUid(uid: AddressBookUid): Person | undefined;
  byContact(key: ContactKey): Person | undefined;
  presenceOf(id: PersonId): Presence;
  readonly onDidChangePresence: Event<{ readonly person: PersonId; readonly presence: Presence }>;
}

/**
 * The order in which a message, either direction, passes. 'deduplicate' and 'store' belong to the house.
 * A stage may return nothing: the message ends there.
 */
export type PipelineStage = 'transform' | 'decorate' | 'announce';

export interface MessagePipeline {
  add(stage: Stage): Disposable;
}

export interface Stage {
  readonly id: string;
  readonly at: PipelineStage;
  run(message: Message): Message | undefined | Promise<Message | undefined>;
}
