/** The focus never rests on nothing: what appears takes it only when nothing else has it. */
import { type RefObject, useEffect } from 'react';

export const nothingFocused = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;

/** When `place` appears and nothing has the focus, the first of `selector` in it does, or `place` itself. */
export function useRestingFocus(place: RefObject<HTMLElement | null>, selector?: string): void {
  useEffect(() => {
    if (!nothingFocused()) return;
    const within = selector === undefined ? place.current : place.current?.querySelector<HTMLElement>(selector);
    within?.focus();
  }, [place, selector]);
}
