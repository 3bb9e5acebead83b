/** The time as something a component can stand on. */
import { useEffect, useState } from 'react';
import { every, type Instant, systemClock } from '../../src/base/index.ts';

/** Renews itself every `period` milliseconds while the component is shown. */
export function useNow(period: number): Instant {
  const [now, setNow] = useState(() => systemClock.now());
  useEffect(() => {
    const ticking = every(systemClock, period, () => setNow(systemClock.now()));
    return () => ticking[Symbol.dispose]();
  }, [period]);
  return now;
}
