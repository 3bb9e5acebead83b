/** Time in words, in the reader's own language and zone. `now` is handed in, so a test can stand anywhere in the week. */
import type { Instant } from '../../src/base/index.ts';
import { words } from '../words.ts';
import { intlLocale } from './language.ts';

const day = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Instant, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  let known = formats.get(key);
  if (known === undefined) formats.set(key, (known = new Intl.DateTimeFormat(intlLocale(), options)));
  return known.format(at);
}

/** '17:43' or '5:43 PM', as the desktop writes it. */
export const clockTime = (at: Instant): string => format(at, { hour: '2-digit', minute: '2-digit' });

/** Days between two local dates; 0 when they are the same. */
export function daysBetween(earlier: Instant, later: Instant): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / day);
}

export function startOfDay(at: Instant): Instant {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** For a day line: Today, Yesterday, Monday 3 November; the year when it is another. */
export function dayName(at: Instant, now: Instant): string {
  const ago = daysBetween(at, now);
  if (ago === 0) return words.talk.today;
  if (ago === 1) return words.talk.yesterday;
  const otherYear = new Date(at).getFullYear() !== new Date(now).getFullYear();
  return format(at, { weekday: 'long', day: 'numeric', month: 'long', ...(otherYear ? { year: 'numeric' } : {}) });
}

/** For a list: the time today, the weekday within the last week, else the date. */
export function shortTime(at: Instant, now: Instant): string {
  const ago = daysBetween(at, now);
  if (ago === 0) return clockTime(at);
  if (ago > 0 && ago < 7) return format(at, { weekday: 'short' });
  const otherYear = new Date(at).getFullYear() !== new Date(now).getFullYear();
  return format(at, { day: 'numeric', month: 'short', ...(otherYear ? { year: '2-digit' } : {}) });
}

/** For 'Seen …': 17:43 today, else yesterday or the date. */
export function seenTime(at: Instant, now: Instant): string {
  const ago = daysBetween(at, now);
  if (ago === 0) return clockTime(at);
  return ago === 1 ? words.talk.yesterday.toLowerCase() : shortTime(at, now);
}

/** A date for a certificate: 3 Nov 2026. Text that is no date is given back. */
export function certificateDate(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : format(at, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** 0:24, or 1:02:03 beyond the hour. Rounds up, so it reaches 0:00 when the time is there. */
export function countdown(at: Instant, now: Instant): string {
  const left = Math.max(0, Math.ceil((at - now) / 1000));
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
