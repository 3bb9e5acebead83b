import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { askOver } from './asking.ts';
import { portOver } from './port.ts';

describe('the window’s end of a message port', () => {
  it('asks with a number, hears its answer, an error as an error, and what the house tells', async () => {
    const { port1, port2 } = new MessageChannel();
    const end = askOver(portOver(port1 as unknown as MessagePort));
    const told: number[] = [];
    const hearing = end.onDidTell(({ revision }) => told.push(revision));
    port2.on('message', (asked: { id: number; verb: string }) => {
      port2.postMessage({ revision: 4, events: [] });
      if (asked.verb === 'demo.start') port2.postMessage({ id: asked.id, value: null });
      else port2.postMessage(JSON.stringify({ id: asked.id, error: { code: 'not-found', message: 'gone' } }));
    });
    await expect(end.ask('demo.start', {})).resolves.toBeNull();
    await expect(end.ask('house.quit', {})).rejects.toMatchObject({ code: 'not-found', message: 'gone' });
    expect(told).toEqual([4, 4]);
    hearing[Symbol.dispose]();
    end[Symbol.dispose]();
    port1.close();
  });

  it('rejects what is open when the other side goes', async () => {
    const { port1, port2 } = new MessageChannel();
    const end = askOver(portOver(port1 as unknown as MessagePort));
    const asked = end.ask('demo.start', {});
    port2.close();
    await expect(asked).rejects.toMatchObject({ code: 'network' });
    end[Symbol.dispose]();
  });
});
