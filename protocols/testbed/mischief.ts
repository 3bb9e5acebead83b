/** A protocol told to misbehave, so that what the host promises can be seen and tested. */
import { isMainThread } from 'node:worker_threads';
import { assertNever, KithError } from '../../src/base/index.ts';
import type { MischiefFacet } from '../../src/contracts/index.ts';
import type { Pace } from './pace.ts';

/** Only a thread of its own is harmed: elsewhere all but slowness is refused. */
export function mischief(pace: Pace): MischiefFacet {
  return {
    async misbehave(how, amount = 1_000) {
      if (how === 'slow') return pace.set(amount);
      if (isMainThread) throw new KithError('not-supported', 'Mischief is done only in a worker');
      switch (how) {
        case 'crash':
          queueMicrotask(() => {
            throw new KithError('internal', 'Told to crash');
          });
          return new Promise(() => {});
        case 'exit':
          return process.exit(Math.min(255, amount));
        case 'hang':
          for (;;);
        case 'leak':
          return fill();
        default:
          assertNever(how);
      }
    },
  };
}

const ways = ['crash', 'exit', 'hang', 'leak', 'slow'] as const;

/**
 * The same through the front door: whoever writes `crash` or `slow 2000` to `poltergeist@…` gets it. Undefined for every
 * other address, and for words it does not know.
 */
export function mischiefAsked(to: string, body: string): Parameters<MischiefFacet['misbehave']> | undefined {
  if (!to.startsWith('poltergeist@')) return undefined;
  const [word, amount] = body.trim().toLowerCase().split(/\s+/u);
  const how = ways.find((way) => way === word);
  if (how === undefined) return undefined;
  return amount === undefined || !/^\d{1,6}$/u.test(amount) ? [how] : [how, Number(amount)];
}

/** Holds on to everything until the thread's limit ends it. */
function fill(): never {
  const kept: object[] = [];
  for (;;) kept.push(Array.from({ length: 1_000 }, (_, index) => ({ index })));
}
