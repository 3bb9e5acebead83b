import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { XmppRig } from '../../../test/harness/xmpp-rig.ts';
import {
  availablePresence,
  type ContactId,
  newContact,
  offlinePresence,
  type Presence,
} from '../../../src/domain/index.ts';
import { disco } from './disco.ts';
import { presence } from './presence.ts';
import { NS_ROSTER, roster } from './roster.ts';
import { subscriptions } from './subscriptions.ts';

const amy = 'amy@home.example' as ContactId;
const bob = 'bob@home.example' as ContactId;
const cy = 'cy@home.example' as ContactId;
const remembered = [
  newContact(amy, { listed: true, weSeeThem: 'yes' }),
  newContact(bob, { listed: true, weSeeThem: 'no' }),
];
const rig = (settings: ConstructorParameters<typeof XmppRig>[0] = {}) =>
  new XmppRig({ features: [disco, roster, presence], remembered, ...settings });
const of = (one: XmppRig, id: ContactId) => one.seat.living.contacts.get(id)?.presence;
const from = (resource: string, inside = '') => `<presence from="amy@home.example/${resource}">${inside}</presence>`;
const gone = (resource: string, inside = '') =>
  `<presence type="unavailable" from="amy@home.example/${resource}">${inside}</presence>`;

describe('our own presence', () => {
  it.each<[Presence, string]>([
    [availablePresence, ''],
    [
      { availability: 'available', status: 'chat', message: 'Talk to me' },
      '<show>chat</show><status>Talk to me</status>',
    ],
    [{ availability: 'busy', status: '', message: '' }, '<show>dnd</show>'],
    [{ availability: 'away', status: 'away', message: '' }, '<show>away</show>'],
    [{ availability: 'extended-away', status: '', message: 'Zzz' }, '<show>xa</show><status>Zzz</status>'],
  ])('is written for %o', async (wanted, inside) => {
    const one = rig();
    (await one.connect(wanted)).establish();
    await one.settle();
    await one.answers('query', NS_ROSTER);
    const sent = one.written().find((stanza) => stanza.name === 'presence');
    const caps = sent?.child('c', 'http://jabber.org/protocol/caps');
    expect(caps?.attribute('hash')).toBe('sha-1');
    expect(sent?.elements().filter(({ name }) => name !== 'c')).toEqual(
      parseXml(`<presence>${inside}</presence>`).elements(),
    );
    expect(one.seat.living.self).toEqual({ contact: one.seat.address, presence: wanted });
  });

  it.each([5, -1])('bears the priority that was set on the account: %i', async (priority) => {
    const one = rig({ parameters: { priority } });
    (await one.connect()).establish();
    await one.settle();
    await one.answers('query', NS_ROSTER);
    const sent = one.written().find((stanza) => stanza.name === 'presence');
    expect(sent?.child('priority')?.text()).toBe(String(priority));
  });

  it('cannot be hidden, and nothing is opened for it', async () => {
    const one = rig();
    const hidden: Presence = { availability: 'hidden', status: '', message: '' };
    await expect(one.connect(hidden)).rejects.toMatchObject({ code: 'not-supported' });
    expect(one.streams).toEqual([]);
  });
});

