/** How one person finds an answer: their own words first, everybody's otherwise, and nothing twice in a row. */
import type { Random } from '../../../src/base/index.ts';
import { Bag } from './bag.ts';
import { type Intent, intentOf, notableWord } from './intents.ts';
import { replies } from './replies.ts';
import { voices } from './voices.ts';

/** After these there is often nothing left to say. */
const closing: ReadonlySet<Intent> = new Set(['yes', 'no', 'thanks', 'laughter', 'pictures-only', 'farewell']);

export class Wits {
  readonly #person: string;
  readonly #random: Random;
  readonly #bags = new Map<Intent, { readonly own: Bag<readonly string[]>; readonly common: Bag<readonly string[]> }>();
  #quiet = 0;

  constructor(person: string, random: Random) {
    this.#person = person;
    this.#random = random;
  }

  /** The bubbles of an answer; none when a nod is enough. Never silent twice running. */
  answer(said: readonly string[]): readonly string[] {
    const text = said.at(-1) ?? '';
    const intent = intentOf(text);
    if (closing.has(intent) && this.#quiet === 0 && this.#random.chance(0.3)) {
      this.#quiet += 1;
      return [];
    }
    this.#quiet = 0;
    return this.#words(intent, notableWord(said.join(' ')));
  }

  #words(intent: Intent, word: string | undefined): readonly string[] {
    const { own, common } = this.#bag(intent);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      if (own.left + common.left === 0) {
        own.refill();
        common.refill();
      }
      const bag = own.left > 0 && (common.left === 0 || this.#random.chance(0.65)) ? own : common;
      const drawn = bag.draw() ?? [];
      const needsWord = drawn.some((line) => line.includes('{word}'));
      if (!needsWord || word !== undefined) return drawn.map((line) => line.replaceAll('{word}', word ?? ''));
    }
    return ['Go on.'];
  }

  #bag(intent: Intent): { own: Bag<readonly string[]>; common: Bag<readonly string[]> } {
    const known = this.#bags.get(intent);
    if (known) return known;
    const own = new Bag(voices[this.#person]?.[intent] ?? [], this.#random);
    const bag = { own, common: new Bag(replies[intent], this.#random) };
    this.#bags.set(intent, bag);
    return bag;
  }
}
