/** Two networks, one window: one network's worker dies in mid-sentence, and the other's conversation does not notice. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId, ContactId, ProtocolId } from '../../src/domain/index.ts';
import { startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startSlixmpp, type Slixmpp } from '../harness/slixmpp.ts';
import { startChromium, type Window, type Windows } from '../harness/window.ts';

describe('a protocol that crashes while people talk', () => {
  let server: Prosody;
  let bob: Slixmpp;
  let kith: KithRun;
  let chromium: Windows;
  let window: Window;
  let romeo: AccountId;

  const online = (account: AccountId) =>
    kith.events.next(
      'an account to be online',
      (event) =>
        event.type === 'connection-changed' &&
        event.account === account &&
        event.event.type === 'status-changed' &&
        event.event.status === 'online',
    );

  beforeEach(async () => {
    [server, chromium, kith] = await Promise.all([startProsody(), startChromium(), startKith()]);
    bob = await startSlixmpp(server, 'bob');
    const alice = await kith.signIn(server, 'alice');
    window = await chromium.open(await kith.openWindow());
    await window.page.getByRole('navigation', { name: 'People' }).waitFor();
    await kith.ask('contact.request', { account: alice, address: 'bob@localhost', alias: 'Bob' });
    await bob.events.next('the request', ({ type }) => type === 'subscription');
    bob.subscription('alice@localhost', 'subscribed');

    const testbed = 'testbed' as ProtocolId;
    romeo = await kith.ask('account.add', { protocol: testbed, address: 'romeo@testbed' });
    await online(romeo);
    const juliet = await kith.ask('account.add', { protocol: testbed, address: 'juliet@testbed' });
    await online(juliet);
    await kith.ask('contact.request', { account: romeo, address: 'juliet@testbed', alias: 'Juliet' });
    await kith.events.next(
      'Romeo to ask',
      (event) =>
        event.type === 'connection-changed' &&
        event.account === juliet &&
        event.event.type === 'contacts-changed' &&
        event.event.changed.some(({ theySeeUs }) => theySeeUs === 'asked'),
    );
    await kith.ask('contact.authorise', { account: juliet, contact: 'romeo@testbed' as ContactId });
    await kith.events.next(
      'Juliet to be there',
      (event) =>
        event.type === 'people-changed' &&
        event.changed.some(({ name, presence }) => name === 'Juliet' && presence.availability === 'available'),
    );
  });
  afterEach(async () => {
    await chromium?.close();
    await kith?.stop();
    await bob?.end();
    await server?.stop();
  });

  /** Romeo writes to the one address of that network whose owner does what it is told to its own house. */
  const misbehave = async (how: 'crash' | 'exit' | 'leak') => {
    const contact = 'poltergeist@testbed' as ContactId;
    await kith.ask('message.send', { account: romeo, target: { kind: 'contact', contact }, body: how });
  };
  const row = (name: string) => window.page.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) });
  const said = (text: string) => window.page.getByRole('article').filter({ hasText: text }).waitFor();
  const write = async (to: string, text: string) => {
    await window.page.getByRole('textbox', { name: `Message to ${to}` }).fill(text);
    await window.page.keyboard.press('Enter');
    await said(text);
  };

  it.each(['crash', 'exit', 'leak'] as const)(
    'leaves the other conversation going and comes back whole (%s)',
    async (how) => {
      await row('Juliet').click();
      await write('Juliet', 'Is your lamp still lit?');
      await kith.events.next(
        'it to arrive',
        (event) =>
          event.type === 'messages-changed' &&
          event.changed.some(
            ({ body, delivery }) => body === 'Is your lamp still lit?' && delivery?.state === 'delivered',
          ),
      );
      await row('Bob').click();
      bob.chatState('alice@localhost', 'composing');
      await window.page
        .getByText(/Bob is (typing|writing)/)
        .first()
        .waitFor();
      await window.page.getByRole('textbox', { name: 'Message to Bob' }).fill('half a sent');

      await misbehave(how);
      await kith.events.next(
        'the loss',
        (event) =>
          event.type === 'connection-changed' &&
          event.account === romeo &&
          event.event.type === 'status-changed' &&
          event.event.reason?.code === 'protocol-crashed',
      );
      const { connections } = await kith.ask('house.join', {});
      const contacts = connections.find(({ account }) => account === romeo)?.contacts ?? [];
      expect(contacts.map(({ presence }) => presence.availability)).toEqual(['unknown']);

      // Bob neither lost his typing nor my half sentence, and we go on.
      expect(
        await window.page
          .getByText(/Bob is (typing|writing)/)
          .first()
          .isVisible(),
      ).toBe(true);
      expect(await window.page.getByRole('textbox', { name: 'Message to Bob' }).inputValue()).toBe('half a sent');
      await bob.send('alice@localhost', 'did you hear that?');
      await said('did you hear that?');
      await write('Bob', 'half a sentence, whole');
      expect(await bob.events.next('the answer', ({ type }) => type === 'message')).toMatchObject({
        body: 'half a sentence, whole',
      });

      await online(romeo);
      await row('Juliet').click();
      await said('Is your lamp still lit?');
      await write('Juliet', 'through yonder window breaks?');
      await kith.events.next(
        'it to arrive as well',
        (event) =>
          event.type === 'messages-changed' &&
          event.changed.some(
            ({ body, delivery }) => body === 'through yonder window breaks?' && delivery?.state === 'delivered',
          ),
      );
    },
  );

  it('says in its row that nobody knows how they are', async () => {
    await row('Juliet').filter({ hasNotText: 'Not known' }).waitFor();
    await misbehave('crash');
    await window.page.getByRole('treeitem', { name: /^Juliet\b.*not known/i }).waitFor();
    await window.page.getByRole('treeitem', { name: /^Juliet\b.*available/i }).waitFor();
  });
});
