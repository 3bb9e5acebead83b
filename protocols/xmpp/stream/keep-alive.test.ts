import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../test/harness/virtual-clock.ts';
import { KeepAlive } from './keep-alive.ts';

describe('a connection on which bytes come', () => {
  function connection() {
    const clock = new VirtualClock();
    const told = { asked: 0, silent: false };
    const keepAlive = new KeepAlive(
      clock,
      () => (told.asked += 1),
      () => (told.silent = true),
    );
    const trickle = async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 10) {
        await clock.advance(10_000);
        keepAlive.heard();
      }
    };
    return { keepAlive, told, trickle };
  }

  it('has five minutes for what is long', async () => {
    const { keepAlive, told, trickle } = connection();
    for (let stanza = 0; stanza < 5; stanza += 1) {
      await trickle(290);
      keepAlive.heardWhole();
    }
    expect(told).toEqual({ asked: 0, silent: false });
    keepAlive[Symbol.dispose]();
  });

  it('is given up when they come to nothing whole: the server has lost itself within a stanza', async () => {
    const { told, trickle } = connection();
    await trickle(280);
    expect(told.silent).toBe(false);
    await trickle(80);
    expect(told.silent).toBe(true);
  });
});
