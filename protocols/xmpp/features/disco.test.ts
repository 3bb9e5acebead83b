import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, newContact } from '../../../src/domain/index.ts';
import { abilities } from './abilities.ts';
import { capsNode, NS_CAPS, ownVerification, verificationOf } from './caps.ts';
import { disco, NS_DISCO_INFO } from './disco.ts';
import { features } from './index.ts';
import { ownServer } from './own-server.ts';
import { ping } from './ping.ts';
import { presence } from './presence.ts';
import { receipts } from './receipts.ts';
import { roster } from './roster.ts';
import { version } from './version.ts';

const amy = 'amy@home.example' as ContactId;
const bob = 'bob@home.example' as ContactId;
const ask = (inside: string) =>
  `<iq type="get" id="q1" from="amy@home.example/x" to="me@home.example/fake">${inside}</iq>`;
const info = (node = '') => ask(`<query xmlns="${NS_DISCO_INFO}"${node === '' ? '' : ` node="${node}"`}/>`);
const vars = (one: XmppRig) =>
  one
    .written()
    .at(-1)
    ?.child('query', NS_DISCO_INFO)
    ?.childrenNamed('feature')
    .map((feature) => feature.attribute('var'));

describe('what we say we can do', () => {
  it('is what the attached features do, no more', async () => {
    const few = new XmppRig({ features: [disco, ping] });
    await few.online();
    await few.says(info());
    expect(vars(few)).toEqual([NS_CAPS, NS_DISCO_INFO, 'urn:xmpp:ping']);
    const more = new XmppRig({ features: [disco, ping, receipts] });
    await more.online();
    await more.says(info());
    expect(vars(more)).toEqual([NS_CAPS, NS_DISCO_INFO, 'urn:xmpp:ping', 'urn:xmpp:receipts']);
  });

  it('is everything, when everything is attached', async () => {
    const one = new XmppRig({ features });
    await one.online();
    await one.says(info());
    expect(vars(one)).toEqual([
      'http://jabber.org/protocol/caps',
      'http://jabber.org/protocol/chatstates',
      'http://jabber.org/protocol/disco#info',
      'jabber:iq:version',
      'urn:xmpp:carbons:2',
      'urn:xmpp:chat-markers:0',
      'urn:xmpp:ping',
      'urn:xmpp:receipts',
      'urn:xmpp:sid:0',
    ]);
  });

  it('hashes to what our presence bears, and is answered under that name', async () => {
    const one = new XmppRig({ features: [disco, presence, ping, receipts] });
    await one.online();
    const caps = one
      .written()
      .find(({ name }) => name === 'presence')
      ?.child('c', NS_CAPS);
    const ver = caps?.attribute('ver') ?? '';
    await one.says(info(`${capsNode}#${ver}`));
    const answer = one.written().at(-1)?.child('query', NS_DISCO_INFO);
    expect(answer?.attribute('node')).toBe(`${capsNode}#${ver}`);
    expect(answer && verificationOf(answer)).toBe(ver);
  });

  it('is not answered under any other name', async () => {
    const one = new XmppRig({ features: [disco] });
    await one.online();
    one.written();
    await one.says(info('https://kith.im#something-else'));
    expect(one.written()[0]?.child('error')?.elements()[0]?.name).toBe('item-not-found');
  });

  it('ends when a feature is taken away', async () => {
    const one = new XmppRig({ features: [disco, ping] });
    await one.online();
    await one.connection[Symbol.asyncDispose]();
    expect(ownVerification([])).not.toBe(ownVerification([NS_CAPS]));
  });
});

describe('the hash', () => {
  // The two examples of XEP-0115, sections 5.2 and 5.3.
  it.each([
    [
      'QgayPKawpkPSDYmwT/WM94uAlu0=',
      `<identity category="client" name="Exodus 0.9.1" type="pc"/>
       <feature var="http://jabber.org/protocol/caps"/><feature var="http://jabber.org/protocol/disco#info"/>
       <feature var="http://jabber.org/protocol/disco#items"/><feature var="http://jabber.org/protocol/muc"/>`,
    ],
    [
      'q07IKJEyjvHSyhy//CH0CxmKi8w=',
      `<identity xml:lang="en" category="client" name="Psi 0.11" type="pc"/>
       <identity xml:lang="el" category="client" name="Ψ 0.11" type="pc"/>
       <feature var="http://jabber.org/protocol/caps"/><feature var="http://jabber.org/protocol/disco#info"/>
       <feature var="http://jabber.org/protocol/disco#items"/><feature var="http://jabber.org/protocol/muc"/>
       <x xmlns="jabber:x:data" type="result">
         <field var="FORM_TYPE" type="hidden"><value>urn:xmpp:dataforms:softwareinfo</value></field>
         <field var="ip_version" type="text-multi"><value>ipv4</value><value>ipv6</value></field>
         <field var="os"><value>Mac</value></field><field var="os_version"><value>10.5.1</value></field>
         <field var="software"><value>Psi</value></field><field var="software_version"><value>0.11</value></field>
       </x>`,
    ],
  ])('is %s as the standard has it', (ver, inside) => {
    expect(verificationOf(parseXml(`<query xmlns="${NS_DISCO_INFO}">${inside}</query>`))).toBe(ver);
  });
});

