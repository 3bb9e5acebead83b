/** Tells the house that somebody is at this window, at most once a minute. */
import { useEffect } from 'react';
import { ignore, silentLog } from '../../src/base/index.ts';
import { ask } from '../mirror/index.ts';

const seldom = 60_000;
const signs = ['focus', 'keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

export function useLooking(joined: boolean): void {
  useEffect(() => {
    if (!joined) return;
    let last = -Infinity;
    const look = (): void => {
      const now = performance.now();
      if (document.hidden || now - last < seldom) return;
      last = now;
      ignore(ask('house.looked', {}), 'the next sign is told again', silentLog);
    };
    look();
    for (const sign of signs) addEventListener(sign, look, { passive: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const sign of signs) removeEventListener(sign, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [joined]);
}
