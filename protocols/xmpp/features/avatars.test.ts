import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, largestPicture, newContact } from '../../../src/domain/index.ts';
import { avatars } from './avatars.ts';
import { disco } from './disco.ts';
import { nicknames } from './nicknames.ts';
import { ownServer } from './own-server.ts';
import { presence } from './presence.ts';

const amy = 'amy@home.example' as ContactId;
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('a picture')]);
const hashed = createHash('sha1').update(png).digest('hex');
const pubsub = 'http://jabber.org/protocol/pubsub';
const metadataNode = 'urn:xmpp:avatar:metadata';

const rig = (settings: RigSettings = {}) =>
  new XmppRig({
    features: [disco, ownServer, presence, avatars, nicknames],
    remembered: [newContact(amy, { listed: true })],
    ...settings,
  });
async function online(settings: RigSettings = {}): Promise<XmppRig> {
  const one = rig(settings);
  await one.online();
  one.written();
  return one;
}
const event = (from: string, node: string, inside: string) =>
  `<message from="${from}" type="headline"><event xmlns="${pubsub}#event"><items node="${node}"><item id="i">${inside}</item></items></event></message>`;
const info = (attributes: string) => `<metadata xmlns="${metadataNode}"><info ${attributes}/></metadata>`;
const picture = info(`id="${hashed}" type="image/png" bytes="${png.length}"`);
const of = (one: XmppRig, who = amy) => one.seat.living.contacts.get(who);
const bare = (one: XmppRig, photo: string, from = `${amy}/x`) =>
  one.says(`<presence from="${from}"><x xmlns="vcard-temp:x:update">${photo}</x></presence>`);

describe('the picture of a contact', () => {
  it('is known by its name as soon as it is published, and its bytes are not asked for', async () => {
    const one = await online();
    await one.says(event(amy, metadataNode, picture));
    expect(of(one)?.avatar).toBe(hashed);
    expect(one.written()).toEqual([]);
  });

  it('goes when it is taken back', async () => {
    const one = await online();
    await one.says(event(amy, metadataNode, picture));
    await one.says(event(amy, metadataNode, `<metadata xmlns="${metadataNode}"/>`));
    expect(of(one)?.avatar).toBe('');
  });

  it.each([
    ['too big', `id="${hashed}" type="image/png" bytes="${largestPicture + 1}"`],
    ['of a kind that can run code', `id="${hashed}" type="image/svg+xml" bytes="10"`],
    ['somewhere on the web', `id="${hashed}" type="image/png" bytes="10" url="https://evil.example/"`],
    ['named by no hash', 'id="../../etc/passwd" type="image/png" bytes="10"'],
    ['of no size', `id="${hashed}" type="image/png"`],
  ])('is left alone when it is %s', async (_what, attributes) => {
    const one = await online();
    await one.says(event(amy, metadataNode, info(attributes)));
    expect(of(one)?.avatar).toBe('');
  });

  it('is not believed of a stranger, and makes no contact of one', async () => {
    const one = await online();
    await one.says(event('stranger@evil.example', metadataNode, picture));
    expect(one.seat.living.contacts.size).toBe(1);
  });

  it('may hang on their old card, and what they publish goes before it', async () => {
    const one = await online();
    await bare(one, `<photo>${hashed}</photo>`);
    expect(of(one)?.avatar).toBe(hashed);
    await bare(one, '');
    expect(of(one)?.avatar).toBe(hashed);
    await bare(one, '<photo/>');
    expect(of(one)?.avatar).toBe('');
    await one.says(event(amy, metadataNode, picture));
    await bare(one, `<photo>${'0'.repeat(40)}</photo>`);
    expect(of(one)?.avatar).toBe(hashed);
  });

  it('is fetched from where they publish it, and checked against its name', async () => {
    const one = await online();
    const fetched = one.connection.facets.avatars?.fetch(amy, hashed);
    await one.settle();
    expect(one.asked('pubsub', pubsub).attribute('to')).toBe(amy);
    const bytes = `<data xmlns="urn:xmpp:avatar:data">${png.toString('base64')}</data>`;
    await one.answers(
      'pubsub',
      pubsub,
      `<pubsub xmlns="${pubsub}"><items node="urn:xmpp:avatar:data"><item id="${hashed}">${bytes}</item></items></pubsub>`,
    );
    expect(await fetched).toBe(png.toString('base64'));
  });

  it('is looked for on their old card when it is not published, and another in its place is refused', async () => {
    const one = await online();
    const fetched = one.connection.facets.avatars?.fetch(amy, hashed);
    await one.settle();
    await one.answers('pubsub', pubsub);
    const card = (bytes: Buffer) =>
      one.answers(
        'vCard',
        'vcard-temp',
        `<vCard xmlns="vcard-temp"><PHOTO><TYPE>image/png</TYPE><BINVAL>${bytes.toString('base64')}</BINVAL></PHOTO></vCard>`,
      );
    await card(png);
    expect(await fetched).toBe(png.toString('base64'));
    one.written();
    const forged = one.connection.facets.avatars?.fetch(amy, hashed);
    await one.settle();
    await one.answers('pubsub', pubsub);
    const refused = forged?.catch((error: unknown) => error);
    await card(Buffer.concat([png, Buffer.from('!')]));
    expect(await refused).toMatchObject({ code: 'not-found' });
  });

  it.each([
    ['no picture at all', Buffer.from('<svg onload="alert(1)"/>')],
    ['bigger than any picture may be', Buffer.concat([png, Buffer.alloc(largestPicture)])],
  ])('is refused when its bytes are %s, even under their own hash', async (_what, bytes) => {
    const one = await online();
    const hash = createHash('sha1').update(bytes).digest('hex');
    const fetched = one.connection.facets.avatars?.fetch(amy, hash);
    const refused = fetched?.catch((error: unknown) => error);
    await one.settle();
    await one.answers('pubsub', pubsub);
    await one.answers(
      'vCard',
      'vcard-temp',
      `<vCard xmlns="vcard-temp"><PHOTO><BINVAL>${bytes.toString('base64')}</BINVAL></PHOTO></vCard>`,
    );
    expect(await refused).toMatchObject({ code: 'not-found' });
  });
});

