/** What it costs at a real server to bear a wrong hash of one's abilities, and what it spares to bear the right one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disposable } from '../../src/base/index.ts';
import { NS_CAPS, NS_DISCO_INFO } from '../../protocols/xmpp/features/caps.ts';
import { features } from '../../protocols/xmpp/features/index.ts';
import type { Feature, Session } from '../../protocols/xmpp/session.ts';
import { NS_CLIENT } from '../../protocols/xmpp/stanza-errors.ts';
import { type Element, xml } from '../../protocols/xmpp/stream/element.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { befriend, XmppPerson } from '../harness/xmpp-person.ts';

const friends = ['amy', 'bob', 'cid', 'dot', 'eve'];

/** Attached last: puts this hash into every presence that bears one. */
const wearing =
  (ver: string): Feature =>
  (session) => {
    const changed: Session & { send: Session['send'] } = session;
    const send = session.send.bind(session);
    const worn = (child: Element | string) =>
      typeof child !== 'string' && child.is('c', NS_CAPS) ? child.with({ ver }) : child;
    changed.send = (stanza, acknowledged) =>
      send(
        stanza.name === 'presence'
          ? xml('presence', NS_CLIENT, stanza.attributes, ...stanza.children.map(worn))
          : stanza,
        acknowledged,
      );
    return disposable(() => Reflect.deleteProperty(changed, 'send'));
  };

describe('a server that watches for those who want news (XEP-0163)', () => {
  let server: Prosody;

  beforeAll(async () => {
    server = await startProsody({ users: ['me', ...friends] });
    await using me = new XmppPerson(server, 'me');
    await me.arrive();
    for (const name of friends) {
      await using friend = new XmppPerson(server, name, { features });
      await friend.arrive();
      await befriend(me, friend);
    }
  });
  afterAll(() => server.stop());

  /** How often we are asked what we can do, in one login, up to the answer to a ping sent after everything. */
  async function asked(how: readonly Feature[]): Promise<number> {
    await using me = new XmppPerson(server, 'me', { features: how, resource: `r${Math.random()}` });
    await me.arrive();
    await me.seat.heard.until('self-changed', () => true);
    await me.facet('archive').page({ kind: 'contact', contact: me.address }, undefined, 1);
    return me.received
      .filter(({ name, children }) => {
        const [child] = children;
        return name === 'iq' && typeof child === 'object' && child.is('query', NS_DISCO_INFO);
      })
      .filter((iq) => iq.attribute('type') === 'get').length;
  }

  it('asks nothing of one whose hash is right and known, and once for each contact at each login of one whose hash is wrong', async () => {
    await asked(features);
    const right = [await asked(features), await asked(features)];
    const wrong = [await asked([...features, wearing('wrong=')]), await asked([...features, wearing('wrong=')])];
    process.stdout.write(`Questions at two logins with ${friends.length} contacts: ${right} right, ${wrong} wrong\n`);
    expect(right).toEqual([0, 0]);
    for (const count of wrong) expect(count).toBeGreaterThanOrEqual(friends.length);
  });
});
