/** Marks the words one looked for in the message that is shown, over its text as it stands: what is said stays as it was written. */
import { type RefObject, useEffect } from 'react';
import type { MessageId } from '../../src/domain/index.ts';
import { usePlace } from '../window/place.ts';
import { useSearch } from './search.ts';
import { wordPlaces } from './word-places.ts';

/** The name the style sheet knows them by. */
const name = 'found';

/** `shown` changes when what stands there does. */
export function useFound(log: RefObject<HTMLElement | null>, sought: MessageId | undefined, shown: unknown): void {
  const searching = usePlace((place) => place.searching);
  const words = useSearch((search) => search.words);
  useEffect(() => {
    if (sought === undefined || !searching) return undefined;
    const message = log.current?.querySelector(`[data-message="${CSS.escape(sought)}"] [data-said]`);
    if (message === null || message === undefined) return undefined;
    CSS.highlights.set(name, new Highlight(...ranges(message, words)));
    return () => void CSS.highlights.delete(name);
  }, [log, sought, searching, words, shown]);
}

function ranges(message: Element, words: string): readonly Range[] {
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
  const found: Range[] = [];
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    for (const { start, end } of wordPlaces(text.textContent ?? '', words)) {
      const range = new Range();
      range.setStart(text, start);
      range.setEnd(text, end);
      found.push(range);
    }
  }
  return found;
}
