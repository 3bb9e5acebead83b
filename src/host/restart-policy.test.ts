import { describe, expect, it } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

const minute = 60_000;

describe('the restart policy', () => {
  it('waits one second, then five, and gives up at the third crash within five minutes', () => {
    const policy = new RestartPolicy();
    expect(policy.crashed(0)).toBe(1_000);
    expect(policy.crashed(2_000)).toBe(5_000);
    expect(policy.crashed(4 * minute)).toBeUndefined();
  });

  it('waits thirty seconds for one that keeps crashing, but not so often', () => {
    const policy = new RestartPolicy();
    expect(policy.crashed(0)).toBe(1_000);
    expect(policy.crashed(4 * minute)).toBe(5_000);
    expect(policy.crashed(8 * minute)).toBe(30_000);
    expect(policy.crashed(12 * minute)).toBe(30_000);
  });

  it('begins anew after five quiet minutes, or when a person says so', () => {
    const policy = new RestartPolicy();
    policy.crashed(0);
    expect(policy.crashed(6 * minute)).toBe(1_000);
    policy.crashed(7 * minute);
    policy.forget();
    expect(policy.crashed(7 * minute)).toBe(1_000);
    expect(policy.crashed(8 * minute)).toBe(5_000);
  });
});
