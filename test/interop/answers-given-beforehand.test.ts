/** Somebody added with a welcome may see us the moment they ask, at a real server; and what each is online with. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { until } from '../harness/waiting.ts';
import { XmppPerson } from '../harness/xmpp-person.ts';

describe('an answer given beforehand', () => {
  let server: Prosody;
  let all: readonly XmppPerson[];

  beforeAll(async () => {
    server = await startProsody();
    all = [
      new XmppPerson(server, 'alice'),
      new XmppPerson(server, 'alice', { resource: 'phone' }),
      new XmppPerson(server, 'bob'),
    ];
    for (const one of all) await one.arrive();
  });
  afterAll(async () => {
    for (const one of all) await one[Symbol.asyncDispose]();
    await server.stop();
  });

  it('is kept by the server, which asks nobody when the question comes', async () => {
    const [alice, phone, bob] = all as [XmppPerson, XmppPerson, XmppPerson];
    await alice.facet('roster').request(bob.address, { welcome: true });
    await bob.untilSees(alice, ({ theySeeUs }) => theySeeUs === 'asked');
    await bob.facet('roster').request(alice.address, {});
    const seen = ({ presence }: { presence: { availability: string } }) => presence.availability === 'available';
    await bob.untilSees(alice, seen);
    await alice.untilSees(bob, ({ theySeeUs }) => theySeeUs === 'yes');
    const asked = alice.seat.heard.events.some(
      (event) => event.type === 'contacts-changed' && event.changed.some(({ theySeeUs }) => theySeeUs === 'asked'),
    );
    expect(asked).toBe(false);
    const names = async (who: XmppPerson, of: XmppPerson) =>
      (await who.facet('devices').list(of.address)).map(({ name }) => name).toSorted();
    await until('both devices', async () => ((await names(bob, alice)).length === 2 ? true : undefined));
    expect(await names(bob, alice)).toEqual(['desk', 'phone']);
    expect(await names(alice, alice)).toEqual(['phone']);
    expect(await names(phone, alice)).toEqual(['desk']);
  });
});
