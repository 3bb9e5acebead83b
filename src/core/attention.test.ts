import { afterEach, describe, expect, it } from 'vitest';
import { type CoreRig, coreRig } from '../../test/harness/core-rig.ts';

const minutes = 60_000;
let rig: CoreRig;
afterEach(() => rig.close());

describe('whether anybody looks', () => {
  const looked = () => rig.house.ask('house.looked', {});
  const told = (connection: Awaited<ReturnType<CoreRig['account']>>['connection']) =>
    connection.asked.filter(({ verb }) => verb === 'attention').map(({ args: [attended] }) => attended);

  it('is told five minutes after the last look, and at once with the next', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    await looked();
    await rig.clock.advance(4 * minutes);
    await looked();
    await rig.clock.advance(4.9 * minutes);
    expect(told(connection)).toEqual([]);
    await rig.clock.advance(0.1 * minutes);
    expect(told(connection)).toEqual([false]);
    await looked();
    expect(told(connection)).toEqual([false, true]);
  });

  it('is told to an account that comes online meanwhile', async () => {
    rig = await coreRig();
    await looked();
    await rig.clock.advance(5 * minutes);
    const { connection } = await rig.account();
    expect(told(connection)).toEqual([false]);
  });

  it('is never in doubt where there is no window to look at', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    await rig.clock.advance(600 * minutes);
    expect(told(connection)).toEqual([]);
  });
});
