import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

/** Of numbers from 0 to 1 the last that still counts as below 1. */
const almostOne = 1 - Number.EPSILON;

describe('the wait before the next attempt', () => {
  it('has a ceiling of one second that doubles with every failure, up to five minutes', () => {
    const backoff = new Backoff(() => almostOne);
    expect(Array.from({ length: 11 }, () => backoff.next() / 1_000)).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300,
    ]);
  });

  it('lies anywhere below the ceiling, so that not all come back at once', () => {
    const chances = [0, 0.25, 0.5, 0.75];
    const backoff = new Backoff(() => chances.shift() ?? 0);
    expect(Array.from({ length: 4 }, () => backoff.next())).toEqual([0, 500, 2_000, 6_000]);
  });

  it('grows no further while its limit is lower, and from there once it is not', () => {
    const backoff = new Backoff(() => almostOne);
    expect(Array.from({ length: 5 }, () => backoff.next(4_000))).toEqual([1_000, 2_000, 4_000, 4_000, 4_000]);
    expect(Array.from({ length: 3 }, () => backoff.next())).toEqual([4_000, 8_000, 16_000]);
    expect([backoff.next(4_000), backoff.next()]).toEqual([4_000, 32_000]);
  });

  it('begins anew after a reset', () => {
    const backoff = new Backoff(() => almostOne);
    for (let failure = 0; failure < 6; failure += 1) backoff.next();
    backoff.reset();
    expect(backoff.next()).toBe(1_000);
  });

  it('never leaves its bounds, however often it fails', () => {
    const backoff = new Backoff(Math.random);
    for (let failure = 0; failure < 5_000; failure += 1) {
      const wait = backoff.next();
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(300_000);
    }
  });
});
