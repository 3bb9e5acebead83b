/** The times a search can be narrowed to. */
import type { Instant } from '../../src/base/index.ts';
import { startOfDay } from '../look/times.ts';

export const periods = ['today', 'week', 'month', 'year', 'before'] as const;
/** 'before': what is older than this year. */
export type Period = (typeof periods)[number];

export interface Span {
  readonly since?: Instant;
  readonly until?: Instant;
}

/** In local time. A week is the last seven days, today among them. */
export function spanOf(period: Period, now: Instant): Span {
  const today = new Date(startOfDay(now));
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  switch (period) {
    case 'today':
      return { since: today.getTime() };
    case 'week':
      return { since: new Date(year, month, day - 6).getTime() };
    case 'month':
      return { since: new Date(year, month, 1).getTime() };
    case 'year':
      return { since: new Date(year, 0, 1).getTime() };
    case 'before':
      return { until: new Date(year, 0, 1).getTime() };
  }
}
