import { describe, expect, it } from 'vitest';
import type { KithError } from '../../../../src/base/index.ts';
import { play, RoomRig } from '../../../../test/harness/room-rig.ts';

/** What whoever would send something to the room again is told. */
const asking = (one: RoomRig) => {
  const waiting = { over: false, refused: undefined as string | undefined };
  one.connection.facets.archive!.readThrough({ kind: 'room', room: play }).then(
    () => (waiting.over = true),
    (error: KithError) => (waiting.refused = error.code),
  );
  return waiting;
};
const topic = `<message from="${play}" type="groupchat"><subject/></message>`;
const delay = `<delay xmlns="urn:xmpp:delay" from="${play}" stamp="2025-12-01T08:00:00Z"/>`;

describe('a room without an archive has sent what was said there before', () => {
  it('when its topic comes, and not earlier', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    const waiting = asking(one);
    await one.says(one.saidBy('Bob', 'Earlier', delay));
    expect(waiting).toEqual({ over: false, refused: undefined });
    await one.says(topic);
    expect(waiting.over).toBe(true);
  });

  it('when it has sent nothing of the kind for a minute', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    const waiting = asking(one);
    await one.clock.advance(59_000);
    expect(waiting.over).toBe(false);
    await one.clock.advance(1_000);
    expect(waiting.over).toBe(true);
  });

  it('never, when we go before or the connection does', async () => {
    for (const go of [(one: RoomRig) => one.rooms.leave(play), (one: RoomRig) => one.connection.disconnect()]) {
      const one = new RoomRig();
      await one.begun();
      await one.joined();
      const waiting = asking(one);
      await go(one);
      await one.settle();
      expect(waiting).toEqual({ over: false, refused: expect.stringMatching(/^(not-online|network)$/) });
    }
  });
});
