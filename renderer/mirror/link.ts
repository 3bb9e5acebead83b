/** The line to the program: joins, hears, joins again when a number is missing, and comes back when the program does. */
import { type Clock, Emitter, type Event, ignore, KithError, pause, silentLog } from '../../src/base/index.ts';
import type { BridgeCalls, BridgeVerb, HouseChange, HouseEvent, HouseSnapshot } from '../../src/contracts/index.ts';
import { askOver, type AskingEnd } from './asking.ts';
import type { OpenPort } from './port.ts';

export interface LinkEar {
  /** Where the ear stands; undefined before it joined. */
  revision(): number | undefined;
  snapshot(from: HouseSnapshot): void;
  change(to: number, events: readonly HouseEvent[]): void;
  lost(): void;
}

export interface Link {
  /** Rejects with KithError('network') while the program does not answer. */
  ask<V extends BridgeVerb>(verb: V, input: BridgeCalls[V]['in']): Promise<BridgeCalls[V]['out']>;
  /** Every event, after it was folded. */
  readonly onDidHear: Event<HouseEvent>;
}

const waits = [250, 500, 1000, 2000, 5000];

/** Begins at once and never ends: the window lives as long as its line. */
export function startLink(open: OpenPort, ear: LinkEar, clock: Clock): Link {
  let end: AskingEnd | undefined;
  const heard = new Emitter<HouseEvent>((error) => reportError(error));

  async function live(): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        const port = await open();
        failures = 0;
        await new Promise<void>((resolve) => {
          const asking = askOver(port);
          const told = listen(asking);
          const closed = port.onDidClose(() => {
            told[Symbol.dispose]();
            closed[Symbol.dispose]();
            asking[Symbol.dispose]();
            resolve();
          });
          end = asking;
          join(asking);
        });
      } catch {
        // Nobody is there: said below, and tried again.
      }
      end = undefined;
      ear.lost();
      await pause(clock, waits[Math.min(failures, waits.length - 1)]!);
    }
  }

  /** Changes that overtake the snapshot wait for it; those it already contains are dropped. */
  let early: HouseChange[] | undefined;

  function join(asking: AskingEnd): void {
    if (early !== undefined) return;
    early = [];
    asking.ask('house.join', {}).then(
      (snapshot) => {
        ear.snapshot(snapshot);
        const waiting = early ?? [];
        early = undefined;
        for (const change of waiting) take(asking, change);
      },
      () => (early = undefined),
    );
  }

  function take(asking: AskingEnd, change: HouseChange): void {
    const stands = ear.revision();
    if (early !== undefined) return void early.push(change);
    if (stands === undefined || change.revision <= stands) return;
    if (change.revision > stands + 1) return join(asking);
    ear.change(change.revision, change.events);
    for (const event of change.events) heard.fire(event);
  }

  const listen = (asking: AskingEnd) => asking.onDidTell((change) => take(asking, change));

  ignore(live(), 'the line never ends by itself', silentLog);
  return {
    ask: (verb, input) => end?.ask(verb, input) ?? Promise.reject(new KithError('network', 'Kith does not answer')),
    onDidHear: heard.event,
  };
}
