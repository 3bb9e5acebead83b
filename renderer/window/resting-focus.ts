/** The focus never rests on nothing: what appears takes it only when nothing else has it, and what disappears hands it on. */
import { type RefObject, useEffect } from 'react';

export const nothingFocused = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;

/** The first that can be seen of the first selector that has any; false when there is none. */
export function focusWithin(root: ParentNode, selectors: readonly string[]): boolean {
  for (const selector of selectors) {
    const seen = [...root.querySelectorAll<HTMLElement>(selector)].find(({ offsetParent }) => offsetParent !== null);
    if (seen === undefined) continue;
    seen.focus();
    return true;
  }
  return false;
}

/** When `place` appears and nothing has the focus, the first of `selector` in it does, or `place` itself. */
export function useRestingFocus(place: RefObject<HTMLElement | null>, selector?: string): void {
  useEffect(() => {
    if (!nothingFocused()) return;
    const within = selector === undefined ? place.current : place.current?.querySelector<HTMLElement>(selector);
    within?.focus();
  }, [place, selector]);
}

/**
 * When what has the focus in `place` goes away, as a button does with the card it answers, the first of `selectors` there
 * gets it. Who let go of it by pressing beside it keeps having let go.
 */
export function useFocusHandedOn(place: HTMLElement | null, selectors: readonly string[]): void {
  useEffect(() => {
    if (place === null) return undefined;
    // What took it while it appeared did so before anyone could listen.
    let last = place.contains(document.activeElement) ? document.activeElement : null;
    const came = (event: FocusEvent): void => {
      // Whoever has gone elsewhere is not to be fetched back.
      last = event.target instanceof Element && place.contains(event.target) ? event.target : null;
    };
    const watch = new MutationObserver(() => {
      if (last === null || last.isConnected) return;
      last = null;
      if (nothingFocused()) focusWithin(place, selectors);
    });
    document.addEventListener('focusin', came);
    watch.observe(place, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', came);
      watch.disconnect();
    };
  }, [place, selectors]);
}
