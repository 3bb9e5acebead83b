import { describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import { InTurn } from './in-turn.ts';

describe('work that must not overlap', () => {
  it('is done in the very call when nobody is ahead', () => {
    const done: string[] = [];
    const inTurn = new InTurn();
    expect(inTurn.do(() => void done.push('at once'))).toBeUndefined();
    expect(done).toEqual(['at once']);
  });

  it('waits for what is ahead, in the order it came', async () => {
    const done: string[] = [];
    const inTurn = new InTurn();
    let finish = (): void => {};
    const first = inTurn.do(() =>
      new Promise<void>((resolve) => (finish = resolve)).then(() => void done.push('first')),
    );
    const second = inTurn.do(async () => void done.push('second'));
    const third = inTurn.do(() => void done.push('third'));
    await Promise.resolve();
    expect(done).toEqual([]);
    finish();
    await Promise.all([first, second, third]);
    expect(done).toEqual(['first', 'second', 'third']);
  });

  it('tells a failure to its own asker only', async () => {
    const inTurn = new InTurn();
    const failing = inTurn.do(() => Promise.reject(new KithError('internal', 'no')));
    const next = inTurn.do(async () => {});
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBeUndefined();
  });
});