describe('our first presence of a session', () => {
  const away: Presence = { availability: 'away', status: '', message: '' };
  const shown = (one: XmppRig) =>
    one
      .written()
      .filter((stanza) => stanza.name === 'presence')
      .map((stanza) => stanza.child('show')?.text() ?? 'available');

  it('waits for the list, and everything else for both', async () => {
    const one = new XmppRig({ remembered });
    await one.online();
    expect(one.server.written.map(({ element }) => element.elements()[0]?.xmlns)).toEqual([NS_ROSTER]);
    await one.answers('query', NS_ROSTER);
    const [list, ...rest] = one.written();
    expect(list?.child('query', NS_ROSTER)).toBeDefined();
    expect(rest.map((stanza) => stanza.name)).toContain('presence');
    expect(rest.length).toBeGreaterThan(3);
  });

  it('does not wait for a list that is refused', async () => {
    const one = rig();
    await one.online();
    await one.refuses('query', NS_ROSTER, 'service-unavailable');
    expect(shown(one)).toEqual(['available']);
  });

  it('goes out after ten seconds without the list; then nobody is called offline before it comes', async () => {
    const one = rig();
    await one.online();
    await one.clock.advance(9_999);
    expect(one.written().map((stanza) => stanza.name)).toEqual(['iq']);
    await one.clock.advance(1);
    expect(one.server.written.map(({ element }) => element.name)).toEqual(['presence', 'iq']);
    await one.answers('ping', 'urn:xmpp:ping');
    expect(of(one, amy)?.availability).toBe('unknown');
  });

  it('is the last one wished for while it waited, and is said once', async () => {
    const one = rig();
    await one.online();
    await one.connection.facets.presence?.setOwn(away);
    expect(one.server.written).toHaveLength(1);
    await one.answers('query', NS_ROSTER);
    expect(shown(one)).toEqual(['away']);
    await one.clock.advance(20_000);
    expect(shown(one)).toEqual([]);
    expect(one.seat.living.self?.presence).toEqual(away);
  });

  it('waits over a socket that breaks, and is said on the one that resumes', async () => {
    const one = rig();
    (await one.online()).break();
    await one.clock.advance(10_000);
    await one.online({ resumed: true });
    expect(shown(one)).toEqual(['available']);
  });

  it('is not said when the session ends before', async () => {
    const one = rig();
    await one.online();
    await one.connection.disconnect();
    expect(one.written().map((stanza) => stanza.attribute('type'))).toEqual(['get', 'unavailable']);
    await one.clock.advance(20_000);
    expect(one.written()).toEqual([]);
  });
});

describe('the presence of contacts', () => {
  it('that arrive in one read go out as one fact', async () => {
    const one = rig({ remembered: [...remembered, newContact(cy)] });
    await one.online();
    one.said('presences-changed');
    await one.says(from('a'), '<presence from="bob@home.example/x"/>', '<presence from="cy@home.example/x"/>');
    expect(one.said('presences-changed').map((event) => event.presences.length)).toEqual([3]);
  });

  it('is the most available of their devices, then the one of higher priority, then the newest', async () => {
    const one = rig();
    await one.online();
    await one.says(from('a', '<show>away</show>'), from('b', '<status>at b</status>'));
    expect(of(one, amy)).toEqual({ availability: 'available', status: 'available', message: 'at b' });
    await one.says(from('c', '<status>at c</status>'));
    expect(of(one, amy)?.message).toBe('at c');
    await one.says(from('a', '<status>at a</status><priority>5</priority>'), from('b', '<status>at b</status>'));
    expect(of(one, amy)?.message).toBe('at a');
    await one.says(gone('a'), gone('b'), gone('c', '<status>Good night</status>'));
    expect(of(one, amy)).toEqual({ ...offlinePresence, message: 'Good night' });
  });

  it('is unknown until everybody was heard of; then silence means offline for those we may see', async () => {
    const one = rig();
    await one.online();
    await one.answers('query', NS_ROSTER);
    expect(of(one, amy)?.availability).toBe('unknown');
    await one.answers('ping', 'urn:xmpp:ping');
    expect(of(one, amy)).toEqual(offlinePresence);
    expect(of(one, bob)?.availability).toBe('unknown');
  });

  it('says what is wrong when their server does not answer', async () => {
    const one = rig();
    await one.online();
    await one.says(
      '<presence type="error" from="amy@home.example"><error type="cancel"><remote-server-not-found xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></presence>',
    );
    expect(of(one, amy)).toEqual({ availability: 'unknown', status: 'error', message: 'Their server cannot be found' });
  });

  it('is heard in the same read as the very first list', async () => {
    const one = rig({ remembered: [] });
    await one.online();
    const id = one.asked('query', NS_ROSTER).attribute('id') ?? '';
    const item = '<item jid="amy@home.example" subscription="both"/>';
    await one.says(
      `<iq type="result" id="${id}"><query xmlns="${NS_ROSTER}">${item}</query></iq>`,
      from('a', '<status>Early</status>'),
      '<presence from="stranger@evil.example/x"/>',
    );
    await one.answers('ping', 'urn:xmpp:ping');
    expect(of(one, amy)).toMatchObject({ availability: 'available', message: 'Early' });
    expect(one.seat.living.contacts.has('stranger@evil.example' as ContactId)).toBe(false);
  });

  it('of a stranger makes no contact', async () => {
    const one = rig();
    await one.online();
    await one.says('<presence from="stranger@evil.example/x"/>');
    expect(one.seat.living.contacts.has('stranger@evil.example' as ContactId)).toBe(false);
  });

  it('is unknown while offline, and known again when the session is resumed', async () => {
    const one = rig();
    const before = await one.online();
    await one.answers('query', NS_ROSTER);
    await one.says(from('a', '<show>dnd</show>'));
    before.break();
    expect(of(one, amy)?.availability).toBe('unknown');
    expect(one.seat.living.rosterKnown).toBe(false);

    const after = await one.online({ resumed: true });
    expect(after.resume?.id).toBe('sm-1');
    expect(of(one, amy)).toEqual({ availability: 'busy', status: 'dnd', message: '' });
    expect(one.seat.living).toMatchObject({ status: 'online', rosterKnown: true, self: { contact: one.seat.address } });
    expect(one.written()).toEqual([]);
  });

  it('is asked for anew when the session could not be resumed', async () => {
    const one = rig();
    const before = await one.online();
    await one.says(from('a'));
    before.break();
    await one.online({ resumed: false });
    await one.answers('query', NS_ROSTER);
    expect(of(one, amy)?.availability).toBe('unknown');
    expect(one.written().map((stanza) => stanza.name)).toEqual(['iq', 'presence', 'iq']);
  });
});

