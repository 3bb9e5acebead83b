import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ContactId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { contactFrom, neighbours, type Neighbour } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const rosaline: Neighbour = {
  address: 'rosaline@verona.example',
  name: 'Rosaline',
  groups: [],
  availability: 'unknown',
  request: 'I was the owl.',
};
const mercutio = { account: 'juliet', contact: 'mercutio@verona.example' };

/** What the menu offers, from top to bottom. */
const offered = (page: Page): Promise<readonly string[]> => page.getByRole('menuitem').allTextContents();
const focusedText = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at instanceof HTMLInputElement ? at.name : (at?.getAttribute('aria-label') ?? at?.textContent ?? undefined);
  });
const focusOn = (page: Page, wanted: string): Promise<true> =>
  until(`the focus on ${wanted}`, async () => ((await focusedText(page)) === wanted ? true : undefined));

describe('what can be done with someone', () => {
  noLeaks();
  const open = windows();

  it('is offered at their row by keys, is walked by keys, and gives the focus back', async () => {
    const { page, stage } = await open();
    const nurse = page.getByRole('treeitem', { name: /^Nurse/ });
    await nurse.focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'What to do with Nurse' }).waitFor();
    expect(await offered(page)).toEqual([
      'Write',
      'Details',
      'Mark as read',
      'Copy address',
      'Rename…',
      'Groups…',
      'Stop showing when you are online',
      'Remove from my people…',
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await nurse.evaluate((row) => row === document.activeElement)).toBe(true);
    await page.keyboard.press('ContextMenu');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await page.getByRole('treeitem', { name: /^Nurse(?!.*unread)/ }).waitFor();
    expect(stage.askedFor('conversation.acknowledge')).toHaveLength(1);
    expect(await nurse.evaluate((row) => row === document.activeElement)).toBe(true);
  });

  it('is offered where the pointer pressed, whole in sight, in every theme and at 360 pixels', async () => {
    const { page } = await open({}, { viewport: { width: 360, height: 520 } });
    const rows = page.getByRole('treeitem', { name: /^Tybalt/ });
    await rows.last().scrollIntoViewIfNeeded();
    const box = (await rows.last().boundingBox())!;
    await rows.last().click({ button: 'right', position: { x: box.width - 8, y: box.height - 8 } });
    const menu = page.getByRole('menu', { name: 'What to do with Tybalt' });
    const place = (await menu.boundingBox())!;
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.x + place.width).toBeLessThanOrEqual(360);
    expect(place.y).toBeGreaterThanOrEqual(0);
    expect(place.y + place.height).toBeLessThanOrEqual(520);
    for (const [theme, look] of [
      ['light', { colorScheme: 'light', contrast: 'no-preference' }],
      ['dark', { colorScheme: 'dark', contrast: 'no-preference' }],
      ['contrast', { colorScheme: 'dark', contrast: 'more' }],
      ['contrast-light', { colorScheme: 'light', contrast: 'more' }],
    ] as const) {
      await page.emulateMedia(look);
      await page.locator(`html[data-theme=${theme}]`).waitFor();
      expect([theme, ...(await axeFaults(page))]).toEqual([theme]);
    }
    await page.locator('#find').click();
    await menu.waitFor({ state: 'detached' });
  });

  it('changes a name and groups with the caret already in the right field', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Mercutio/ }).focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await focusOn(page, 'name');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Mercutio the Loud');
    await page.keyboard.press('Enter');
    await until('the wish', () => stage.askedFor('contact.rename').at(0));
    expect(stage.askedFor('contact.rename')).toEqual([{ ...mercutio, alias: 'Mercutio the Loud' }]);
    await focusOn(page, 'Edit');

    await page.getByRole('treeitem', { name: /^Mercutio/ }).focus();
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('g');
    await page.keyboard.press('Enter');
    await focusOn(page, 'groups');
    await page.keyboard.press('End');
    await page.keyboard.type(', Friends');
    await page.keyboard.press('Enter');
    await until('the wish', () => stage.askedFor('contact.setGroups').at(0));
    expect(stage.askedFor('contact.setGroups')).toEqual([{ ...mercutio, groups: ['Verona', 'Friends'] }]);
  });

  it('leaves the focus to the keys when it comes up beneath a pointer at rest, and follows one that moves', async () => {
    const { page } = await open();
    await page.getByRole('treeitem', { name: /^Mercutio/ }).focus();
    await page.keyboard.press('Shift+F10');
    const groups = page.getByRole('menuitem', { name: 'Groups…' });
    const { x, y, width, height } = (await groups.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.keyboard.press('Escape');
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.keyboard.press('Shift+F10');
    await groups.waitFor();
    // Two frames: the browser tells of a pointer that something came up beneath it.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await focusOn(page, 'Write');
    await page.mouse.move(x + width / 2 + 3, y + height / 2);
    await focusOn(page, 'Groups…');
  });

  it('takes someone out of the list only after saying what that means', async () => {
    const { page, stage } = await open();
    stage.answers['contact.remove'] = ({ contact }) => {
      stage.happen({ type: 'contacts-changed', changed: [], removed: [contact] });
      return null;
    };
    await page.getByRole('treeitem', { name: /^Mercutio/ }).focus();
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page
      .getByText('Mercutio leaves your list and no longer sees when you are online.', { exact: false })
      .waitFor();
    await focusOn(page, 'Remove from my people…');
    await page.keyboard.press('Enter');
    expect(stage.askedFor('contact.remove')).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('the wish', () => stage.askedFor('contact.remove').at(0));
    expect(stage.askedFor('contact.remove')).toEqual([mercutio]);
    await focusOn(page, 'Add to my people');
  });

  it('fits how things stand between us: a request, a stranger, someone we do not see', async () => {
    const { page, stage } = await open({ neighbours: [...neighbours, rosaline] });
    await page.locator('#find').fill('rosaline');
    await page.getByRole('treeitem', { name: /^Rosaline/ }).click({ button: 'right' });
    expect(await offered(page)).toEqual([
      'Write',
      'Details',
      'Copy address',
      'Accept the request',
      'Decline the request',
    ]);
    await page.getByRole('menuitem', { name: 'Decline the request' }).click();
    await until('the wish', () => stage.askedFor('contact.refuse').at(0));

    const [benvolio] = neighbours.filter(({ name }) => name === 'Benvolio');
    const unseen = { ...contactFrom(benvolio!), weSeeThem: 'no', theySeeUs: 'no' } as const;
    stage.happen({ type: 'contacts-changed', changed: [unseen], removed: [] });
    await page.locator('#find').fill('benvolio');
    await page.getByRole('treeitem', { name: /^Benvolio/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Ask to see when they are online' }).click();
    await until('the wish', () => stage.askedFor('contact.request').at(0));
    expect(stage.askedFor('contact.request')).toEqual([{ account: 'juliet', address: unseen.id }]);

    stage.happen({ type: 'contacts-changed', changed: [], removed: ['benvolio@montague.example' as ContactId] });
    await page.getByRole('treeitem', { name: /^Benvolio/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Add to my people…' }).click();
    expect(await page.getByLabel('Address').inputValue()).toBe('benvolio@montague.example');
  });
});
