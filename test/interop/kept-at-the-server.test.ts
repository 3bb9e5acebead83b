/** What a real server keeps for a person, whichever device they are at: their list with its groups, and their rooms. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Contact, ContactId, RoomId } from '../../src/domain/index.ts';
import { type Element, xml } from '../../protocols/xmpp/stream/index.ts';
import { askOver } from '../harness/asking.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { meet } from '../harness/stream-meeting.ts';
import { until } from '../harness/waiting.ts';
import { type PersonSettings, XmppPerson } from '../harness/xmpp-person.ts';

const NS_ROSTER = 'jabber:iq:roster';
const NS_PRIVATE = 'jabber:iq:private';
const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
const NS_OLD_BOOKMARKS = 'storage:bookmarks';

describe('kept at the server', () => {
  noLeaks();
  let server: Prosody;
  let bob: ContactId;
  const everyone: XmppPerson[] = [];
  const person = (name: string, settings?: PersonSettings): XmppPerson => {
    const someone = new XmppPerson(server, name, settings);
    everyone.push(someone);
    return someone;
  };
  const contactAt = (who: XmppPerson): Contact | undefined => who.seat.living.contacts.get(bob);
  const untilContact = (who: XmppPerson, fits: (contact: Contact) => boolean): Promise<unknown> =>
    until('the contact to be so', () => {
      const contact = contactAt(who);
      return contact !== undefined && fits(contact) ? true : undefined;
    });
  /** Answers of the server that hold a list, or a part of it. */
  const listsSentTo = ({ received }: XmppPerson): Element[] =>
    received.flatMap((each) => (each.name === 'iq' ? (each.child('query', NS_ROSTER) ?? []) : []));

  beforeAll(async () => {
    server = await startProsody({ users: ['amy', 'ann', 'bob'] });
    bob = server.address('bob') as ContactId;
  });
  afterEach(async () => {
    for (const one of everyone.splice(0)) await one[Symbol.asyncDispose]();
  });
  afterAll(() => server.stop());

  it('are groups, as many as one likes, and a name, for every device at once', async () => {
    const [desk, phone] = [person('amy'), person('amy', { resource: 'phone' })];
    await desk.arrive();
    await phone.arrive();
    await desk.facet('roster').request(bob, { alias: 'Bob', groups: ['Play'] });
    await untilContact(phone, ({ listed, groups }) => listed && groups.join() === 'Play');
    await phone.facet('roster').setGroups(bob, ['Play', 'Über “uns” & <Co>']);
    await untilContact(desk, ({ groups }) => groups.toSorted().join() === 'Play,Über “uns” & <Co>');
    await desk.facet('roster').rename(bob, 'Robert');
    await untilContact(phone, ({ alias }) => alias === 'Robert');
    expect(contactAt(phone)?.groups.toSorted()).toEqual(['Play', 'Über “uns” & <Co>']);
    await desk.facet('roster').setGroups(bob, []);
    await untilContact(phone, ({ groups }) => groups.length === 0);
    expect(contactAt(phone)?.alias).toBe('Robert');
  });

  it('is a list that is not sent again when nothing in it changed, and is when something did (XEP-0237)', async () => {
    const first = person('ann');
    await first.arrive();
    await first.facet('roster').request(bob, { alias: 'Bob' });
    await untilContact(first, ({ listed }) => listed);
    const known = () => ({ memory: [...first.seat.kept], remembered: [...first.seat.living.contacts.values()] });
    await first.leave();

    const again = person('ann', known());
    await again.arrive();
    expect(listsSentTo(again)).toEqual([]);
    expect(contactAt(again)?.alias).toBe('Bob');
    await again.leave();

    const phone = person('ann', { resource: 'phone' });
    await phone.arrive();
    await phone.facet('roster').rename(bob, 'Robert');
    await untilContact(phone, ({ alias }) => alias === 'Robert');
    const later = person('ann', known());
    await later.arrive();
    expect(listsSentTo(later)).not.toEqual([]);
    expect(contactAt(later)?.alias).toBe('Robert');
  });

  it('are bookmarks of an older program (XEP-0048), brought over once to where all find them (XEP-0402)', async () => {
    const room = server.room('play') as RoomId;
    const old = meet(server, 'amy');
    await old.stream.open(new AbortController().signal);
    const bookmark = xml(
      'conference',
      NS_OLD_BOOKMARKS,
      { jid: room, name: 'The play', autojoin: 'true' },
      xml('nick', NS_OLD_BOOKMARKS, {}, 'Juliet'),
    );
    const storage = xml('storage', NS_OLD_BOOKMARKS, {}, bookmark);
    await askOver(old.stream, 'set', xml('query', NS_PRIVATE, {}, storage));

    const amy = person('amy');
    await amy.arrive();
    const known = await until('the room to be known', () => amy.seat.living.rooms.get(room));
    expect(known).toMatchObject({ name: 'The play', nick: 'Juliet', wanted: true });
    await until('it to be said', () => (amy.seat.kept.get('bookmarks-converted') === 'yes' ? true : undefined));
    const asked = xml('pubsub', NS_PUBSUB, {}, xml('items', NS_PUBSUB, { node: 'urn:xmpp:bookmarks:1' }));
    const answer = await askOver(old.stream, 'get', asked);
    const items = answer.child('pubsub', NS_PUBSUB)?.child('items')?.childrenNamed('item') ?? [];
    expect(items.map((item) => [item.attribute('id'), item.elements()[0]?.attribute('name')])).toEqual([
      [room, 'The play'],
    ]);
    await old.stream.close();
    await old.ended;
  });
});
