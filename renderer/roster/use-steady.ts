/** Order that does not change under somebody's hand. */
import { useState } from 'react';

/** While the list is held it keeps the order it had; what was empty may always fill. */
export function useSteady<T>(next: readonly T[], held: boolean): readonly T[] {
  const [kept, setKept] = useState(next);
  if (kept === next || (held && kept.length > 0)) return kept;
  setKept(next);
  return next;
}
