/** The short form of `npm run torture`: Kith is killed again and again while it talks with a real Prosody. */
import { expect, it } from 'vitest';
import { Random } from '../../src/base/index.ts';
import { tellChapter } from '../harness/torture/chapter.ts';
import { explain, isClean } from '../harness/torture/verdict.ts';

it('killed twenty times in the middle of talking, Kith has lost nothing, doubled nothing and claimed nothing that is not so', async () => {
  const told = await tellChapter(new Random(20), 20);
  expect(told.kills).toBe(20);
  expect(told.incoming).toBeGreaterThan(100);
  expect(told.outgoing).toBeGreaterThan(50);
  expect(isClean(told.verdict), [explain(told.verdict), ...told.story].join('\n')).toBe(true);
});
