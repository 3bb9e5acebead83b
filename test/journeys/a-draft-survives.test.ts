/** What someone wrote and did not send is there again after Kith was killed, in a window that never saw it. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KithRun, newProfile, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { startChromium, type Windows } from '../harness/window.ts';

describe('a draft', () => {
  let server: Prosody;
  let chromium: Windows;
  let kith: KithRun;
  let profile: string;

  beforeAll(async () => {
    server = await startProsody();
    chromium = await startChromium();
    profile = await newProfile();
    kith = await startKith({ profile });
    await kith.signIn(server, 'alice');
  });
  afterAll(async () => {
    await chromium?.close();
    await kith?.stop();
    await server?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  it('to somebody never written to is found again after kill -9, and none is left once it is sent', async () => {
    const words = 'Lieber Bob, ich wollte nur';
    const first = await chromium.open(await kith.openWindow('xmpp:bob@localhost'));
    await first.page.locator('#message-field').waitFor();
    await first.page.locator('#message-field').pressSequentially(words);
    await kith.events.next('the draft', (event) => event.type === 'draft-changed' && event.draft === words);
    await kith.kill();
    await first.page.close();

    kith = await startKith({ profile });
    const { page } = await chromium.open(await kith.openWindow());
    await page.getByRole('tab', { name: /Recent/ }).click();
    await page.getByRole('treeitem', { name: new RegExp(`bob@localhost.*Draft: ${words}`) }).click();
    const field = page.locator('#message-field');
    await field.waitFor();
    expect(await field.inputValue()).toBe(words);
    await field.press('Enter');
    await kith.events.next('its end', (event) => event.type === 'draft-changed' && event.draft === '');
    expect((await kith.history('bob@localhost')).map(({ body }) => body)).toEqual([words]);
  });
});
