import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, newContact } from '../../../src/domain/index.ts';
import { abilities } from './abilities.ts';
import { NS_CAPS, NS_DISCO_INFO } from './caps.ts';
import { hashOf, NS_CAPS_2, NS_HASHES } from './caps-hash.ts';
import { verificationOf } from './caps-verification.ts';
import { disco } from './disco.ts';
import { entityTime } from './entity-time.ts';
import { features } from './index.ts';
import { xml } from '../stream/element.ts';
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
const query = (inside: string) => parseXml(`<query xmlns="${NS_DISCO_INFO}">${inside}</query>`);
const form = (values: string, type = 'hidden') =>
  `<x xmlns="jabber:x:data" type="result"><field var="FORM_TYPE" type="${type}">${values}</field></x>`;
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
    expect(vars(few)).toEqual([NS_CAPS, NS_DISCO_INFO, NS_CAPS_2, 'urn:xmpp:ping']);
    const more = new XmppRig({ features: [disco, ping, receipts] });
    await more.online();
    await more.says(info());
    expect(vars(more)).toEqual([NS_CAPS, NS_DISCO_INFO, NS_CAPS_2, 'urn:xmpp:ping', 'urn:xmpp:receipts']);
  });

  it('is everything, when everything is attached', async () => {
    const one = new XmppRig({ features });
    await one.online();
    await one.says(info());
    expect(vars(one)).toEqual([
      'http://jabber.org/protocol/caps',
      'http://jabber.org/protocol/chatstates',
      'http://jabber.org/protocol/disco#info',
      'http://jabber.org/protocol/muc',
      'http://jabber.org/protocol/nick+notify',
      'jabber:iq:version',
      'jabber:x:conference',
      'jabber:x:oob',
      'urn:xmpp:avatar:metadata+notify',
      'urn:xmpp:bookmarks:1+notify',
      'urn:xmpp:caps',
      'urn:xmpp:carbons:2',
      'urn:xmpp:chat-markers:0',
      'urn:xmpp:mds:displayed:0+notify',
      'urn:xmpp:message-correct:0',
      'urn:xmpp:ping',
      'urn:xmpp:receipts',
      'urn:xmpp:sid:0',
    ]);
  });

  it('hashes to what our presence bears, and is answered under that name', async () => {
    const one = new XmppRig({ features: [disco, presence, ping, receipts] });
    await one.online();
    const announced = one.written().find(({ name }) => name === 'presence');
    const caps = announced?.child('c', NS_CAPS);
    const ver = caps?.attribute('ver') ?? '';
    const hash = announced?.child('c', NS_CAPS_2)?.child('hash', NS_HASHES)?.text();
    const answer = async (node: string) => {
      await one.says(info(node));
      const told = one.written().at(-1)?.child('query', NS_DISCO_INFO);
      expect(told?.attribute('node')).toBe(node);
      return told ?? xml('nothing', '');
    };
    expect(verificationOf(await answer(`${caps?.attribute('node')}#${ver}`))).toBe(ver);
    expect(hashOf(await answer(`urn:xmpp:caps#sha-256.${hash}`))).toBe(hash);
  });

  it('is not answered under any other name', async () => {
    const one = new XmppRig({ features: [disco] });
    await one.online();
    one.written();
    await one.says(info('https://kith.im#something-else'));
    expect(one.written()[0]?.child('error')?.elements()[0]?.name).toBe('item-not-found');
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
    expect(verificationOf(query(inside))).toBe(ver);
  });

  // The example of XEP-0390, section 4.3.
  it('of the newer kind is as its standard has it', () => {
    const namespaces = [
      ...['si', 'bytestreams', 'chatstates', 'disco#info', 'disco#items', 'rosterx', 'ibb'].map(
        (one) => `http://jabber.org/protocol/${one}`,
      ),
      'http://jabber.org/protocol/si/profile/file-transfer',
      ...['time', 'privacy', 'version', 'roster', 'last'].map((one) => `jabber:iq:${one}`),
      ...['urn:xmpp:ping', 'urn:xmpp:time', 'jabber:x:oob', 'urn:xmpp:receipts'],
    ];
    const all = namespaces.map((one) => `<feature var="${one}"/>`).join('');
    const inside = `<identity category="client" name="BombusMod" type="mobile"/>${all}`;
    expect(hashOf(query(inside))).toBe('kzBZbkqJ3ADrj7v08reD1qcWUwNGHaidNUgD7nHpiw8=');
  });

  // XEP-0115 section 5.4: what could pass for something else under the same hash is no answer at all.
  it.each([
    ['a feature said twice', '<feature var="a"/><feature var="a"/>'],
    ['an identity said twice', '<identity category="a" type="b"/><identity category="a" type="b"/>'],
    ['two forms of one type', `${form('<value>t</value>')}${form('<value>t</value>')}`],
    ['a form of two types', form('<value>t</value><value>u</value>')],
  ])('is refused to %s', (_what, inside) => {
    expect(verificationOf(query(inside))).toBeUndefined();
  });

  it('counts a form without a hidden type for nothing', () => {
    expect(verificationOf(query(`<feature var="a"/>${form('<value>t</value>', 'text-single')}`))).toBe(
      verificationOf(query('<feature var="a"/>')),
    );
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
    await answer(one);
    expect(one.seat.kept.get('caps')).toBeUndefined();
  });

  it('costs no question when it is known, and one for each kind of program when it is not', async () => {
    const many = Array.from({ length: 40 }, (_, at) => `c${at}@home.example` as ContactId);
    const remembered = many.map((id) => newContact(id));
    const first = rig({ remembered });
    await first.online();
    await first.says(...many.map((who, at) => here(`${who}/x`, at % 2 === 0 ? ver : 'another')));
    expect(first.server.written).toHaveLength(2);
    const [known] = first.server.written.splice(0, 1);
    const { id, to } = known?.element.attributes ?? {};
    await first.says(
      `<iq type="result" id="${id}" from="${to}"><query xmlns="${NS_DISCO_INFO}">${inside}</query></iq>`,
    );

    const second = rig({ remembered, memory: [...first.seat.kept] });
    await second.online();
    await second.says(...many.map((who) => here(`${who}/x`)));
    expect(second.written()).toEqual([]);
    expect(many.every((who) => of(second, who)?.includes('receipts'))).toBe(true);
  });

  it('is asked of another who bears the hash when the first one lied, and not of all', async () => {
    const one = rig();
    await one.online();
    await one.says(here('amy@home.example/x'), here('bob@home.example/y'));
    await one.answers('query', NS_DISCO_INFO, `<query xmlns="${NS_DISCO_INFO}"><feature var="a-lie"/></query>`);
    expect(one.server.written.map(({ element }) => element.attribute('to'))).toEqual([
      'amy@home.example/x',
      'bob@home.example/y',
    ]);
    expect(of(one, amy)).toEqual(['text']);
    await answer(one);
    expect(of(one, bob)).toEqual(['text', 'receipts', 'chat-states']);

    const many = Array.from({ length: 9 }, (_, at) => `c${at}@home.example` as ContactId);
    const other = rig({ remembered: many.map((id) => newContact(id)) });
    await other.online();
    await other.says(...many.map((who) => here(`${who}/x`, 'a-lie')));
    for (let round = 0; round < 3; round += 1) await answer(other);
    expect(other.server.written).toHaveLength(3);
    await other.settle();
    expect(other.written()).toHaveLength(3);
  });

  it('is read from the newer hash where there is one', async () => {
    const one = rig();
    await one.online();
    const hash = hashOf(query(inside));
    const newer = `<c xmlns="${NS_CAPS_2}"><hash xmlns="${NS_HASHES}" algo="sha-256">${hash}</hash></c>`;
    await one.says(here('amy@home.example/x', 'a-lie').replace('</presence>', `${newer}</presence>`));
    expect(one.asked('query', NS_DISCO_INFO).child('query', NS_DISCO_INFO)?.attribute('node')).toBe(
      `urn:xmpp:caps#sha-256.${hash}`,
    );
    await answer(one);
    expect(one.seat.kept.get('caps')).toContain(`sha-256.${hash}`);
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

  it('which program we are is not answered by who chose so, and not advertised', async () => {
    const one = new XmppRig({ features: [disco, version], parameters: { tellProgram: false } });
    await one.online();
    await one.says(ask('<query xmlns="jabber:iq:version"/>'));
    expect(one.written().at(-1)?.child('error')?.elements()[0]?.name).toBe('service-unavailable');
    await one.says(info());
    expect(vars(one)).not.toContain('jabber:iq:version');
  });

  it('what time it is here is answered by choice, to those who may see us', async () => {
    const time = '<time xmlns="urn:xmpp:time"/>';
    const silent = new XmppRig({ features: [entityTime] });
    await silent.online();
    await silent.says(ask(time));
    expect(silent.written()[0]?.attribute('type')).toBe('error');
    const remembered = [newContact(amy, { theySeeUs: 'yes' })];
    const one = new XmppRig({ features: [entityTime], remembered, parameters: { tellTime: true } });
    await one.online();
    await one.says(ask(time), ask(time).replace('amy@', 'stranger@'));
    const [told, refused] = one.written();
    expect(told?.child('time', 'urn:xmpp:time')?.child('utc')?.text()).toBe(
      new Date(one.clock.now()).toISOString().replace('.000Z', 'Z'),
    );
    expect(told?.child('time', 'urn:xmpp:time')?.child('tzo')?.text()).toMatch(/^(Z|[+-]\d\d:\d\d)$/);
    expect(refused?.attribute('type')).toBe('error');
  });

  it('for how long we have not moved is answered to nobody', async () => {
    const one = new XmppRig();
    await one.online();
    await one.says(ask('<query xmlns="jabber:iq:last"/>'));
    expect(one.written().at(-1)?.child('error')?.elements()[0]?.name).toBe('service-unavailable');
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
