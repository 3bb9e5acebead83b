import { describe, expect, it } from 'vitest';
import type { Outgoing } from './contract.ts';
import { xml } from './element.ts';
import { countIn, Ledger } from './ledger.ts';

const outgoing = (id: string): Outgoing => ({ element: xml('message', 'jabber:client', { id }) });
const a = outgoing('a');
const b = outgoing('b');
const c = outgoing('c');

describe('the ledger', () => {
  it('gives back what is newly acknowledged, in order', () => {
    const ledger = new Ledger();
    for (const each of [a, b, c]) ledger.add(each);
    expect(ledger.acknowledge(2)).toEqual([a, b]);
    expect(ledger.acknowledge(2)).toEqual([]);
    expect(ledger.unacknowledged).toEqual([c]);
    expect(ledger.acknowledged).toBe(2);
    expect(ledger.sent).toBe(3);
  });

  it('does not accept more than was sent', () => {
    const ledger = new Ledger();
    ledger.add(a);
    expect(ledger.acknowledge(2)).toBeUndefined();
    expect(ledger.unacknowledged).toEqual([a]);
  });

  it('learns nothing from an older count', () => {
    const ledger = new Ledger(5, [a]);
    expect(ledger.acknowledge(3)).toEqual([]);
    expect(ledger.acknowledged).toBe(5);
  });

  it('counts on where 32 bits end', () => {
    const ledger = new Ledger(2 ** 32 - 1, [a, b]);
    expect(ledger.sent).toBe(1);
    expect(ledger.acknowledge(0)).toEqual([a]);
    expect(ledger.acknowledge(1)).toEqual([b]);
    expect(ledger.acknowledge(2)).toBeUndefined();
  });

  it.each([
    ['0', 0],
    ['4294967295', 2 ** 32 - 1],
    ['4294967296', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads the count %j', (text, count) => {
    expect(countIn(text)).toBe(count);
  });
});
