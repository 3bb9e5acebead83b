/** A household for the length of one test. */
import { bounded } from '../harness/waiting.ts';
import type { Ground } from './ground.ts';
import { Household } from './guest.ts';

/** The test body as vitest wants it; whatever happens, the household ends. */
export function inHousehold(ground: () => Ground, story: (household: Household) => Promise<void>): () => Promise<void> {
  return async () => {
    const household = new Household(ground());
    try {
      await story(household);
    } finally {
      await bounded('the household to end', household[Symbol.asyncDispose](), 20_000);
    }
  };
}
