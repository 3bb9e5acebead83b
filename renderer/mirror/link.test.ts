import { describe, expect, it } from 'vitest';
import { disposable, Emitter } from '../../src/base/index.ts';
import type { Answering, Asking, HouseSnapshot } from '../../src/contracts/index.ts';
import { VirtualClock } from '../../test/harness/virtual-clock.ts';
import { startLink } from './link.ts';
import type { Port } from './port.ts';

/** A port whose other end is the test. */
function line() {
  const heard = new Emitter<Answering>(() => {});
  const closed = new Emitter<void>(() => {});
  const asked: Asking[] = [];
  const port: Port = {
    say: (asking) => asked.push(asking),
    onDidHear: heard.event,
    onDidClose: closed.event,
    ...disposable(() => {}),
  };
  return { port, asked, answer: (said: Answering) => heard.fire(said), close: () => closed.fire() };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

function listening() {
  const lines: ReturnType<typeof line>[] = [];
  const told: string[] = [];
  const clock = new VirtualClock();
  let stands: number | undefined;
  const link = startLink(
    async () => {
      const next = line();
      lines.push(next);
      return next.port;
    },
    {
      revision: () => stands,
      snapshot({ revision }) {
        stands = revision;
        told.push(`snapshot ${revision}`);
      },
      change(to) {
        stands = to;
        told.push(`change ${to}`);
      },
      lost: () => told.push('lost'),
    },
    clock,
  );
  const change = (revision: number): Answering => ({ revision, events: [] });
  const snapshot = (id: number, revision: number): Answering => ({ id, value: { revision } as HouseSnapshot });
  return { link, lines, told, clock, change, snapshot };
}

describe('the line to the house', () => {
  it('joins, and lets changes that overtake the snapshot wait for it', async () => {
    const { lines, told, change, snapshot } = listening();
    await settled();
    lines[0]!.answer(change(4));
    lines[0]!.answer(change(5));
    lines[0]!.answer(snapshot(1, 4));
    await settled();
    expect(told).toEqual(['snapshot 4', 'change 5']);
  });

  it('joins again when a number is missing, once, however much follows', async () => {
    const { lines, told, change, snapshot } = listening();
    await settled();
    lines[0]!.answer(snapshot(1, 1));
    await settled();
    lines[0]!.answer(change(3));
    lines[0]!.answer(change(4));
    lines[0]!.answer(snapshot(2, 4));
    await settled();
    lines[0]!.answer(change(5));
    expect(lines[0]!.asked.map(({ verb }) => verb)).toEqual(['house.join', 'house.join']);
    expect(told).toEqual(['snapshot 1', 'snapshot 4', 'change 5']);
  });

  it('comes back by itself, and rejects what was asked of the line that broke', async () => {
    const { link, lines, told, clock, snapshot } = listening();
    await settled();
    lines[0]!.answer(snapshot(1, 1));
    await settled();
    const asked = link.ask('demo.start', {});
    lines[0]!.close();
    await expect(asked).rejects.toMatchObject({ code: 'network' });
    await settled();
    await expect(link.ask('demo.start', {})).rejects.toMatchObject({ code: 'network' });
    await clock.advance(1000);
    await settled();
    lines[1]!.answer(snapshot(1, 9));
    await settled();
    expect(told).toEqual(['snapshot 1', 'lost', 'snapshot 9']);
  });
});
