import { describe, expect, it } from 'vitest';
import { every, pause } from '../../src/base/index.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('the virtual clock', () => {
  it('runs timers in the order they fall due, and in order of setting when they fall due together', async () => {
    const clock = new VirtualClock();
    const ran: string[] = [];
    const held = [
      clock.after(20, () => ran.push('later')),
      clock.after(10, () => ran.push('first')),
      clock.after(10, () => ran.push('second')),
    ];
    await clock.advance(15);
    expect(ran).toEqual(['first', 'second']);
    await clock.advance(5);
    expect(ran).toEqual(['first', 'second', 'later']);
    expect(held).toHaveLength(3);
  });

  it('lets what one timer set in motion happen before the next', async () => {
    const clock = new VirtualClock();
    const started = clock.now();
    const at: number[] = [];
    const story = (async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await pause(clock, 10);
        at.push(clock.now() - started);
      }
    })();
    await clock.advance(100);
    await story;
    expect(at).toEqual([10, 20, 30]);
    expect(clock.now() - started).toBe(100);
  });

  it('forgets a timer that was disposed', async () => {
    const clock = new VirtualClock();
    let ran = 0;
    const repeating = every(clock, 10, () => (ran += 1));
    await clock.advance(25);
    repeating[Symbol.dispose]();
    await clock.advance(100);
    expect(ran).toBe(2);
    expect(clock.pending).toBe(0);
    expect(clock.next).toBeUndefined();
  });
});
