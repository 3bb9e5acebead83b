/** The guests of the house: each is given what it needs and no more, behind a fence of its own. */
import { type AsyncDisposable, type Clock, ignore, KithError, type Log } from '../base/index.ts';
import type { Kith, MessagePipeline, PeopleView, Plugin, PluginNeed, Store } from '../contracts/index.ts';
import { bounded } from './bounded.ts';
import { Fence, patience } from './fence.ts';

export interface PluginRooms {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly people: PeopleView;
  readonly pipeline: MessagePipeline;
}

interface Guest {
  readonly fence: Fence;
  readonly undo: AsyncDisposable;
}

export class Plugins implements AsyncDisposable {
  readonly #rooms: PluginRooms;
  readonly #guests = new Map<string, Guest>();

  constructor(rooms: PluginRooms) {
    this.#rooms = rooms;
  }

  /** Lets in those that are wanted. One that cannot begin is logged and stays outside; the others do not notice. */
  async start(plugins: readonly Plugin[]): Promise<void> {
    for (const plugin of plugins) if (this.#wanted(plugin)) await this.#letIn(plugin);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#guests.keys()].map((id) => this.#letOut(id)));
  }

  #wanted({ manifest }: Plugin): boolean {
    const chosen = this.#rooms.store.setting(`plugin/${manifest.id}`);
    return chosen === undefined ? manifest.enabledByDefault : chosen === 'on';
  }

  async #letIn(plugin: Plugin): Promise<void> {
    const { id } = plugin.manifest;
    const log = this.#rooms.log.named(id);
    const fence = new Fence(this.#rooms.clock, log, () => ignore(this.#letOut(id), 'It did not go quietly', log));
    const begun = (async () => plugin.activate(view(plugin, fence, this.#rooms), log))();
    try {
      if (!(await bounded(this.#rooms.clock, patience, begun))) {
        // It may still begin one day; then it is undone at once.
        ignore(
          begun.then((undo) => undo[Symbol.asyncDispose]()),
          'It began too late and badly',
          log,
        );
        throw new KithError('timeout', 'The plugin took too long to begin');
      }
      this.#guests.set(id, { fence, undo: await begun });
    } catch (error) {
      fence.fault(error);
      fence.end();
      log.error('The plugin could not begin');
    }
  }

  async #letOut(id: string): Promise<void> {
    const guest = this.#guests.get(id);
    if (guest === undefined) return;
    this.#guests.delete(id);
    guest.fence.end();
    try {
      await guest.undo[Symbol.asyncDispose]();
    } catch (error) {
      guest.fence.fault(error);
    }
  }
}

/** The house as this plugin sees it. What it did not say it needs throws 'permission-denied' when touched. */
function view({ manifest }: Plugin, fence: Fence, rooms: PluginRooms): Kith {
  const granted = <T>(need: PluginNeed, given: T): T => {
    if (manifest.needs.includes(need)) return given;
    throw new KithError('permission-denied', `${manifest.displayName} did not say that it needs ${need}`);
  };
  const people = fencedPeople(rooms.people, fence);
  const pipeline = fencedPipeline(rooms.pipeline, fence);
  return {
    get people() {
      return granted('people', people);
    },
    get pipeline() {
      return granted('message-pipeline', pipeline);
    },
  };
}

function fencedPeople(people: PeopleView, fence: Fence): PeopleView {
  return {
    byAddressBookUid: (uid) => people.byAddressBookUid(uid),
    byContact: (key) => people.byContact(key),
    presenceOf: (id) => people.presenceOf(id),
    onDidChangePresence: (listener) =>
      people.onDidChangePresence((value) => void fence.run(undefined, () => listener(value))),
  };
}

/** A stage that fails lets the message through as it came: a plugin's fault never costs a message. */
function fencedPipeline(pipeline: MessagePipeline, fence: Fence): MessagePipeline {
  return {
    add: (stage) =>
      pipeline.add({
        ...stage,
        run: (message) => fence.run<typeof message | undefined>(message, () => stage.run(message)),
      }),
  };
}
