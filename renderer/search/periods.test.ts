import { expect, it } from 'vitest';
import { spanOf } from './periods.ts';

it('the times a search is narrowed to are whole days of the reader’s own', () => {
  const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();
  const now = new Date(2026, 2, 4, 17, 53).getTime();
  expect(spanOf('today', now)).toEqual({ since: local(2026, 3, 4) });
  expect(spanOf('week', now)).toEqual({ since: local(2026, 2, 26) });
  expect(spanOf('month', now)).toEqual({ since: local(2026, 3, 1) });
  expect(spanOf('year', now)).toEqual({ since: local(2026, 1, 1) });
  expect(spanOf('before', now)).toEqual({ until: local(2026, 1, 1) });
});
