import { describe, expect, it } from 'vitest';
import { KithError } from '../../../src/base/index.ts';
import { findTargets, resumptionTarget, type ServiceRecord } from './targets.ts';

const record = (name: string, priority = 0, weight = 0, port = 5222): ServiceRecord => ({
  name,
  port,
  priority,
  weight,
});

/** A zone with these records and no others. */
function zone(plain: readonly ServiceRecord[] | undefined, direct: readonly ServiceRecord[] | undefined) {
  return async (name: string) => {
    const found = name.startsWith('_xmpps-client._tcp.') ? direct : plain;
    if (found === undefined) throw new KithError('network', 'ENOTFOUND');
    return found;
  };
}

const first = () => 0;

/** The domain itself, for when no record leads to a machine. */
const lastResort = { host: 'kith.test', port: 5222, directTls: false, lastResort: true };

describe('finding a server', () => {
  it('looks for both services of the domain, in the spelling of the name servers', async () => {
    const asked: string[] = [];
    await findTargets('bücher.example', async (name) => (asked.push(name), [record('x')]), first);
    expect(asked).toEqual(['_xmpp-client._tcp.xn--bcher-kva.example', '_xmpps-client._tcp.xn--bcher-kva.example']);
  });

  it('puts both services into one order by priority', async () => {
    const services = zone([record('b', 20), record('d', 40)], [record('a', 10, 0, 443), record('c', 30, 0, 5223)]);
    expect(await findTargets('kith.test', services, first)).toEqual([
      { host: 'a', port: 443, directTls: true },
      { host: 'b', port: 5222, directTls: false },
      { host: 'c', port: 5223, directTls: true },
      { host: 'd', port: 5222, directTls: false },
      lastResort,
    ]);
  });

  it('takes what one service says when the other cannot be asked', async () => {
    expect(await findTargets('kith.test', zone([record('a')], undefined), first)).toEqual([
      { host: 'a', port: 5222, directTls: false },
      lastResort,
    ]);
    expect(await findTargets('kith.test', zone(undefined, [record('a', 0, 0, 443)]), first)).toEqual([
      { host: 'a', port: 443, directTls: true },
      lastResort,
    ]);
  });

  it('draws among equals by weight', async () => {
    const services = zone([record('light', 0, 10), record('heavy', 0, 90)], undefined);
    const drawn = async (number: number) => (await findTargets('kith.test', services, () => number))[0]?.host;
    expect(await drawn(0.05)).toBe('light');
    expect(await drawn(0.5)).toBe('heavy');
    expect(await drawn(0.99)).toBe('heavy');
  });

  it('spreads many over equals as their weights say', async () => {
    const services = zone(
      [record('one', 0, 10), record('two', 0, 20)],
      [record('three', 0, 30), record('last', 1, 900)],
    );
    let seed = 1;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const firsts = new Map<string, number>();
    for (let nth = 0; nth < 6000; nth += 1) {
      const [{ host } = lastResort] = await findTargets('kith.test', services, random);
      firsts.set(host, (firsts.get(host) ?? 0) + 1);
    }
    const share = (host: string) => Math.round((firsts.get(host) ?? 0) / 100);
    expect({ one: share('one'), two: share('two'), three: share('three'), last: share('last') }).toEqual({
      one: expect.toSatisfy((found: number) => Math.abs(found - 10) <= 2),
      two: expect.toSatisfy((found: number) => Math.abs(found - 20) <= 2),
      three: expect.toSatisfy((found: number) => Math.abs(found - 30) <= 2),
      last: 0,
    });
  });

  it('gives a weight of nothing a small chance', async () => {
    const services = zone([record('none', 0, 0), record('some', 0, 10)], undefined);
    const drawn = async (number: number) => (await findTargets('kith.test', services, () => number))[0]?.host;
    expect(await drawn(0.001)).toBe('none');
    expect(await drawn(0.5)).toBe('some');
  });

  it('goes to the domain itself when nothing is said', async () => {
    const itself = [{ host: 'kith.test', port: 5222, directTls: false }];
    expect(await findTargets('kith.test', zone(undefined, undefined), first)).toEqual(itself);
    expect(await findTargets('kith.test', zone([], []), first)).toEqual(itself);
  });

  it('does not ask about this machine and about numbers', async () => {
    const never = async () => {
      throw new KithError('internal', 'Asked the name servers');
    };
    for (const [domain, host] of [
      ['localhost', 'localhost'],
      ['kith.localhost', 'kith.localhost'],
      ['127.0.0.1', '127.0.0.1'],
      ['[::1]', '::1'],
    ] as const)
      expect(await findTargets(domain, never, first)).toEqual([{ host, port: 5222, directTls: false }]);
  });

  it('believes a domain that says it has no such service', async () => {
    await expect(findTargets('kith.test', zone([record('.', 0, 0, 0)], [record('', 0, 0, 0)]), first)).rejects.toThrow(
      expect.objectContaining({ code: 'network' }),
    );
    expect(await findTargets('kith.test', zone([record('.')], [record('a', 0, 0, 5223)]), first)).toEqual([
      { host: 'a', port: 5223, directTls: true },
    ]);
    expect(await findTargets('kith.test', zone([record('a')], [record('.')]), first)).toEqual([
      { host: 'a', port: 5222, directTls: false },
      lastResort,
    ]);
  });

  it('stops after the first eight', async () => {
    const many = Array.from({ length: 50 }, (_, priority) => record(`h${priority}`, priority));
    const targets = await findTargets('kith.test', zone(many, undefined), first);
    expect(targets.map(({ host }) => host)).toEqual([...Array.from({ length: 8 }, (_, nth) => `h${nth}`), 'kith.test']);
  });

  it.each([
    ['kith.test', { host: 'kith.test', port: 5222 }],
    ['kith.test:99', { host: 'kith.test', port: 99 }],
    ['[::1]:99', { host: '::1', port: 99 }],
    ['[::1]', { host: '::1', port: 5222 }],
    ['kith.test:0', undefined],
    ['kith.test:99999', undefined],
    ['a b', undefined],
    ['', undefined],
  ])('reads the place of a resumption %j', (location, target) => {
    expect(resumptionTarget(location)).toEqual(target && { ...target, directTls: false });
  });
});
