/** The window on the whole built Kith and a real Prosody, used as a person who starts it for the first time would. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KithRun, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Slixmpp, startSlixmpp } from '../harness/slixmpp.ts';
import { startChromium, type Window, type Windows } from '../harness/window.ts';
import { axeFaults } from './window.ts';

describe('a first start with a real server', () => {
  const password = 'a-password-nobody-else-has';
  let server: Prosody;
  let kith: KithRun;
  let bob: Slixmpp;
  let chromium: Windows;
  let window: Window;

  beforeAll(async () => {
    server = await startProsody();
    await server.register('juliet', password);
    chromium = await startChromium();
    kith = await startKith({ secrets: 'memory' });
    window = await chromium.open(await kith.openWindow());
  });
  afterAll(async () => {
    await chromium?.close();
    await bob?.end();
    await kith?.stop();
    await server?.stop();
  });

  it('asks about a certificate nobody vouches for, before the password is sent', async () => {
    const { page } = window;
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Address').fill(server.address('juliet'));
    await page.getByText('Connection settings').click();
    await page.getByLabel('The machine to connect to').fill(server.host);
    await page.getByLabel('The port on that machine').fill(String(server.port));
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Is this really ${server.domain}?` }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Trust until it changes' }).click();
  });

  it('says that the password is wrong, and goes on with the right one', async () => {
    const { page } = window;
    await page.getByText('The server did not accept this password.', { exact: false }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('No one here yet').waitFor();
  });

  it('shows a request, accepts it, and sees the person come', async () => {
    const { page } = window;
    bob = await startSlixmpp(server, 'bob');
    bob.subscription(server.address('juliet'), 'subscribe');
    await page.getByRole('button', { name: 'Accept' }).click();
    await bob.events.next('the yes', (event) => event.type === 'subscription' && event.kind === 'subscribed');
    await bob.events.next('the question back', (event) => event.type === 'subscription' && event.kind === 'subscribe');
    bob.subscription(server.address('juliet'), 'subscribed');
    bob.presence('away', 'at lunch');
    await page.getByRole('treeitem', { name: /bob@localhost ?, away.*at lunch/ }).waitFor();
  });

  it('talks: typing, words, marks, both ways', async () => {
    const { page } = window;
    await page.getByRole('treeitem', { name: /bob@localhost/ }).click();
    await page.getByText('This is the beginning').waitFor();
    bob.chatState(server.address('juliet'), 'composing');
    await page.getByText('bob@localhost is typing').waitFor();
    await bob.send(server.address('juliet'), 'Is this thing on?');
    await page.getByRole('article').filter({ hasText: 'Is this thing on?' }).waitFor();
    await page.keyboard.type('It is. Grüße 👋🏽');
    await bob.events.next('Juliet to write', (event) => event.type === 'chat-state' && event.state === 'composing');
    await page.keyboard.press('Enter');
    await bob.events.next('the answer', (event) => event.type === 'message' && event.body === 'It is. Grüße 👋🏽');
    await page.getByText('Delivered', { exact: true }).first().waitFor();
  });

  it('says when the server is gone and when it is tried again, keeps what is written, and sends it after', async () => {
    const { page } = window;
    await server.kill();
    await page
      .getByText(/Offline\. Next try in \d+:\d\d|Connecting to localhost/)
      .first()
      .waitFor();
    await page.getByRole('treeitem', { name: /bob@localhost ?, not known/ }).waitFor();
    await page.getByLabel('Message to bob@localhost').fill('For when you are back');
    await page.keyboard.press('Enter');
    await page.getByText('Waits for the connection').waitFor();
    await server.restart();
    await page
      .getByRole('button', { name: 'Try now' })
      .first()
      .click({ timeout: 5000 })
      .catch(() => undefined);
    await page.getByText('Waits for the connection').waitFor({ state: 'detached' });
    await page
      .getByText(/Next try|Connecting to/)
      .first()
      .waitFor({ state: 'detached' });
  });

  it('has shown the window no password', () => {
    expect(window.received.join('\n')).not.toContain(password);
  });
});
