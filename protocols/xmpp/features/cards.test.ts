import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { XmppRig } from '../../../test/harness/xmpp-rig.ts';
import type { Card, ContactId } from '../../../src/domain/index.ts';
import { cards } from './cards.ts';

const amy = 'amy@home.example' as ContactId;
const pubsub = 'http://jabber.org/protocol/pubsub';
const card: Card = {
  name: 'Amy Pond',
  organisation: 'The Leadworth Library',
  mails: ['amy@example.org'],
  phones: ['+44 20 7946 0000'],
  birthday: '1989-05-21',
  urls: ['https://amy.example/'],
};
const newer = `<vcard xmlns="urn:ietf:params:xml:ns:vcard-4.0"><fn><text>Amy Pond</text></fn><org><text>The Leadworth Library</text></org>
  <email><parameters><pref><integer>1</integer></pref></parameters><text>amy@example.org</text></email>
  <tel><uri>tel:+44 20 7946 0000</uri></tel><bday><date>19890521</date></bday><url><uri>https://amy.example/</uri></url></vcard>`;
const older = `<vCard xmlns="vcard-temp"><FN>Amy Pond</FN><ORG><ORGNAME>The Leadworth Library</ORGNAME></ORG>
  <EMAIL><INTERNET/><USERID>amy@example.org</USERID></EMAIL><TEL><WORK/><NUMBER>+44 20 7946 0000</NUMBER></TEL>
  <BDAY>1989-05-21T00:00:00Z</BDAY><URL>https://amy.example/</URL><URL>javascript:alert(1)</URL></vCard>`;
const items = (inside: string) =>
  `<pubsub xmlns="${pubsub}"><items node="urn:xmpp:vcard4"><item id="current">${inside}</item></items></pubsub>`;

async function reading(): Promise<{ one: XmppRig; read: Promise<Card> | undefined }> {
  const one = new XmppRig({ features: [cards] });
  await one.online();
  const read = one.connection.facets.cards?.read(amy);
  await one.settle();
  return { one, read };
}

describe('what people say of themselves', () => {
  it('is read from the card they publish', async () => {
    const { one, read } = await reading();
    await one.answers('pubsub', pubsub, items(newer));
    expect(await read).toEqual(card);
  });

  it('is read from the old one where they publish none, and what is not a web address is left out', async () => {
    const { one, read } = await reading();
    await one.answers('pubsub', pubsub, items(''));
    await one.answers('vCard', 'vcard-temp', older);
    expect(await read).toEqual(card);
  });

  it('is nothing, and no fault, where there is no card at all', async () => {
    const { one, read } = await reading();
    await one.answers('pubsub', pubsub);
    await one.answers('vCard', 'vcard-temp');
    expect((await read)?.name).toBe('');
  });
});

describe('what we say of ourselves', () => {
  it('is written as both, keeps what else stands on the old one, and reads back as it was', async () => {
    const { one } = await reading();
    one.written();
    const written = one.connection.facets.cards?.writeOwn(card);
    await one.settle();
    const published = one
      .asked('pubsub', pubsub)
      .child('pubsub', pubsub)
      ?.child('publish')
      ?.child('item')
      ?.elements()[0];
    expect(published?.elements().map(({ name }) => name)).toEqual(['fn', 'org', 'email', 'tel', 'bday', 'url']);
    await one.answers('pubsub', pubsub);
    await written;
    await one.answers('vCard', 'vcard-temp', '<vCard xmlns="vcard-temp"><FN>Old</FN><PHOTO>kept</PHOTO></vCard>');
    const old = one.asked('vCard', 'vcard-temp').child('vCard', 'vcard-temp');
    const wanted = parseXml(older)
      .elements()
      .map(({ name }) => name);
    expect(old?.elements().map(({ name }) => name)).toEqual(['PHOTO', ...wanted.slice(0, -1)]);
  });
});