describe('a question of the last session', () => {
  it('that is not asked again was answered on another device', async () => {
    const asking = { theySeeUs: 'asked', request: 'Hello' } as const;
    const one = rig({
      features: [roster, subscriptions, presence],
      remembered: [newContact(amy, asking), newContact(bob, asking), newContact(cy, { ...asking, listed: true })],
    });
    await one.online();
    await one.refuses('query', NS_ROSTER, 'service-unavailable');
    await one.says(`<presence type="subscribe" from="${amy}"><status>Still me</status></presence>`);
    await one.answers('ping', 'urn:xmpp:ping');
    expect([...one.seat.living.contacts.values()]).toEqual([
      newContact(amy, { theySeeUs: 'asked', request: 'Still me' }),
      newContact(cy, { listed: true }),
    ]);
  });
});

describe('devices', () => {
  const devices = async (one: XmppRig, whose: string) =>
    (await one.connection.facets.devices?.list(whose as ContactId))?.map((device) => [
      device.name,
      device.presence.availability,
      device.priority,
    ]);

  it('are listed best first, those of a contact and our own others, never this one', async () => {
    const one = rig();
    await one.online();
    await one.answers('query', NS_ROSTER);
    await one.says(
      from('phone', '<show>away</show><priority>5</priority>'),
      from('desk', '<priority>-1</priority>'),
      from('tablet', '<priority>3</priority>'),
      '<presence from="me@home.example/fake"/>',
      '<presence from="me@home.example/phone"><show>xa</show></presence>',
      '<presence from="me@home.example/old"/>',
      '<presence from="me@home.example/old" type="unavailable"/>',
    );
    expect(await devices(one, 'amy@home.example')).toEqual([
      ['tablet', 'available', 3],
      ['desk', 'available', -1],
      ['phone', 'away', 5],
    ]);
    expect(await devices(one, 'me@home.example')).toEqual([['phone', 'extended-away', 0]]);
    expect(await devices(one, 'stranger@evil.example')).toEqual([]);
  });
});
