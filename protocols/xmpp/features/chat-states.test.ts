import { describe, expect, it } from 'vitest';
import { type RigSettings, XmppRig } from '../../../test/harness/xmpp-rig.ts';
import { type ContactId, everythingTold, type MessageId, newContact } from '../../../src/domain/index.ts';
import { chatStates } from './chat-states.ts';
import { messages } from './messages.ts';
import { presence } from './presence.ts';

const amy = 'amy@home.example' as ContactId;
const target = { kind: 'contact', contact: amy } as const;
const rig = (settings: RigSettings = {}) =>
  new XmppRig({
    features: [presence, messages, chatStates],
    remembered: [newContact(amy, { listed: true, weSeeThem: 'yes', theySeeUs: 'yes' })],
    ...settings,
  });
const state = (name: string, body = '', from = 'amy@home.example/x') =>
  `<message from="${from}" type="chat">${body}<${name} xmlns="http://jabber.org/protocol/chatstates"/></message>`;
const here = '<presence from="amy@home.example/x"/>';
const gone = '<presence type="unavailable" from="amy@home.example/x"/>';
const said = (one: XmppRig) => one.said('chat-state-changed').map((event) => event.state);
const states = (one: XmppRig) =>
  one.written().flatMap((stanza) => stanza.childIn('http://jabber.org/protocol/chatstates')?.name ?? []);

describe('who is writing', () => {
  it('is said when it changes', async () => {
    const one = rig();
    await one.online();
    await one.says(here, state('active'), state('composing'), state('composing'), state('paused'));
    expect(said(one)).toEqual(['composing', 'paused']);
    expect(one.seat.living.chatStates.get(amy)).toBe('paused');
  });

  it('ends with what they said', async () => {
    const one = rig();
    await one.online();
    await one.says(here, state('composing'));
    await one.says(state('active', '<body>Done</body>'));
    expect(one.seat.living.chatStates.size).toBe(0);
  });

  it('ends when they leave', async () => {
    const one = rig();
    await one.online();
    await one.says(here, state('composing'), gone);
    expect(said(one)).toEqual(['composing', 'gone']);
  });

  it('is said again when the session is resumed', async () => {
    const one = rig();
    await one.online();
    await one.says(here, state('composing'));
    one.server.break();
    expect(one.seat.living.chatStates.size).toBe(0);
    await one.online({ resumed: true });
    expect(one.seat.living.chatStates.get(amy)).toBe('composing');
  });

  it('is nobody we do not know', async () => {
    const one = rig();
    await one.online();
    await one.says(state('composing', '', 'stranger@evil.example/x'), state('unheard-of'));
    expect(said(one)).toEqual([]);
  });
});

describe('that we are writing', () => {
  it('ends with every message, unless the person lets nobody know when they write', async () => {
    const one = rig();
    await one.online();
    const letter = { id: 'm1' as MessageId, target, body: 'Hello', at: 0 };
    const send = one.connection.facets.messages?.send;
    await send?.({ ...letter, disclosure: { ...everythingTold, typingNotices: false } });
    expect(states(one)).toEqual([]);
    await send?.({ ...letter, disclosure: everythingTold });
    expect(states(one)).toEqual(['active']);
  });

  it('goes to whoever let us know the same', async () => {
    const one = rig();
    await one.online();
    await one.says(here, state('active'));
    one.written();
    await one.connection.facets.chatStates?.set(target, 'composing');
    const [stanza] = one.server.written;
    expect(stanza?.element.attribute('to')).toBe(amy);
    expect(stanza?.element.child('no-store', 'urn:xmpp:hints')).toBeDefined();
    expect(states(one)).toEqual(['composing']);
  });

  it('goes to whose program is known to understand it', async () => {
    const abilities = ['text', 'chat-states'] as const;
    const one = rig({ remembered: [newContact(amy, { theySeeUs: 'yes', abilities })] });
    await one.online();
    await one.connection.facets.chatStates?.set(target, 'composing');
    expect(states(one)).toEqual(['composing']);
  });

  it.each([
    ['who never did', [here], newContact(amy, { theySeeUs: 'yes' })],
    ['who left', [here, state('active'), gone], newContact(amy, { weSeeThem: 'yes', theySeeUs: 'yes' })],
    ['who may not see us', [here], newContact(amy, { abilities: ['text', 'chat-states'] })],
    ['nobody we know', [], newContact('bob@home.example' as ContactId)],
  ])('does not go to one %s', async (_, before, contact) => {
    const one = rig({ remembered: [contact] });
    await one.online();
    await one.says(...before);
    one.written();
    await one.connection.facets.chatStates?.set(target, 'composing');
    expect(states(one)).toEqual([]);
  });

  it('is no error while offline', async () => {
    await expect(rig().connection.facets.chatStates?.set(target, 'composing')).resolves.toBeUndefined();
  });
});
