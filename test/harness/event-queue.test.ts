import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

const is = (wanted: string) => (event: string) => event === wanted;

describe('the event queue', () => {
  it('gives each event to one who waits for it, whichever comes first', async () => {
    const queue = new EventQueue<string>();
    queue.push('a');
    const second = queue.next('b', is('b'));
    queue.push('b');
    queue.push('b');
    expect(await queue.next('a', is('a'))).toBe('a');
    expect(await second).toBe('b');
    expect(await queue.next('b', is('b'))).toBe('b');
    await expect(queue.next('b', is('b'), 1)).rejects.toThrow('Waited 1 ms for b, in vain');
  });
  it('takes several in any order', async () => {
    const queue = new EventQueue<string>();
    const both = queue.many(['a', is('a')], ['b', is('b')]);
    queue.push('b');
    queue.push('a');
    expect(await both).toEqual(['a', 'b']);
  });
  it('tells all that happened when something was missed, or was not to be', async () => {
    const queue = new EventQueue<string>();
    queue.push('a');
    await expect(queue.next('b', is('b'), 1)).rejects.toThrow('"a"');
    expect(() => queue.silence('b', is('b'))).not.toThrow();
    expect(() => queue.silence('a', is('a'))).toThrow('was not to happen');
  });
});
