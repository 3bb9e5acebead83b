/** Pictures and names that people give themselves, between Kith and slixmpp over a real Prosody, both ways. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyCard, nameOf, newContact } from '../../src/domain/index.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Slixmpp, startSlixmpp } from '../harness/slixmpp.ts';
import { until } from '../harness/waiting.ts';
import { XmppPerson } from '../harness/xmpp-person.ts';

/** One white pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC';

describe('Kith and slixmpp', () => {
  let server: Prosody;
  let alice: XmppPerson;
  let bob: Slixmpp;
  let asBob: XmppPerson;

  beforeAll(async () => {
    server = await startProsody();
    alice = new XmppPerson(server, 'alice');
    await alice.arrive();
    bob = await startSlixmpp(server, 'bob');
    // A name to look him up by; it is never signed in.
    asBob = new XmppPerson(server, 'bob');
    await alice.facet('roster').request(asBob.address, {});
    await bob.events.next('the request', ({ type }) => type === 'subscription');
    bob.subscription('alice@localhost', 'subscribed');
    bob.subscription('alice@localhost', 'subscribe');
    await alice.untilSees(asBob, ({ theySeeUs }) => theySeeUs === 'asked');
    await alice.facet('roster').authorise(asBob.address);
    await alice.untilSees(asBob, ({ theySeeUs, weSeeThem }) => theySeeUs === 'yes' && weSeeThem === 'yes');
  });
  afterAll(async () => {
    await asBob?.[Symbol.asyncDispose]();
    await bob?.end();
    await alice?.[Symbol.asyncDispose]();
    await server?.stop();
  });

  it('show each other their pictures', async () => {
    bob.avatar(png);
    await alice.untilSees(asBob, ({ avatar }) => avatar !== '');
    const avatar = alice.sees(asBob)?.avatar ?? '';
    expect(await alice.facet('avatars').fetch(asBob.address, avatar)).toBe(png);
    await alice.facet('avatars').setOwn(png);
    const seen = await bob.events.next(
      'her picture',
      (event) => event.type === 'avatar' && event.sender === alice.address,
    );
    expect(seen).toEqual({ type: 'avatar', sender: alice.address, id: avatar, bytes: png });
    expect(alice.seat.living.profile.avatar).toBe(avatar);
  });

  it('tell each other what they call themselves', async () => {
    bob.nick('Bobby');
    await alice.untilSees(asBob, ({ nickname }) => nickname === 'Bobby');
    expect(nameOf(alice.sees(asBob) ?? newContact(asBob.address))).toBe('Bobby');
    await alice.facet('nickname').setOwn('Allie');
    const seen = await bob.events.next('her name', (event) => event.type === 'nick' && event.sender === alice.address);
    expect(seen).toMatchObject({ sender: alice.address, nick: 'Allie' });
  });

  it('read each other’s cards, whichever kind they are written as', async () => {
    bob.card('Robert Builder');
    const read = async () => (await alice.facet('cards').read(asBob.address)).name;
    await until('his card', async () => ((await read()) === 'Robert Builder' ? true : undefined));
    await alice.facet('cards').writeOwn({ ...emptyCard, name: 'Alice Liddell', birthday: '1852-05-04' });
    bob.readCard(alice.address);
    const seen = await bob.events.next('her card', ({ type }) => type === 'card');
    expect(seen).toEqual({ type: 'card', sender: alice.address, name: 'Alice Liddell' });
  });
});
