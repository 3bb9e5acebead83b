/** Two whole Kiths with a window each, in one room of a real Prosody; and the demo's own room. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KithRun, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { startChromium, type Window, type Windows } from '../harness/window.ts';
import { axeFaults } from './window.ts';

describe('two Kiths in one room', () => {
  let server: Prosody;
  let chromium: Windows;
  let alice: KithRun;
  let bob: KithRun;
  let hers: Window;
  let his: Window;

  beforeAll(async () => {
    [server, chromium] = await Promise.all([startProsody(), startChromium()]);
    await server.register('alice');
    await server.register('bob');
    [alice, bob] = await Promise.all([startKith(), startKith()]);
    await alice.signIn(server, 'alice');
    await bob.signIn(server, 'bob');
    hers = await chromium.open(await alice.openWindow());
    his = await chromium.open(await bob.openWindow());
    // As wide as it takes to see who is there beside the conversation.
    for (const { page } of [hers, his]) await page.setViewportSize({ width: 1280, height: 800 });
  });
  afterAll(async () => {
    await chromium?.close();
    await alice?.stop();
    await bob?.stop();
    await server?.stop();
  });

  it('one makes it, for those who are invited, and owns it', async () => {
    const { page } = hers;
    await page.getByText('No one here yet').waitFor();
    await page.keyboard.press('Control+3');
    await page.getByRole('button', { name: 'Make…' }).click();
    await page.getByLabel('Address of the room').fill(server.room('orchard'));
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The orchard');
    await page.getByLabel('Only those who are invited may come in').check();
    await page.getByRole('button', { name: 'Make', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'The orchard' }).waitFor();
    await page.keyboard.press('Control+i');
    await page.getByRole('button', { name: /^alice \(you\).*owner/ }).waitFor();
  });

  it('the other is asked in quietly and follows, and each sees the other there', async () => {
    await hers.page.getByRole('button', { name: 'More', exact: true }).click();
    await hers.page.getByRole('menuitem', { name: 'Invite somebody…' }).click();
    await hers.page.getByLabel('Address of whom to invite').fill(server.address('bob'));
    await hers.page.getByLabel('A word to them').fill('Mind the gate');
    await hers.page.keyboard.press('Enter');
    const card = his.page.getByRole('region', { name: /^Invitation to/ });
    await card.getByText('Mind the gate').waitFor();
    await card.getByRole('button', { name: 'Join' }).click();
    await his.page.getByRole('heading', { level: 1, name: 'The orchard' }).waitFor();
    await hers.page.getByRole('button', { name: /^bob ?, available/ }).waitFor();
    await his.page.keyboard.press('Control+i');
    await his.page.getByRole('button', { name: /^alice ?, available ?, owner/ }).waitFor();
  });

  it('they talk, and what names one stands out for them', async () => {
    await his.page.getByLabel('Message to The orchard').fill('alice: the gate is open 🌙');
    await his.page.getByLabel('Message to The orchard').press('Enter');
    const heard = hers.page.getByRole('article').filter({ hasText: 'the gate is open 🌙' });
    await heard.waitFor();
    expect(await heard.locator('b').textContent()).toBe('alice');
    await hers.page.getByLabel('Message to The orchard').fill('/me climbs down');
    await hers.page.getByLabel('Message to The orchard').press('Enter');
    await his.page.getByRole('log').locator('em').getByText('climbs down').waitFor();
    expect(await his.page.getByRole('log').locator('em').textContent()).toBe('alice climbs down');
    await hers.page.getByRole('log').getByText('Sent', { exact: true }).waitFor();
  });

  it('a new topic and a new name are there at once for both', async () => {
    await hers.page.getByRole('button', { name: 'More', exact: true }).click();
    await hers.page.getByRole('menuitem', { name: 'Change the topic…' }).click();
    await hers.page.getByRole('textbox', { name: 'Topic' }).fill('Act two');
    await hers.page.keyboard.press('Enter');
    await his.page.getByRole('log').getByText('alice changed the topic: Act two').waitFor();
    await his.page.getByRole('button', { name: 'As bob' }).click();
    await his.page.getByRole('textbox', { name: 'Your name here' }).fill('Robert');
    await his.page.keyboard.press('Enter');
    await his.page.getByRole('button', { name: 'As Robert' }).waitFor();
    await hers.page.getByRole('button', { name: /^Robert ?, available/ }).waitFor();
    expect(await axeFaults(his.page)).toEqual([]);
  });

  it('whoever leaves is gone for the other, has the way back before them, and comes back by it', async () => {
    await his.page.getByRole('button', { name: 'More', exact: true }).click();
    await his.page.getByRole('menuitem', { name: 'Leave' }).click();
    await hers.page.getByRole('button', { name: /^Robert/ }).waitFor({ state: 'detached' });
    await his.page.getByRole('main').getByRole('button', { name: 'Join' }).click();
    await hers.page.getByRole('button', { name: /^Robert ?, available/ }).waitFor();
    await his.page.getByLabel('Message to The orchard').waitFor();
    const twice = his.page.getByRole('article').filter({ hasText: 'the gate is open 🌙' });
    expect(await twice.count()).toBe(1);
  });

  it('a server that restarts brings both back without a hand', async () => {
    await server.kill();
    await his.page.getByText('Messages wait here and go when you are back').waitFor();
    await his.page.getByLabel('Message to The orchard').fill('Still there?');
    await his.page.getByLabel('Message to The orchard').press('Enter');
    await server.restart();
    await hers.page.getByRole('article').filter({ hasText: 'Still there?' }).waitFor({ timeout: 60_000 });
    expect(await his.page.getByRole('article').filter({ hasText: 'Still there?' }).count()).toBe(1);
  });
});

describe('the demo', () => {
  let kith: KithRun;
  let chromium: Windows;
  beforeAll(async () => {
    [kith, chromium] = await Promise.all([startKith(), startChromium()]);
  });
  afterAll(async () => {
    await chromium?.close();
    await kith?.stop();
  });

  it('has one room that lives: one is in it from the start, and whoever speaks is answered', async () => {
    const { page } = await chromium.open(await kith.openWindow());
    await page.getByText('Try it here').click();
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+3');
    await page
      .getByRole('treeitem', { name: /^Rehearsal ?, room/ })
      .first()
      .click();
    await page.getByRole('log').getByText('Who moved the fourth wall?').waitFor();
    await page.getByTitle('Show the whole topic').getByText('Act two, orchard. Mind the ladder.').waitFor();
    const before = await page.getByRole('article').count();
    await page.getByLabel('Message to Rehearsal').fill('Six or seven lamps?');
    await page.getByLabel('Message to Rehearsal').press('Enter');
    await page
      .getByRole('article')
      .nth(before + 1)
      .waitFor();
    await page.keyboard.press('Control+i');
    await page.getByRole('button', { name: /^Mercutio/ }).waitFor();
  });
});
