/** Whether the window is a single pane now: the same width as in the style sheets. */
import { useSyncExternalStore } from 'react';

const query = matchMedia('(width < 720px)');

export const isNarrow = (): boolean => query.matches;

export function useNarrow(): boolean {
  return useSyncExternalStore((changed) => {
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, isNarrow);
}
