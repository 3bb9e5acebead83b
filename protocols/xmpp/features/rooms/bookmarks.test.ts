import { describe, expect, it } from 'vitest';
import type { RoomId } from '../../../../src/domain/index.ts';
import { play, RoomRig } from '../../../../test/harness/room-rig.ts';
import type { Element } from '../../stream/element.ts';
import { NS_BOOKMARKS } from './bookmark.ts';

const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
const NS_EVENT = 'http://jabber.org/protocol/pubsub#event';
const NS_PRIVATE = 'jabber:iq:private';
const item = (id: string, autojoin: string, inside = '') =>
  `<item id="${id}"><conference xmlns="${NS_BOOKMARKS}" autojoin="${autojoin}">${inside}</conference></item>`;
const pushed = (inside: string, from = 'me@home.example') =>
  `<message from="${from}" type="headline"><event xmlns="${NS_EVENT}"><items node="${NS_BOOKMARKS}">${inside}</items></event></message>`;
const published = (one: RoomRig): readonly (Element | undefined)[] =>
  one
    .written()
    .map((stanza) => stanza.child('pubsub', NS_PUBSUB)?.child('publish')?.child('item'))
    .filter((found) => found !== undefined);

describe('bookmarks', () => {
  it('are the rooms of a new session, wanted where they say so', async () => {
    const one = new RoomRig();
    await one.begun(
      item(play, '1', '<nick>Juliet</nick>') + item('other@rooms.example', 'false') + item('no room', '1'),
    );
    expect(one.room()).toMatchObject({ nick: 'Juliet', wanted: true, status: 'left' });
    expect(one.room('other@rooms.example' as RoomId)).toMatchObject({ nick: 'me', wanted: false });
    expect(one.seat.living.rooms.size).toBe(2);
  });

  it('bring a password to the door and nowhere else', async () => {
    const one = new RoomRig();
    await one.begun(item(play, '1', '<password>orchard-gate</password>'));
    await one.joined();
    expect(JSON.stringify([one.seat.heard.events, [...one.seat.kept]])).not.toContain('orchard-gate');
    const entrance = one.written().find((stanza) => stanza.attribute('to') === `${play}/me`);
    expect(entrance?.child('x', 'http://jabber.org/protocol/muc')?.child('password')?.text()).toBe('orchard-gate');
  });

  it('are written when a room is joined and left, for nobody else to read, and struck out when it is forgotten', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined({ nick: 'Juliet' });
    const stanza = one.written().find((each) => each.child('pubsub', NS_PUBSUB)?.child('publish') !== undefined);
    const conference = stanza
      ?.child('pubsub', NS_PUBSUB)
      ?.child('publish')
      ?.child('item')
      ?.child('conference', NS_BOOKMARKS);
    expect(conference?.attribute('autojoin')).toBe('true');
    expect(conference?.child('nick')?.text()).toBe('Juliet');
    const options = stanza?.child('pubsub', NS_PUBSUB)?.child('publish-options')?.child('x', 'jabber:x:data');
    expect(options?.childrenNamed('field').map((field) => field.child('value')?.text())).toContain('whitelist');
    await one.rooms.leave(play);
    expect(published(one).at(-1)?.child('conference', NS_BOOKMARKS)?.attribute('autojoin')).toBe('false');
    expect(one.room()).toMatchObject({ wanted: false, status: 'left' });
    await one.rooms.forget(play);
    const retract = one.written().find((each) => each.child('pubsub', NS_PUBSUB)?.child('retract') !== undefined);
    expect(retract?.child('pubsub', NS_PUBSUB)?.child('retract')?.child('item')?.attribute('id')).toBe(play);
    expect(one.room()).toBeUndefined();
  });

  it('of the older kind are brought over once', async () => {
    const one = new RoomRig();
    await one.online();
    await one.answers('pubsub', NS_PUBSUB);
    await one.answers(
      'query',
      NS_PRIVATE,
      `<query xmlns="${NS_PRIVATE}"><storage xmlns="storage:bookmarks"><conference jid="${play}" name="The play" autojoin="true"><nick>Jule</nick></conference><url name="x" url="y"/></storage></query>`,
    );
    expect(
      one.asked('pubsub', NS_PUBSUB).child('pubsub', NS_PUBSUB)?.child('publish')?.child('item')?.attribute('id'),
    ).toBe(play);
    await one.answers('pubsub', NS_PUBSUB);
    expect(one.room()).toMatchObject({ name: 'The play', nick: 'Jule', wanted: true });
    expect(one.seat.kept.get('bookmarks-converted')).toBe('yes');
    one.server.break(false);
    await one.settle();
    await one.online();
    expect(() => one.asked('query', NS_PRIVATE)).toThrow('Nobody asked');
  });

  it('that cannot be read leave what is remembered', async () => {
    const room = { id: play, name: 'The play', topic: '', nick: 'Juliet', status: 'left', wanted: true } as const;
    const one = new RoomRig({ rooms: [room] });
    await one.online();
    await one.refuses('pubsub', NS_PUBSUB, 'service-unavailable');
    await one.refuses('query', NS_PRIVATE, 'internal-server-error');
    expect(one.said('rooms-changed')).toMatchObject([{ changed: [room], removed: [] }]);
  });

  it('that another device struck out are gone here, and a room it left is left here', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.says(pushed(item(play, 'false')));
    expect(one.room()).toMatchObject({ status: 'left', wanted: false });
    await one.says(pushed(`<retract id="${play}"/>`));
    expect(one.room()).toBeUndefined();
  });

  it('that another device made are known here', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(pushed(item(play, 'true')));
    expect(one.room()).toMatchObject({ wanted: true, status: 'left' });
  });

  it('are nobody else’s to make', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.says(pushed(item(play, 'true'), 'evil@home.example'));
    expect(one.room()).toBeUndefined();
  });
});
