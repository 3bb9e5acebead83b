import { describe, expect, it } from 'vitest';
import type { ContactId } from '../../../../src/domain/index.ts';
import { failureOf, NS_MUC_USER, play, RoomRig } from '../../../../test/harness/room-rig.ts';

const byRoom = (from: string = play, room = '') =>
  `<message from="${from}"><x xmlns="${NS_MUC_USER}"><invite from="bob@home.example/x"><reason> Come down </reason></invite><password>orchard</password></x>${room}</message>`;
const straight = (room: string = play, from = 'bob@home.example/x') =>
  `<message from="${from}"><body>Come to my room</body><x xmlns="jabber:x:conference" jid="${room}" reason="Come all the same"/></message>`;

describe('an invitation', () => {
  it('by the room names who asks, and their words', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(byRoom(play, `<x xmlns="jabber:x:conference" jid="${play}"/>`));
    expect(one.room()).toMatchObject({
      status: 'left',
      wanted: false,
      invitation: { from: 'bob@home.example', text: 'Come down' },
    });
    expect(JSON.stringify(one.seat.heard.events)).not.toContain('orchard');
  });

  it('straight from a person is one too, and its words are no message', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(straight());
    expect(one.room()?.invitation).toEqual({ from: 'bob@home.example', text: 'Come all the same' });
    expect(one.heardMessages).toEqual([]);
  });

  it('by somebody in a room, for no room, or to where we are already, is none', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(byRoom(`${play}/Bob`), straight('rooms.example'), straight(''));
    expect(one.seat.living.rooms.size).toBe(0);
    await one.joined();
    await one.says(byRoom());
    expect(one.room()?.invitation).toBeUndefined();
  });

  it('is over when it is followed, and gone when it is not', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(byRoom());
    await one.joined();
    expect(one.room()?.invitation).toBeUndefined();
    await one.rooms.forget(play);
    await one.says(straight());
    await one.rooms.forget(play);
    expect(one.room()).toBeUndefined();
  });

  it('is not lost by trying in vain', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(byRoom());
    const refused = failureOf(one.rooms.join(play, {}));
    await one.settle();
    await one.answersLook();
    await one.says(
      `<presence from="${play}/me" type="error"><error type="auth"><registration-required xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></presence>`,
    );
    expect(await refused).toMatchObject({ code: 'permission-denied' });
    expect(one.room()?.invitation).toBeDefined();
  });

  it('comes thirty times at most', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(...Array.from({ length: 200 }, (_, index) => straight(`r${index}@rooms.example`)));
    expect(one.seat.living.rooms.size).toBe(30);
  });
});

describe('asking somebody to come', () => {
  it('goes straight to them where anybody may come in', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    one.written();
    await one.rooms.invite(play, 'bob@home.example' as ContactId, 'Come');
    const [message] = one.written();
    expect(message?.attribute('to')).toBe('bob@home.example');
    expect(message?.child('x', 'jabber:x:conference')?.attributes).toMatchObject({ jid: play, reason: 'Come' });
  });

  it('goes by the room where it is for members, which lets them in by that', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined({ features: ['muc_membersonly'] });
    one.written();
    await one.rooms.invite(play, 'bob@home.example' as ContactId, '');
    const [message] = one.written();
    expect(message?.attribute('to')).toBe(play);
    expect(message?.child('x', NS_MUC_USER)?.child('invite')?.attribute('to')).toBe('bob@home.example');
  });

  it('needs us to be there', async () => {
    const one = new RoomRig();
    await one.begun(`<item id="${play}"><conference xmlns="urn:xmpp:bookmarks:1"/></item>`);
    await expect(one.rooms.invite(play, 'bob@home.example' as ContactId, '')).rejects.toMatchObject({
      code: 'not-online',
    });
  });
});
