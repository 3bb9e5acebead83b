import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { windows } from './window.ts';

/** What has the focus, in few words. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null;
    if (at === null || at === document.body) return 'nothing';
    const role = at.getAttribute('role');
    if (role === 'treeitem') return `row ${at.querySelector('bdi')?.textContent}`;
    if (at.dataset['message'] !== undefined) return `message ${at.textContent?.slice(0, 12)}`;
    return at.id !== '' ? at.id : (at.getAttribute('aria-label') ?? at.textContent ?? at.tagName);
  });

const becomes = (page: Page, wanted: string): Promise<true> =>
  until(`the focus on ${wanted}`, async () => ((await focused(page)) === wanted ? true : undefined), { within: 5000 });

describe('the window by keys alone', () => {
  noLeaks();
  const open = windows();

  it('has one stop per part, in the order of the eye', async () => {
    const { page } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.getByRole('log').getByText('Then the Nurse').waitFor();
    await page.locator('#self').focus();
    const stops: string[] = [];
    for (let step = 0; step < 10; step += 1) {
      stops.push(await focused(page));
      await page.keyboard.press('Tab');
    }
    expect(stops).toEqual([
      'self',
      'add-person',
      'open-settings',
      'find',
      'tab-people',
      'row Romeo Montague',
      'search-here',
      'details-button',
      'Code',
      'Copy code',
    ]);
  });

  it('walks the list with arrows, Home, End and letters, opens out groups, and opens with Enter', async () => {
    const { page } = await open();
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+2');
    await becomes(page, 'tab-people');
    await page.keyboard.press('Tab');
    await becomes(page, 'row Close');
    await page.keyboard.press('ArrowDown');
    await becomes(page, 'row Benvolio');
    await page.keyboard.press('f');
    await becomes(page, 'row Friar Laurence');
    await page.keyboard.press('End');
    await becomes(page, 'row Tybalt');
    await page.keyboard.press('ArrowLeft');
    await becomes(page, 'row Verona');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('treeitem', { name: /^Verona/, expanded: false }).waitFor();
    await page.keyboard.press('Home');
    await becomes(page, 'row Close');
    await page.keyboard.press('ArrowRight');
    await becomes(page, 'row Benvolio');
    await page.keyboard.press('Enter');
    await becomes(page, 'message-field');
    await page.getByRole('heading', { level: 1, name: 'Benvolio' }).waitFor();
  });

  it('goes from conversation to conversation with the focus where it was, and to the next unread', async () => {
    const { page } = await open();
    await page.getByRole('treeitem', { name: /^Benvolio/ }).focus();
    await page.keyboard.press('Enter');
    await becomes(page, 'message-field');
    await page.locator('#find').focus();
    await becomes(page, 'find');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('heading', { level: 1, name: 'Romeo Montague' }).waitFor();
    expect(await focused(page)).toBe('find');
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await page.getByRole('heading', { level: 1, name: 'Nurse' }).waitFor();
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('heading', { level: 1, name: 'Friar Laurence' }).waitFor();
  });

  it('goes from pane to pane with F6', async () => {
    const { page } = await open({}, { viewport: { width: 1440, height: 900 } });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await becomes(page, 'message-field');
    await page.keyboard.press('Control+i');
    await page.getByRole('complementary', { name: 'About Romeo Montague' }).waitFor();
    await page.keyboard.press('F6');
    await becomes(page, 'Copy address romeo@montague.example');
    await page.keyboard.press('F6');
    await becomes(page, 'row Romeo Montague');
    await page.keyboard.press('Shift+F6');
    await becomes(page, 'Copy address romeo@montague.example');
  });

  it('walks the messages, copies one, and gives the next letter to the field', async () => {
    const { page } = await open({}, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('treeitem', { name: /^Nurse/ }).click();
    await page.getByRole('log').getByText('Child, your mother is asking').waitFor();
    await page.keyboard.press('Shift+Tab');
    await becomes(page, 'attach');
    await page.keyboard.press('Shift+Tab');
    await becomes(page, 'message Child, your ');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await becomes(page, 'message It gives the');
    await page.keyboard.press('c');
    await page.getByText('Message copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('It gives them a sense of occasion.');
    await page.keyboard.press('W');
    await becomes(page, 'message-field');
    expect(await page.locator('#message-field').inputValue()).toBe('W');
  });

  it('shows all keys at F1', async () => {
    const { page } = await open();
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('heading', { level: 1, name: 'Keyboard' }).waitFor();
    await page.getByText('Search in everything that was said').waitFor();
  });

  it('takes one step back with each Esc, and the focus to where the step came from', async () => {
    const { page } = await open({}, { viewport: { width: 1000, height: 700 } });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await becomes(page, 'message-field');
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    await page.getByRole('complementary').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await becomes(page, 'details-button');
    await page.keyboard.press('Control+Comma');
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Romeo Montague' }).waitFor();
    await page.keyboard.press('Control+Shift+S');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await becomes(page, 'self');
  });

  it('never leaves the focus on nothing, and takes it back to what opened a page', async () => {
    const { page } = await open();
    for (const opener of ['add-person', 'open-settings']) {
      await page.locator(`#${opener}`).focus();
      await page.keyboard.press('Enter');
      await page.locator(opener === 'add-person' ? 'form h1' : '[aria-current=page]').waitFor();
      await until('the focus to rest somewhere', async () => ((await focused(page)) === 'nothing' ? undefined : true));
      await page.keyboard.press('Escape');
      await becomes(page, opener);
    }
  });

  it('is one pane at 360, with a way back by button and by Esc', async () => {
    const { page } = await open({}, { viewport: { width: 360, height: 720 } });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await becomes(page, 'message-field');
    expect(await page.getByRole('tree').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Back to people' }).click();
    await page.getByRole('treeitem', { name: /^Nurse/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Nurse' }).waitFor();
    await becomes(page, 'message-field');
    await page.keyboard.press('Escape');
    await page.getByRole('tree').waitFor();
    await becomes(page, 'row Nurse');
  });

  it('marks everything as read with Shift+Esc', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Nurse.*2 unread/ }).waitFor();
    await page.keyboard.press('Shift+Escape');
    await page.getByRole('treeitem', { name: /^Nurse(?!.*unread)/ }).waitFor();
    expect(stage.askedFor('conversation.acknowledge')).toHaveLength(1);
  });
});
