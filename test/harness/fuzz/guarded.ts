/** The fuzzing in a thread of its own: one that hangs, crashes or grows without end is told of instead of being waited for. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Disposable, systemClock } from '../../../src/base/index.ts';
import { fuzzing, type Fuzzed, type Fuzzing } from './fuzzing.ts';

/** Milliseconds. A round takes some fifty; its virtual time costs nothing. */
const longestRound = 60_000;
const muchMemory = { maxOldGenerationSizeMb: 1024 };

type Told = { readonly round: number; readonly cases: number } | { readonly result: Fuzzed };

/** `program` is the bundle this is part of. Where its thread does not come to an end, that is the only complaint. */
export function guarded({ onRound, ...wished }: Fuzzing, program: URL): Promise<Fuzzed> {
  return new Promise((resolve) => {
    const worker = new Worker(program, { workerData: wished, resourceLimits: muchMemory });
    let [cases, next] = [0, wished.from ?? 0];
    let bound: Disposable | undefined;
    const finish = (result: Fuzzed) => {
      bound?.[Symbol.dispose]();
      void worker.terminate().then(() => resolve(result));
    };
    const fail = (what: string) =>
      finish({ cases, classes: new Map(), complaints: [`--seed ${wished.seed} --from ${next}\n${what}`] });
    const wait = () => {
      bound?.[Symbol.dispose]();
      bound = systemClock.after(longestRound, () => fail('this round does not end'));
    };
    worker.on('message', (told: Told) => {
      if ('result' in told) return finish(told.result);
      [cases, next] = [told.cases, told.round + 1];
      wait();
      onRound?.(told.round, cases);
    });
    worker.on('error', (error) => fail(error.stack ?? String(error)));
    wait();
  });
}

/** What the other thread does; nothing in the first one. */
export async function inOwnThread(): Promise<void> {
  if (isMainThread) return;
  const tell = (told: Told) => parentPort?.postMessage(told);
  tell({ result: await fuzzing({ ...(workerData as Fuzzing), onRound: (round, cases) => tell({ round, cases }) }) });
}
