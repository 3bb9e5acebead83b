/** A server that says again what a real Prosody said, with ten thousand of its words changed: nothing crashes, hangs or grows, and nobody is shown what its speaker could not have said. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fuzzing } from '../harness/fuzz/fuzzing.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Mebibytes in use when nothing is left to be thrown away. */
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

describe('ten thousand wrong words of a server', () => {
  const seed = 20_261_126;

  it(`do no harm (seed ${seed})`, async () => {
    let warm: number | undefined;
    const { cases, classes, complaints } = await fuzzing({
      seed,
      cases: 10_000,
      onRound: (_round, done) => {
        if (done >= 3000) warm ??= heap();
      },
    });
    expect(complaints).toEqual([]);
    expect(cases).toBe(10_000);
    expect(Math.min(...classes.values())).toBeGreaterThan(400);
    // What the first three thousand have not left behind, the other seven thousand do not either.
    expect(heap() - (warm ?? 0)).toBeLessThan(8);
  });
});