describe('our own picture', () => {
  it('is published bytes first, is known here at once, and hangs on our old card where the server does not see to that', async () => {
    const one = await online();
    const set = one.connection.facets.avatars?.setOwn(png.toString('base64'));
    await one.settle();
    const node = () => one.asked('pubsub', pubsub).child('pubsub', pubsub)?.child('publish')?.attribute('node');
    expect(node()).toBe('urn:xmpp:avatar:data');
    await one.answers('pubsub', pubsub);
    expect(node()).toBe(metadataNode);
    await one.answers('pubsub', pubsub);
    await set;
    expect(one.seat.living.profile.avatar).toBe(hashed);
    await one.answers('vCard', 'vcard-temp', '<vCard xmlns="vcard-temp"><FN>Me</FN><PHOTO>old</PHOTO></vCard>');
    const card = one.asked('vCard', 'vcard-temp').child('vCard', 'vcard-temp');
    expect(card?.elements().map((part) => part.name)).toEqual(['FN', 'PHOTO']);
    expect(card?.child('PHOTO')?.child('BINVAL')?.text()).toBe(png.toString('base64'));

    const later = rig({ memory: [...one.seat.kept] });
    const server = await later.online();
    const announced = server.written.map(({ element }) => element).find((stanza) => stanza.name === 'presence');
    expect(announced?.child('x', 'vcard-temp:x:update')?.child('photo')?.text()).toBe(hashed);
    expect(later.seat.living.profile.avatar).toBe(hashed);
  });

  it('is left to a server that makes old cards by itself', async () => {
    const one = await online({ memory: [['server-abilities', 'urn:xmpp:pep-vcard-conversion:0']] });
    const set = one.connection.facets.avatars?.setOwn(png.toString('base64'));
    await one.settle();
    await one.answers('pubsub', pubsub);
    await one.answers('pubsub', pubsub);
    await set;
    expect(one.written().filter((stanza) => stanza.child('vCard', 'vcard-temp') !== undefined)).toEqual([]);
  });

  it('set by another of our devices is ours, too', async () => {
    const one = await online();
    await one.says(event('me@home.example', metadataNode, picture));
    expect(one.seat.living.profile.avatar).toBe(hashed);
  });

  it('must be a picture', async () => {
    const one = await online();
    const set = one.connection.facets.avatars?.setOwn(Buffer.from('<svg/>').toString('base64'));
    await expect(set).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(one.written()).toEqual([]);
  });
});

describe('what people call themselves', () => {
  const nick = (text: string) => `<nick xmlns="http://jabber.org/protocol/nick">${text}</nick>`;

  it('is kept with the contact as one short line without signs that turn the text around it', async () => {
    const one = await online();
    await one.says(event(amy, 'http://jabber.org/protocol/nick', nick(`  Amy\n\u202Eecila ${'y'.repeat(300)}`)));
    expect(of(one)?.nickname).toMatch(/^Amy ecila y{90}$/);
  });

  it('is published by us, and known here at once', async () => {
    const one = await online();
    const set = one.connection.facets.nickname?.setOwn('Me Myself');
    await one.settle();
    const item = one.asked('pubsub', pubsub).child('pubsub', pubsub)?.child('publish')?.child('item');
    expect(item?.elements()[0]?.text()).toBe('Me Myself');
    await one.answers('pubsub', pubsub);
    await set;
    expect(one.seat.living.profile.nickname).toBe('Me Myself');
  });
});
