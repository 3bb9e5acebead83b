import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../test/harness/virtual-clock.ts';
import { every, pause, systemClock } from './clock.ts';
import { newId } from './ids.ts';
import { afterThisTurn } from './turn.ts';

describe('something done every so often', () => {
  it('is done again and again, until it is stopped', async () => {
    const clock = new VirtualClock();
    let done = 0;
    const repeated = every(clock, 100, () => (done += 1));
    await clock.advance(350);
    expect(done).toBe(3);
    repeated[Symbol.dispose]();
    await clock.advance(1_000);
    expect(done).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it('may stop itself', async () => {
    const clock = new VirtualClock();
    let done = 0;
    const repeated = every(clock, 100, () => {
      done += 1;
      repeated[Symbol.dispose]();
    });
    await clock.advance(1_000);
    expect(done).toBe(1);
  });
});

describe('a pause', () => {
  it('ends when its time is over, not before', async () => {
    const clock = new VirtualClock();
    let over = false;
    void pause(clock, 1_000).then(() => (over = true));
    await clock.advance(999);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(over).toBe(true);
  });
});

describe('the clock of the system', () => {
  it('tells the time and runs what is due, unless it was called off', async () => {
    const ran: string[] = [];
    const before = Date.now();
    const calledOff = systemClock.after(0, () => ran.push('called off'));
    calledOff[Symbol.dispose]();
    await new Promise<void>((resolve) => {
      const due = systemClock.after(1, () => {
        ran.push('due');
        resolve();
      });
      expect(due).toBeDefined();
    });
    expect(ran).toEqual(['due']);
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });
});

describe('the end of a turn', () => {
  it('comes after all that is still done in it, promises included', async () => {
    const order: string[] = [];
    const over = new Promise<void>((resolve) => {
      afterThisTurn(() => {
        order.push('end');
        resolve();
      });
    });
    void Promise.resolve()
      .then(() => order.push('promise'))
      .then(() => order.push('its promise'));
    order.push('now');
    await over;
    expect(order).toEqual(['now', 'promise', 'its promise', 'end']);
  });
});

describe('an id', () => {
  it('is like no other', () => {
    const ids = Array.from({ length: 1_000 }, () => newId());
    expect(new Set(ids).size).toBe(1_000);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
