/** The house as its doors see it: asked, looked at, listened to, and ended. */
import { asKithError, AsyncDisposableStack, Emitter, ignore, KithError } from '../base/index.ts';
import type { BridgeCalls, BridgeVerb, House, HouseSnapshot } from '../contracts/index.ts';
import { bounded } from './bounded.ts';
import { isDemo } from './demo.ts';
import type { HouseOptions } from './house-options.ts';
import { furnish, type Rooms } from './rooms.ts';
import { verbs } from './verbs.ts';

/** What ending the protocols themselves may take, in milliseconds, after the sessions have ended. */
const hostsEndWithin = 300;

/** Resolves when the house can be asked. The accounts that are wanted are then on their way, not necessarily there. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { log, plugins = [], demo = { accounts: [] } } = options;
  const rooms = furnish(options);
  const wantsQuit = new Emitter<void>((error) => log.error('A listener to the quit threw', { error: String(error) }));
  const ending = endingOf(rooms, wantsQuit, options);
  const snapshot = (): HouseSnapshot => snapshotOf(rooms, options);
  const answers = verbs({ ...rooms, demo: demo.accounts, snapshot, quit: () => wantsQuit.fire() });

  await rooms.plugins.start(plugins);
  rooms.drafts.start();
  rooms.accounts.start(options.connectAfter);
  ignore(options.files.tidy(options.store.heldFiles()), 'what is left over takes room and nothing else', log);

  let open = true;
  return {
    snapshot,
    picture: (avatar) => (open ? rooms.pictures.find(avatar) : Promise.resolve(undefined)),
    shownFile: (message) => (open ? rooms.files.shown(message) : Promise.resolve(undefined)),
    async takeFile(bytes) {
      if (!open) throw new KithError('cancelled', 'Kith has ended');
      return rooms.uploads.take(bytes);
    },
    onDidChange: rooms.announcer.onDidChange,
    onDidWantQuit: wantsQuit.event,
    async ask<V extends BridgeVerb>(verb: V, input: BridgeCalls[V]['in']): Promise<BridgeCalls[V]['out']> {
      if (!open) throw new KithError('cancelled', 'Kith has ended');
      if (!Object.hasOwn(answers, verb)) throw new KithError('not-supported', 'This is not a question Kith knows');
      try {
        return ((await answers[verb](input)) ?? null) as BridgeCalls[V]['out'];
      } catch (error) {
        throw asKithError(error);
      }
    },
    async [Symbol.asyncDispose]() {
      open = false;
      await ending[Symbol.asyncDispose]();
    },
  };
}

/** What is pending is told first, so that nobody who begins with this hears it again. */
function snapshotOf(rooms: Rooms, { version, runsOn, demo }: HouseOptions): HouseSnapshot {
  rooms.announcer.flush();
  return {
    revision: rooms.announcer.revision,
    ...(rooms.trouble.now === undefined ? {} : { trouble: rooms.trouble.now }),
    version,
    runsOn,
    demo: isDemo(demo?.accounts ?? [], rooms.accountList, rooms.hosts),
    secrets: rooms.secrets.now.mode,
    protocols: rooms.hosts.manifests,
    health: rooms.hosts.health,
    accounts: rooms.accountList.all(),
    retries: rooms.connections.retries,
    connections: rooms.connections.snapshots,
    people: rooms.people.all(),
    conversations: rooms.conversations.all(),
    drafts: rooms.drafts.all(),
    questions: rooms.questions.open(),
    setAside: rooms.setAside.all(),
    settings: rooms.settings.now,
  };
}

/** In reverse: the guests leave first, the last word is the announcer's. */
function endingOf(rooms: Rooms, wantsQuit: Emitter<void>, { clock }: HouseOptions): AsyncDisposableStack {
  const ending = new AsyncDisposableStack();
  ending.use(rooms.announcer);
  ending.use(rooms.people);
  ending.use(rooms.attention);
  ending.use(rooms.network);
  ending.use(rooms.rejoining);
  ending.use(rooms.uploads);
  ending.use(wantsQuit);
  ending.defer(async () => {
    await bounded(clock, hostsEndWithin, rooms.hosts[Symbol.asyncDispose]());
  });
  ending.use(rooms.connections);
  ending.defer(() => rooms.questions.withdrawAll());
  ending.use(rooms.plugins);
  return ending;
}
