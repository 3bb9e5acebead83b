import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, newContact } from '../../../src/domain/index.ts';
import { NS_ROSTER, roster } from './roster.ts';
import { subscriptions } from './subscriptions.ts';

const amy = 'amy@home.example' as ContactId;
const bob = 'bob@home.example' as ContactId;
const versioned = { features: parseXml('<features><ver xmlns="urn:xmpp:features:rosterver"/></features>') };
const rig = (settings: ConstructorParameters<typeof XmppRig>[0] = {}) =>
  new XmppRig({ features: [roster, subscriptions], ...settings });
const list = (items: string, ver = '') => `<query xmlns="${NS_ROSTER}"${ver}>${items}</query>`;

describe('the contact list', () => {
  it('is asked for at the beginning, and read with names, groups and both directions', async () => {
    const one = rig();
    await one.online();
    await one.answers(
      'query',
      NS_ROSTER,
      list(`
        <item jid="Amy@Home.example" name="Amy" subscription="both"><group>Friends</group><group>Friends</group></item>
        <item jid="bob@home.example" subscription="none" ask="subscribe"/>
        <item jid="" subscription="both"/>`),
    );
    expect([...one.seat.living.contacts.values()]).toEqual([
      newContact(amy, { alias: 'Amy', groups: ['Friends'], weSeeThem: 'yes', theySeeUs: 'yes', listed: true }),
      newContact(bob, { weSeeThem: 'asked', listed: true }),
    ]);
    expect(one.seat.living.rosterKnown).toBe(true);
  });

  it('is not sent again when the version we have is current', async () => {
    const remembered = [newContact(amy, { listed: true, weSeeThem: 'yes' })];
    const one = rig({ remembered, memory: [['roster', '1 v7']] });
    await one.online(versioned);
    expect(one.asked('query', NS_ROSTER).child('query', NS_ROSTER)?.attribute('ver')).toBe('v7');
    await one.answers('query', NS_ROSTER);
    expect(one.said('contacts-changed')).toEqual([]);
    expect(one.seat.living.rosterKnown).toBe(true);
    expect(one.seat.living.contacts.get(amy)?.listed).toBe(true);
  });

  it('is fetched whole when fewer contacts are remembered than the version was of', async () => {
    const one = rig({ remembered: [], memory: [['roster', '1 v7']] });
    await one.online(versioned);
    expect(one.asked('query', NS_ROSTER).child('query', NS_ROSTER)?.attribute('ver')).toBe('');
  });

  it('forgets those who left it while we were away', async () => {
    const one = rig({ remembered: [newContact(amy, { listed: true }), newContact(bob, { listed: true })] });
    await one.online();
    await one.answers('query', NS_ROSTER, list('<item jid="amy@home.example" subscription="none"/>'));
    expect(one.said('contacts-changed')).toEqual([{ type: 'contacts-changed', changed: [], removed: [bob] }]);
  });

  it('keeps its version only after its contacts are on disk', async () => {
    const one = rig({ storesAtOnce: false });
    await one.online(versioned);
    await one.answers('query', NS_ROSTER, list('<item jid="amy@home.example" subscription="both"/>', ' ver="v8"'));
    expect(one.seat.kept.get('roster')).toBeUndefined();
    one.connection.stored(one.seat.living.revision);
    expect(one.seat.kept.get('roster')).toBe('1 v8');
  });

  it('follows a push from our own account and answers it', async () => {
    const one = rig();
    await one.online();
    one.written();
    await one.says(
      `<iq type="set" id="p1">${list('<item jid="amy@home.example" subscription="to" name="A"/>', ' ver="v9"')}</iq>`,
    );
    expect(one.seat.living.contacts.get(amy)).toMatchObject({ alias: 'A', weSeeThem: 'yes', listed: true });
    expect(one.written()).toEqual([parseXml('<iq type="result" id="p1"/>')]);
    await one.says(
      `<iq type="set" id="p2" from="me@home.example">${list('<item jid="amy@home.example" subscription="remove"/>')}</iq>`,
    );
    expect(one.seat.living.contacts.has(amy)).toBe(false);
  });

  it.each(['mallory@evil.example', 'me@home.example/other', 'home.example'])(
    'does not follow a push from %s, and answers as if nobody knew the request',
    async (from) => {
      const one = rig();
      await one.online();
      one.written();
      await one.says(
        `<iq type="set" id="p1" from="${from}">${list('<item jid="mallory@evil.example" subscription="both"/>')}</iq>`,
      );
      expect(one.seat.living.contacts.size).toBe(0);
      expect(one.written()[0]?.child('error')?.childIn('urn:ietf:params:xml:ns:xmpp-stanzas')?.name).toBe(
        'service-unavailable',
      );
    },
  );

  it('writes the whole item when a part of it changes', async () => {
    const one = rig({ remembered: [newContact(amy, { alias: 'Amy', groups: ['Friends'], listed: true })] });
    await one.online();
    void one.connection.facets.roster?.rename(amy, 'Amélie');
    expect(one.asked('query', NS_ROSTER).child('query', NS_ROSTER)).toEqual(
      parseXml(list('<item jid="amy@home.example" name="Amélie"><group>Friends</group></item>')),
    );
    void one.connection.facets.roster?.setGroups(amy, ['Work', 'Chess']);
    expect(one.asked('query', NS_ROSTER).child('query', NS_ROSTER)).toEqual(
      parseXml(list('<item jid="amy@home.example" name="Amy"><group>Work</group><group>Chess</group></item>')),
    );
  });

  it('says why the server would not change it', async () => {
    const one = rig();
    await one.online();
    const renamed = one.connection.facets.roster?.rename(amy, 'x');
    await Promise.all([
      expect(renamed).rejects.toMatchObject({ code: 'permission-denied' }),
      one.refuses('query', NS_ROSTER, 'not-allowed'),
    ]);
  });

  it('cannot be changed while offline', async () => {
    await expect(rig().connection.facets.roster?.rename(amy, 'x')).rejects.toMatchObject({ code: 'not-online' });
  });
});

