/** A house without rooms: answers what the test tells it to, and tells what the test says. */
import { Emitter, KithError } from '../../src/base/index.ts';
import {
  defaultSettings,
  type BridgeCalls,
  type BridgeVerb,
  type House,
  type HouseEvent,
  type HouseSnapshot,
} from '../../src/contracts/index.ts';

type Answers = {
  [V in BridgeVerb]?: (input: BridgeCalls[V]['in']) => BridgeCalls[V]['out'] | Promise<BridgeCalls[V]['out']>;
};

export interface FakeHouse extends House {
  /** Everything that was asked, in order. */
  readonly asked: { readonly verb: BridgeVerb; readonly input: unknown }[];
  tell(...events: HouseEvent[]): void;
  /** Whether anybody still hears what is told. */
  readonly listened: boolean;
}

export const emptySnapshot: HouseSnapshot = {
  revision: 0,
  version: '0.0.0',
  runsOn: [],
  demo: false,
  secrets: 'memory',
  protocols: [],
  health: [],
  accounts: [],
  retries: [],
  connections: [],
  people: [],
  conversations: [],
  drafts: [],
  questions: [],
  setAside: [],
  settings: defaultSettings,
};

/** What is not in `answers` is answered with null. */
export function fakeHouse(answers: Answers = {}, known: Partial<HouseSnapshot> = {}): FakeHouse {
  const raise = (error: unknown): never => {
    throw error;
  };
  const changed = new Emitter<{ revision: number; events: readonly HouseEvent[] }>(raise);
  const wanted = new Emitter<void>(raise);
  const asked: { verb: BridgeVerb; input: unknown }[] = [];
  let revision = 0;
  return {
    asked,
    get listened() {
      return changed.listened;
    },
    snapshot: () => ({ ...emptySnapshot, ...known, revision }),
    onDidChange: changed.event,
    onDidWantQuit: wanted.event,
    tell(...events) {
      revision += 1;
      changed.fire({ revision, events });
    },
    picture: async () => undefined,
    shownFile: async () => undefined,
    takeFile: async () => {
      throw new KithError('not-supported', 'Not here');
    },
    async ask(verb, input) {
      asked.push({ verb, input });
      if (verb === 'house.quit') wanted.fire();
      const answer = answers[verb] as ((given: unknown) => unknown) | undefined;
      if (answer === undefined && verb === 'account.add') throw new KithError('not-supported', 'Not here');
      return (answer === undefined ? null : await answer(input)) as never;
    },
    async [Symbol.asyncDispose]() {},
  };
}
