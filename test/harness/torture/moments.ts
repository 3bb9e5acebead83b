/** When a life of Kith ends: some time after something that happens in it, drawn by lot. */
import type { Random } from '../../../src/base/index.ts';

/** What the time is counted from: the start, the house standing, the account online, the nth message handed in, the nth told. */
export type Occasion = 'start' | 'standing' | 'online' | 'handed' | 'told';

export interface Moment {
  readonly after: Occasion;
  /** Which of them, from 1. */
  readonly which: number;
  /** Milliseconds later. */
  readonly delay: number;
}

export function drawMoment(random: Random): Moment {
  const which = 1 + Math.floor(random.between(0, 12));
  const lot = random.next();
  if (lot < 0.1) return { after: 'start', which: 1, delay: random.between(0, 300) };
  if (lot < 0.4) return { after: 'standing', which: 1, delay: random.between(0, 1200) };
  if (lot < 0.55) return { after: 'online', which: 1, delay: random.between(0, 80) };
  if (lot < 0.8) return { after: 'handed', which, delay: random.between(0, 12) };
  return { after: 'told', which, delay: random.between(0, 12) };
}

export const inWords = ({ after, which, delay }: Moment): string => `${Math.round(delay)} ms after ${after} ${which}`;
