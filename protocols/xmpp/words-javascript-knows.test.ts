/** Others choose words, and some of them are names that every JavaScript object knows: they mean no more than any unknown word. */
import { describe, expect, it } from 'vitest';
import { RoomRig } from '../../test/harness/room-rig.ts';
import { XmppRig } from '../../test/harness/xmpp-rig.ts';
import { type ContactId, everythingTold, type MessageId, newContact } from '../../src/domain/index.ts';
import { messages } from './features/messages.ts';
import { presence } from './features/presence.ts';
import { saslFailure, streamError } from './stream/conditions.ts';
import { Element } from './stream/element.ts';
import { ns } from './stream/namespaces.ts';

const amy = 'amy@home.example' as ContactId;

describe.each(['constructor', 'toString', 'hasOwnProperty', 'unheard-of'])('the word %s', (word) => {
  it('is no way to be there: whoever is here is here', async () => {
    const one = new XmppRig({ features: [presence], remembered: [newContact(amy, { weSeeThem: 'yes' })] });
    await one.online();
    await one.says(`<presence from="${amy}/x"><show>${word}</show></presence>`);
    expect(one.seat.living.contacts.get(amy)?.presence).toMatchObject({ availability: 'available' });
  });

  it('is no reason of its own to refuse a message', async () => {
    const one = new XmppRig({ features: [messages] });
    await one.online();
    const target = { kind: 'contact', contact: amy } as const;
    const id = 'm1' as MessageId;
    await one.connection.facets.messages?.send({ id, target, body: 'x', at: 0, disclosure: everythingTold });
    await one.says(
      `<message type="error" id="m1" from="${amy}"><error><${word} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></message>`,
    );
    expect(one.said('delivery-changed').at(-1)?.delivery).toMatchObject({
      state: 'failed',
      reason: 'server-refused',
      text: 'The server refused this',
    });
  });

  it('makes nobody in a room more than a guest who may talk', async () => {
    const one = new RoomRig();
    await one.begun();
    await one.joined();
    await one.there('amy', { item: `role="${word}" affiliation="${word}"` });
    expect(one.occupants().find(({ nick }) => nick === 'amy')).toMatchObject({
      role: 'participant',
      affiliation: 'none',
    });
  });

  it('as the reason of a server is a refusal, and no more', () => {
    const failure = new Element('failure', ns.sasl, {}, [new Element(word, ns.sasl)]);
    expect(saslFailure(failure)).toMatchObject({ code: 'server-refused', message: `It lets nobody in (${word})` });
    const error = new Element('error', ns.stream, {}, [new Element(word, ns.streamConditions)]);
    expect(streamError(error)).toMatchObject({ code: 'server-refused' });
  });
});