describe('what others can do', () => {
  const inside = `<identity category="client" type="phone" name="X"/><feature var="urn:xmpp:receipts"/>
    <feature var="http://jabber.org/protocol/chatstates"/>`;
  const ver = verificationOf(parseXml(`<query xmlns="${NS_DISCO_INFO}">${inside}</query>`));
  const here = (who: string, hash = ver) =>
    `<presence from="${who}"><c xmlns="${NS_CAPS}" hash="sha-1" node="https://x.example" ver="${hash}"/></presence>`;
  const rig = (settings: RigSettings = {}) =>
    new XmppRig({ features: [abilities], remembered: [newContact(amy), newContact(bob)], ...settings });
  const of = (one: XmppRig, who: ContactId) => one.seat.living.contacts.get(who)?.abilities;
  const answer = (one: XmppRig) =>
    one.answers('query', NS_DISCO_INFO, `<query xmlns="${NS_DISCO_INFO}">${inside}</query>`);

  it('is asked once for all who have the same program, and never again', async () => {
    const one = rig();
    await one.online();
    await one.says(here('amy@home.example/x'), here('bob@home.example/y'));
    const asked = one.server.written.map(({ element }) => element);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.attribute('to')).toBe('amy@home.example/x');
    expect(asked[0]?.child('query', NS_DISCO_INFO)?.attribute('node')).toBe(`https://x.example#${ver}`);
    await answer(one);
    expect(of(one, amy)).toEqual(['text', 'receipts', 'chat-states']);
    expect(of(one, bob)).toEqual(['text', 'receipts', 'chat-states']);

    const later = rig({ memory: [...one.seat.kept] });
    await later.online();
    await later.says(here('amy@home.example/x'));
    expect(later.written()).toEqual([]);
    expect(of(later, amy)).toEqual(['text', 'receipts', 'chat-states']);
  });

  it('is not believed for others when the hash proves nothing', async () => {
    const one = rig();
    await one.online();
    await one.says(here('amy@home.example/x', 'a-lie'), here('bob@home.example/y', 'a-lie'));
    await answer(one);
    expect(of(one, amy)).toEqual(['text', 'receipts', 'chat-states']);
    expect(of(one, bob)).toEqual(['text']);
    expect(one.seat.kept.get('caps')).toBeUndefined();
  });

  it('does not bring back one who was removed before the answer came', async () => {
    const one = rig({ features: [roster, abilities] });
    await one.online();
    await one.says(here('amy@home.example/x'));
    await one.says(
      `<iq type="set" id="p1"><query xmlns="jabber:iq:roster"><item jid="${amy}" subscription="remove"/></query></iq>`,
    );
    await answer(one);
    expect(one.seat.living.contacts.has(amy)).toBe(false);
  });

  it('is not asked of strangers', async () => {
    const one = rig();
    await one.online();
    await one.says(here('stranger@evil.example/x'));
    expect(one.written()).toEqual([]);
  });

  it('survives a memory that was damaged', async () => {
    const one = rig({ memory: [['caps', '[[[']] });
    await one.online();
    await one.says(here('amy@home.example/x'));
    expect(one.written()).toHaveLength(1);
  });

  it('of our own server is remembered for the next session', async () => {
    const one = new XmppRig({ features: [ownServer] });
    await one.online();
    expect(one.asked('query', NS_DISCO_INFO).attribute('to')).toBe('me@home.example');
    await one.answers(
      'query',
      NS_DISCO_INFO,
      `<query xmlns="${NS_DISCO_INFO}"><feature var="urn:xmpp:mam:2"/><feature var="urn:example:other"/></query>`,
    );
    expect(one.seat.kept.get('server-abilities')).toBe('urn:xmpp:mam:2');
  });
});

describe('small questions', () => {
  it('whether we are there is answered yes', async () => {
    const one = new XmppRig({ features: [ping] });
    await one.online();
    await one.says(ask('<ping xmlns="urn:xmpp:ping"/>'));
    expect(one.written()).toEqual([parseXml('<iq type="result" id="q1" to="amy@home.example/x"/>')]);
  });

  it('which program we are is answered, and nothing of the machine', async () => {
    const one = new XmppRig({ features: [version] });
    await one.online();
    await one.says(ask('<query xmlns="jabber:iq:version"/>'));
    const answer = one.written()[0]?.child('query', 'jabber:iq:version');
    expect(answer?.elements().map(({ name }) => name)).toEqual(['name', 'version']);
    expect(answer?.child('name')?.text()).toBe('Kith');
    expect(answer?.child('version')?.text()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