describe('asking to be seen', () => {
  const request = '<presence type="subscribe" from="amy@home.example"><status>It is me</status></presence>';

  it('of a stranger is kept as a contact outside the list, with what they said', async () => {
    const one = rig();
    await one.online();
    await one.says(request);
    expect(one.seat.living.contacts.get(amy)).toEqual(
      newContact(amy, { theySeeUs: 'asked', listed: false, request: 'It is me' }),
    );
  });

  it('stays open when the list arrives and knows nothing of it', async () => {
    const one = rig();
    await one.online();
    await one.says(request);
    await one.answers('query', NS_ROSTER, list('<item jid="amy@home.example" subscription="to"/>'));
    expect(one.seat.living.contacts.get(amy)).toMatchObject({ theySeeUs: 'asked', weSeeThem: 'yes' });
  });

  it('is answered yes, and the push that follows makes it so', async () => {
    const one = rig();
    await one.online();
    await one.says(request);
    one.written();
    await one.connection.facets.roster?.authorise(amy);
    expect(one.written()).toEqual([parseXml('<presence type="subscribed" to="amy@home.example"/>')]);
    await one.says(`<iq type="set" id="p1">${list('<item jid="amy@home.example" subscription="from"/>')}</iq>`);
    expect(one.seat.living.contacts.get(amy)).toEqual(newContact(amy, { theySeeUs: 'yes', listed: true }));
  });

  it('is answered no, and the stranger is gone', async () => {
    const one = rig();
    await one.online();
    await one.says(request);
    one.written();
    await one.connection.facets.roster?.refuse(amy);
    expect(one.written()).toEqual([parseXml('<presence type="unsubscribed" to="amy@home.example"/>')]);
    expect(one.seat.living.contacts.has(amy)).toBe(false);
  });

  it('may be taken back by who asked', async () => {
    const one = rig();
    await one.online();
    await one.says(request, '<presence type="unsubscribe" from="amy@home.example"/>');
    expect(one.seat.living.contacts.has(amy)).toBe(false);
  });

  it('is granted at once to those who already may', async () => {
    const one = rig({ remembered: [newContact(amy, { theySeeUs: 'yes', listed: true })] });
    await one.online();
    one.written();
    await one.says(request);
    expect(one.written()).toEqual([parseXml('<presence type="subscribed" to="amy@home.example"/>')]);
    expect(one.seat.living.contacts.get(amy)?.theySeeUs).toBe('yes');
  });

  it('of ours puts them in the list first, then asks with our words', async () => {
    const one = rig();
    await one.online();
    one.written();
    const done = one.connection.facets.roster?.request(amy, { alias: 'Amy', groups: ['New'], message: 'Hello' });
    await one.answers('query', NS_ROSTER);
    await done;
    expect(one.written().slice(1)).toEqual([
      parseXml('<presence type="subscribe" to="amy@home.example"><status>Hello</status></presence>'),
    ]);
  });

  it('of ours says yes to those who had asked the same', async () => {
    const one = rig();
    await one.online();
    await one.says(request);
    const done = one.connection.facets.roster?.request(amy, {});
    await one.answers('query', NS_ROSTER);
    await done;
    expect(one.written().map((stanza) => stanza.attribute('type'))).toEqual(['get', 'set', 'subscribe', 'subscribed']);
  });
});

describe('an answer given beforehand (RFC 6121 section 3.4)', () => {
  const asked = async (features: string, welcome: boolean) => {
    const one = rig();
    await one.online({ features: parseXml(`<features>${features}</features>`) });
    const done = one.connection.facets.roster?.request(amy, { welcome });
    await one.settle();
    await one.answers('query', NS_ROSTER);
    await done;
    return one
      .written()
      .filter(({ name }) => name === 'presence')
      .map((stanza) => stanza.attribute('type'));
  };
  const approves = '<sub xmlns="urn:xmpp:features:pre-approval"/>';

  it('goes before the question, where the server keeps such answers and the person wants it', async () => {
    expect(await asked(approves, true)).toEqual(['subscribed', 'subscribe']);
    expect(await asked(approves, false)).toEqual(['subscribe']);
    expect(await asked('', true)).toEqual(['subscribe']);
  });
});
