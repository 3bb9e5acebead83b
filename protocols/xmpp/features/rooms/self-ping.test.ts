import { describe, expect, it } from 'vitest';
import { play, RoomRig } from '../../../../test/harness/room-rig.ts';
import type { Element } from '../../stream/element.ts';
import { NS_PING } from '../ping.ts';

const quarter = 15 * 60_000;
const minute = 60_000;
const pings = (one: RoomRig): Element[] =>
  one
    .written()
    .filter((stanza) => stanza.child('ping', NS_PING) !== undefined && stanza.attribute('to') === `${play}/me`);

async function silentRoom(): Promise<RoomRig> {
  const one = new RoomRig();
  await one.begun();
  await one.joined();
  one.written();
  await one.clock.advance(quarter);
  return one;
}
const refuse = async (one: RoomRig, condition: string): Promise<void> => {
  const id = pings(one)[0]?.attribute('id');
  await one.says(
    `<iq type="error" id="${id}" from="${play}/me"><error type="cancel"><${condition} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>`,
  );
};

describe('a room that was silent for a quarter of an hour', () => {
  it('is asked whether it still knows us, and one that speaks is not', async () => {
    const one = await silentRoom();
    expect(pings(one)).toHaveLength(1);
    const other = new RoomRig();
    await other.begun();
    await other.joined();
    other.written();
    await other.clock.advance(quarter - minute);
    await other.says(other.saidBy('Bob', 'Still here'));
    await other.clock.advance(2 * minute);
    expect(pings(other)).toEqual([]);
  });

  it.each(['service-unavailable', 'feature-not-implemented', 'item-not-found'])(
    'knows us when it says %s',
    async (condition) => {
      const one = await silentRoom();
      await refuse(one, condition);
      expect(one.room()?.status).toBe('joined');
    },
  );

  it.each(['not-acceptable', 'not-allowed', 'forbidden'])(
    'does not know us when it says %s, and core may join again',
    async (condition) => {
      const one = await silentRoom();
      await refuse(one, condition);
      expect(one.room()).toMatchObject({ status: 'left', wanted: true, reason: { code: 'network' } });
    },
  );

  it('is given up when it answers nothing twice', async () => {
    const one = await silentRoom();
    await one.clock.advance(31_000);
    expect(one.room()?.status).toBe('joined');
    await one.clock.advance(minute);
    await one.clock.advance(31_000);
    expect(one.room()).toMatchObject({ status: 'left', reason: { code: 'server-silent' } });
  });

  it('is asked at once after a resumption', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.clock.advance(minute);
    one.server.break();
    await one.settle();
    await one.online({ resumed: true });
    expect(pings(one)).toHaveLength(1);
  });
});
