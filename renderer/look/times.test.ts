import { describe, expect, it } from 'vitest';
import { countdown, dayName, daysBetween, seenTime, shortTime } from './times.ts';

const at = (text: string): number => new Date(`${text}:00`).getTime();
const now = at('2026-11-22T17:53');

describe('time in words', () => {
  it('names days by how far away they are', () => {
    expect(dayName(at('2026-11-22T00:01'), now)).toBe('Today');
    expect(dayName(at('2026-11-21T23:59'), now)).toBe('Yesterday');
    expect(dayName(at('2026-11-16T12:00'), now)).toMatch(/Monday/);
    expect(dayName(at('2025-11-16T12:00'), now)).toMatch(/2025/);
  });

  it('counts days by the calendar, not by hours', () => {
    expect(daysBetween(at('2026-11-21T23:59'), at('2026-11-22T00:01'))).toBe(1);
    expect(daysBetween(at('2026-11-22T00:01'), at('2026-11-22T23:59'))).toBe(0);
    // A day of 25 hours and one of 23, wherever the clocks change.
    expect(daysBetween(at('2026-10-20T12:00'), at('2026-10-27T12:00'))).toBe(7);
    expect(daysBetween(at('2026-03-25T12:00'), at('2026-04-01T12:00'))).toBe(7);
  });

  it('is short in a list: the time today, the weekday this week, else the date', () => {
    expect(shortTime(at('2026-11-22T07:05'), now)).toMatch(/7:05|07:05/);
    expect(shortTime(at('2026-11-18T07:05'), now)).toMatch(/^Wed/);
    expect(shortTime(at('2026-11-14T07:05'), now)).toMatch(/14/);
    expect(shortTime(at('2025-11-14T07:05'), now)).toMatch(/25/);
    expect(seenTime(at('2026-11-21T07:05'), now)).toBe('yesterday');
  });

  it('counts down to zero and stays there', () => {
    expect(countdown(now + 24_000, now)).toBe('0:24');
    expect(countdown(now + 23_001, now)).toBe('0:24');
    expect(countdown(now + 3_723_000, now)).toBe('1:02:03');
    expect(countdown(now - 5000, now)).toBe('0:00');
  });
});
