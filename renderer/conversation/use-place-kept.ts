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
  /** Whether older, and newer, messages may be asked for now. */
  readonly mayFetch: boolean;
  /** Newer messages exist that are not here: the end in sight is not the end. */
  readonly ahead: boolean;
  /** The message one wants to look at, by its id. */
  readonly sought: string | undefined;
  fetchOlder(): void;
  fetchNewer(): void;
  fetchNewest(): void;
}

interface Seen {
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
  /** The first message in sight, and how far below the upper edge it stands. */
  readonly anchor: { readonly id: string; readonly below: number } | undefined;
}

export function usePlaceKept(asked: PlaceAsk): PlaceKept {
  const { oldest, newest, newestIsOwn, mayFetch, ahead, sought, fetchOlder, fetchNewer, fetchNewest } = asked;
  const scroll = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const end = useRef(true);
  const seen = useRef<Seen>({ oldest, newest, anchor: undefined });
  const looked = useRef<string>(undefined);

  const look = useCallback(() => {
    const view = scroll.current;
    if (view === null) return;
    const below = view.scrollHeight - view.scrollTop - view.offsetHeight;
    end.current = !ahead && below < nearEnd;
    setAtEnd(end.current);
    seen.current = { ...seen.current, anchor: anchorIn(view) };
    if (mayFetch && view.scrollTop < nearStart) fetchOlder();
    else if (mayFetch && ahead && below < nearStart) fetchNewer();
  }, [mayFetch, ahead, fetchOlder, fetchNewer]);

  const toEnd = useCallback(() => {
    const view = scroll.current;
    if (view !== null) view.scrollTop = view.scrollHeight;
  }, []);
  const toNewest = useCallback(() => {
    toEnd();
    if (!ahead) return;
    end.current = true;
    fetchNewest();
  }, [toEnd, ahead, fetchNewest]);

  useLayoutEffect(() => {
    const view = scroll.current;
    if (view === null) return;
    const before = seen.current;
    const sent = before.newest !== newest && newestIsOwn && !ahead;
    const found =
      sought === undefined ? null : view.querySelector<HTMLElement>(`[data-message="${CSS.escape(sought)}"]`);
    if (found !== null && looked.current !== sought) {
      looked.current = sought;
      end.current = false;
      view.scrollTop = topWithin(found, view) - (view.offsetHeight - found.offsetHeight) / 2;
    } else if (before.oldest === undefined && oldest !== undefined) {
      const line = view.querySelector<HTMLElement>('[data-new-line]');
      if (line === null) toEnd();
      else view.scrollTop = topWithin(line, view) - view.offsetHeight / 3;
    } else if (sent) toEnd();
    else if (end.current) toEnd();
    else keep(before.anchor, view);
    if (sought === undefined) looked.current = undefined;
    seen.current = { oldest, newest, anchor: anchorIn(view) };
  }, [oldest, newest, newestIsOwn, ahead, sought, toEnd]);

  // After every page: a short one may leave the reader at the beginning still.
  useEffect(look, [look, oldest, newest]);

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

  return { scroll, atEnd, onScroll: look, toEnd: toNewest };
}

function anchorIn(view: HTMLElement): Seen['anchor'] {
  const messages = view.querySelectorAll<HTMLElement>('[data-message]');
  const edge = view.getBoundingClientRect().top;
  let [from, to] = [0, messages.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (messages[middle]!.getBoundingClientRect().bottom > edge) to = middle;
    else from = middle + 1;
  }
  const first = messages[from];
  if (first === undefined) return undefined;
  return { id: first.dataset['message'] ?? '', below: first.getBoundingClientRect().top - edge };
}

/** Puts it back where it stood, whatever came or went above and below. */
function keep(anchor: Seen['anchor'], view: HTMLElement): void {
  const message = anchor && view.querySelector(`[data-message="${CSS.escape(anchor.id)}"]`);
  if (!anchor || !message) return;
  view.scrollTop += message.getBoundingClientRect().top - view.getBoundingClientRect().top - anchor.below;
}

/** How far down an element stands in what scrolls, through every positioned element between. */
function topWithin(element: HTMLElement, view: HTMLElement): number {
  let top = 0;
  for (let at: Element | null = element; at instanceof HTMLElement && at !== view; at = at.offsetParent)
    top += at.offsetTop;
  return top;
}
