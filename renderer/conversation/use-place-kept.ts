/** Where the reader is in a conversation: older pages come in above without moving a line, new ones only follow a reader at the end. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Pixels from the end that still count as being there. */
const nearEnd = 32;
/** Pixels from the beginning where older messages are asked for. */
const nearStart = 900;

export interface PlaceKept {
  /** Goes on what scrolls; its first child is what grows. */
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly atEnd: boolean;
  readonly onScroll: () => void;
  toEnd(): void;
}

export interface PlaceAsk {
  /** Changes when something was put in front: the id of the oldest message. */
  readonly oldest: string | undefined;
  /** Changes when something came at the end. */
  readonly newest: string | undefined;
  /** Whether the newest is the reader's own: whoever sends goes to the end. */
  readonly newestIsOwn: boolean;
  /** Whether older messages may be asked for now. */
  readonly mayFetch: boolean;
  fetchOlder(): void;
}

interface Seen {
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
  readonly height: number;
  readonly top: number;
}

export function usePlaceKept({ oldest, newest, newestIsOwn, mayFetch, fetchOlder }: PlaceAsk): PlaceKept {
  const scroll = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const end = useRef(true);
  const seen = useRef<Seen>({ oldest, newest, height: 0, top: 0 });

  const look = useCallback(() => {
    const view = scroll.current;
    if (view === null) return;
    end.current = view.scrollHeight - view.scrollTop - view.offsetHeight < nearEnd;
    setAtEnd(end.current);
    seen.current = { ...seen.current, height: view.scrollHeight, top: view.scrollTop };
    if (mayFetch && view.scrollTop < nearStart) fetchOlder();
  }, [mayFetch, fetchOlder]);

  const toEnd = useCallback(() => {
    const view = scroll.current;
    if (view !== null) view.scrollTop = view.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    const view = scroll.current;
    if (view === null) return;
    const before = seen.current;
    const sent = before.newest !== newest && newestIsOwn;
    if (before.oldest === undefined && oldest !== undefined) {
      const line = view.querySelector<HTMLElement>('[data-new-line]');
      if (line === null) toEnd();
      else view.scrollTop = topWithin(line, view) - view.offsetHeight / 3;
    } else if (sent) toEnd();
    else if (before.oldest !== oldest && !end.current) view.scrollTop = before.top + view.scrollHeight - before.height;
    else if (end.current) toEnd();
    seen.current = { oldest, newest, height: view.scrollHeight, top: view.scrollTop };
  }, [oldest, newest, newestIsOwn, toEnd]);

  // After every page: a short one may leave the reader at the beginning still.
  useEffect(look, [look, oldest]);

  useEffect(() => {
    const view = scroll.current;
    if (view === null) return undefined;
    const watch = new ResizeObserver(() => {
      if (end.current) toEnd();
    });
    watch.observe(view);
    if (view.firstElementChild !== null) watch.observe(view.firstElementChild);
    return () => watch.disconnect();
  }, [toEnd]);

  return { scroll, atEnd, onScroll: look, toEnd };
}

/** How far down an element stands in what scrolls, through every positioned element between. */
function topWithin(element: HTMLElement, view: HTMLElement): number {
  let top = 0;
  for (let at: Element | null = element; at instanceof HTMLElement && at !== view; at = at.offsetParent)
    top += at.offsetTop;
  return top;
}
