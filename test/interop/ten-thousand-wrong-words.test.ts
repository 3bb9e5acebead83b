/** A server that says again what a real Prosody said, with ten thousand of its words changed: nothing crashes, hangs or grows, and nobody is shown what its speaker could not have said. */
import { describe, expect, it } from 'vitest';
import { fuzzing } from '../harness/fuzz/fuzzing.ts';

describe('ten thousand wrong words of a server', () => {
  const seed = 20_261_126;

  it(`do no harm (seed ${seed})`, async () => {
    const { cases, classes, complaints } = await fuzzing({ seed, cases: 10_000 });
    expect(complaints).toEqual([]);
    expect(cases).toBe(10_000);
    // Each class has half of an even share at the least.
    expect(Math.min(...classes.values())).toBeGreaterThan(cases / classes.size / 2);
  });
});
