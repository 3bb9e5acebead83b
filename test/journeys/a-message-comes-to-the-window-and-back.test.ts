/** The thin path whole: a real server, the stream, the worker, the core, the store, the bridge, the window, and back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src/domain/index.ts';
import { startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startChromium, type Window, type Windows } from '../harness/window.ts';

describe('a message', () => {
  let server: Prosody;
  let chromium: Windows;
  let alice: KithRun;
  let bob: KithRun;
  let account: AccountId;
  let window: Window;

  beforeAll(async () => {
    server = await startProsody();
    chromium = await startChromium();
    alice = await startKith();
    bob = await startKith();
    account = await alice.signIn(server, 'alice');
    const other = await bob.signIn(server, 'bob');
    await alice.ask('contact.request', { account, address: 'bob@localhost', alias: 'Bob Baker' });
    await bob.connection(
      'Alice to ask',
      (event) => event.type === 'contacts-changed' && event.changed.some(({ theySeeUs }) => theySeeUs === 'asked'),
    );
    await bob.ask('contact.authorise', { account: other, contact: 'alice@localhost' as never });
    await alice.connection(
      'Bob to be there',
      (event) =>
        event.type === 'presences-changed' &&
        event.presences.some(([, { availability }]) => availability === 'available'),
    );
    window = await chromium.open(await alice.openWindow());
  });
  afterAll(async () => {
    await chromium?.close();
    await alice?.stop();
    await bob?.stop();
    await server?.stop();
  });

  it('finds the people in the list of a window that is opened afterwards', async () => {
    await window.page.getByRole('treeitem', { name: /Bob Baker/ }).waitFor();
  });

  it('comes from the server to the window', async () => {
    expect(await bob.say('send', 'alice@localhost', 'Are', 'you', 'there?')).toMatchObject({ code: 0 });
    await window.page.getByRole('treeitem', { name: /Bob Baker.*1 unread/ }).click();
    await window.page.getByRole('article').filter({ hasText: 'Are you there?' }).waitFor();
  });

  it('goes from the window to the server, and the window shows that it arrived', async () => {
    await window.page.getByRole('textbox', { name: /Message to Bob Baker/ }).fill('Yes, I am.');
    await window.page.keyboard.press('Enter');
    expect(await bob.message('the answer', ({ direction }) => direction === 'incoming')).toMatchObject({
      body: 'Yes, I am.',
      from: 'alice@localhost',
    });
    await window.page.getByRole('article').filter({ hasText: 'Yes, I am.' }).waitFor();
    await alice.message(
      'its receipt',
      ({ body, delivery }) => body === 'Yes, I am.' && delivery?.state === 'delivered',
    );
    await window.page
      .getByText(/^Delivered$/i)
      .first()
      .waitFor({ state: 'attached' });
  });

  it('is still there for a window that is opened anew', async () => {
    await window.page.close();
    window = await chromium.open(await alice.openWindow());
    await window.page.getByRole('treeitem', { name: /Bob Baker/ }).click();
    await window.page.getByRole('article').filter({ hasText: 'Are you there?' }).waitFor();
    await window.page.getByRole('article').filter({ hasText: 'Yes, I am.' }).waitFor();
  });
});
