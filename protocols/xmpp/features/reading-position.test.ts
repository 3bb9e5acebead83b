import { describe, expect, it } from 'vitest';
import { XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, type ConversationTarget, newContact, type RoomId } from '../../../src/domain/index.ts';
import { NS_PUBLISH_OPTIONS } from '../server-abilities.ts';
import type { Element } from '../stream/element.ts';
import { serialise } from '../stream/serialise.ts';
import { disco } from './disco.ts';
import { ownServer } from './own-server.ts';
import { readingPosition } from './reading-position.ts';

const NS = 'urn:xmpp:mds:displayed:0';
const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
const NS_INFO = 'http://jabber.org/protocol/disco#info';
const amy: ConversationTarget = { kind: 'contact', contact: 'amy@home.example' as ContactId };
const play: ConversationTarget = { kind: 'room', room: 'play@rooms.example' as RoomId };
const item = (id: string, by: string, mark: string) =>
  `<item id="${id}"><displayed xmlns="${NS}"><stanza-id xmlns="urn:xmpp:sid:0" by="${by}" id="${mark}"/></displayed></item>`;
const event = (from: string, ...items: readonly string[]) =>
  `<message from="${from}" to="me@home.example/fake" type="headline"><event xmlns="${NS_PUBSUB}#event"><items node="${NS}">${items.join('')}</items></event></message>`;

async function online(features = ['urn:xmpp:mam:2', NS_PUBLISH_OPTIONS]): Promise<XmppRig> {
  const one = new XmppRig({
    features: [disco, ownServer, readingPosition],
    remembered: [newContact('amy@home.example' as ContactId)],
  });
  await one.online();
  const vars = features.map((feature) => `<feature var="${feature}"/>`).join('');
  await one.answers('query', NS_INFO, `<query xmlns="${NS_INFO}">${vars}</query>`);
  return one;
}
const text = (element: Element | undefined) => (element === undefined ? '' : serialise(element));
/** They stay written. */
const published = (one: XmppRig) =>
  one.server.written.flatMap(
    ({ element }) => element.child('pubsub', NS_PUBSUB)?.child('publish')?.child('item') ?? [],
  );

describe('how far we have read', () => {
  it('is published for our devices alone, one item a conversation, by the id of whoever keeps it', async () => {
    const one = await online();
    one.written();
    void one.connection.facets.readingPosition!.reached(amy, 'kept-1');
    void one.connection.facets.readingPosition!.reached(play, 'play@rooms.example kept-2');
    await one.settle();
    const written = one.written();
    expect(text(written[0])).toContain(
      '<item id="amy@home.example"><displayed xmlns="urn:xmpp:mds:displayed:0"><stanza-id xmlns="urn:xmpp:sid:0" by="me@home.example" id="kept-1"/></displayed></item>',
    );
    for (const option of ['persist_items', 'max_items', 'send_last_published_item', 'access_model'])
      expect(text(written[0])).toContain(`pubsub#${option}`);
    expect(text(written[0])).toContain('<value>whitelist</value>');
    expect(text(written[1])).toContain('by="play@rooms.example" id="kept-2"');
  });

  it('goes out as far as it has come when the last word is answered, not word by word', async () => {
    const one = await online();
    one.written();
    const { reached } = one.connection.facets.readingPosition!;
    const told = reached(amy, 'kept-1');
    for (const mark of ['kept-2', 'kept-3']) await reached(amy, mark);
    expect(published(one)).toHaveLength(1);
    await one.answers('pubsub', NS_PUBSUB);
    const [, next, ...more] = published(one);
    expect(text(next)).toContain('id="kept-3"');
    expect(more).toEqual([]);
    await one.answers('pubsub', NS_PUBSUB);
    await told;
  });

  it.each([
    ['might be read by others', ['urn:xmpp:mam:2']],
    ['would name nothing', [NS_PUBLISH_OPTIONS]],
  ])('is not published where it %s', async (_why, features) => {
    const one = await online(features);
    one.written();
    await one.connection.facets.readingPosition!.reached(amy, 'kept-1');
    expect(one.written()).toEqual([]);
  });

  it('is heard from our other devices, and fetched when a session begins', async () => {
    const one = await online();
    await one.answers(
      'pubsub',
      NS_PUBSUB,
      `<pubsub xmlns="${NS_PUBSUB}"><items node="${NS}">${item('amy@home.example', 'me@home.example', 'kept-1')}</items></pubsub>`,
    );
    await one.says(event('me@home.example', item('play@rooms.example', 'play@rooms.example', 'kept-2')));
    expect(one.said('read-elsewhere')).toMatchObject([
      { target: amy, archive: 'kept-1' },
      { target: play, archive: 'play@rooms.example kept-2' },
    ]);
  });

  it('is believed from nobody else, and an id of another archive says nothing', async () => {
    const one = await online();
    await one.says(
      event('amy@home.example', item('amy@home.example', 'me@home.example', 'kept-1')),
      event('me@home.example', item('amy@home.example', 'amy@home.example/x', 'kept-1'), item('', '', ''), '<item/>'),
      event('me@home.example', item('amy@home.example', 'other@home.example', 'kept-1')),
    );
    const read = one.said('read-elsewhere');
    expect(read.filter(({ target }) => target.kind === 'contact')).toEqual([]);
  });
});
