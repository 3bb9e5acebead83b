/** Round after round of mutated words, as many as are wished for; the same seed is the same story. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Random } from '../../../src/base/index.ts';
import { mutations, mutationsOfStanzas, mutationsOfStreams } from './mutations.ts';
import { Recording } from './recording.ts';
import { Round } from './round.ts';

const casesInRound = 25;
/** What so many changed words have not left behind, those that follow do not either. */
const warm = 3000;
/** Mebibytes. */
const muchGrowth = 8;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Mebibytes in use when nothing is left to be thrown away. */
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

export interface Fuzzing {
  readonly seed: number;
  /** How many words are changed, at least. */
  readonly cases: number;
  /** The first round, to take up a story where it was left. */
  readonly from?: number;
  readonly onRound?: (round: number, cases: number) => void;
}

export interface Fuzzed {
  readonly cases: number;
  /** Changed words by class. */
  readonly classes: ReadonlyMap<string, number>;
  /** One entry for each round in which something was wrong, and one for growth: how to see it again, and what it was. */
  readonly complaints: readonly string[];
}

export async function fuzzing({ seed, cases, from = 0, onRound }: Fuzzing): Promise<Fuzzed> {
  const classes = new Map(Object.keys(mutations).map((kind) => [kind, 0]));
  const complaints: string[] = [];
  let done = 0;
  let before: number | undefined;
  for (let round = from; done < cases; round += 1) {
    // Seeds of its own for each round, so that one can be seen again without those before it.
    const random = new Random(seed + round * 7919);
    const recording = new Recording(round % 2 === 0 ? 'sasl1' : 'sasl2', random);
    // A session whose stream survives comes to all that a person can do in it: most rounds change meanings only.
    const kinds = Object.keys(round % 3 === 2 ? mutationsOfStreams : mutationsOfStanzas);
    let nth = round * casesInRound;
    const nextClass = () => kinds[(nth += 1) % kinds.length]!;
    const one = new Round({ recording, random, cases: Math.min(casesInRound, cases - done), nextClass });
    await one.play();
    for (const kind of one.kinds) classes.set(kind, (classes.get(kind) ?? 0) + 1);
    done += one.kinds.length;
    if (one.complaints.length > 0)
      complaints.push(`--seed ${seed} --from ${round}\n${one.complaints.slice(0, 5).join('\n')}\n${one.story}`);
    if (done >= warm) before ??= heap();
    onRound?.(round, done);
  }
  const grown = before === undefined ? 0 : heap() - before;
  if (grown > muchGrowth) complaints.push(`--seed ${seed} --from ${from}\nit grew by ${Math.round(grown)} MiB`);
  return { cases: done, classes, complaints };
}
