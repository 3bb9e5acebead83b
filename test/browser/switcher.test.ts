/** The quick switcher: by keys alone from anywhere to anybody, any room, and what can be done. */
import { describe, expect, it } from 'vitest';
import type { RoomId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { axeFaults, windows } from './window.ts';

describe('the quick switcher', () => {
  noLeaks();
  const open = windows();

  it('stands over everything, shows who was talked with last, and leads there with Enter', async () => {
    const { page, complaints } = await open();
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: 'Go to' });
    await dialog.waitFor();
    await dialog.getByRole('group', { name: 'Last talked with' }).waitFor();
    const options = dialog.getByRole('option');
    const names = await options.allInnerTexts();
    expect(names).toEqual([
      expect.stringContaining('Nurse'),
      expect.stringContaining('Romeo Montague'),
      expect.stringContaining('Benvolio'),
    ]);
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Romeo Montague' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message-field');
    expect(await dialog.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('marks the letters in people, rooms and actions, and says how many there are', async () => {
    const { page, stage } = await open(
      {},
      {
        prepare: (house) =>
          house.roomIs('verona@rooms.example' as RoomId, { name: 'Verona rehearsal', status: 'joined' }),
      },
    );
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ro');
    const dialog = page.getByRole('dialog', { name: 'Go to' });
    await dialog.getByRole('option', { name: /Verona rehearsal/ }).waitFor();
    const marked = await dialog.locator('mark').allInnerTexts();
    expect(marked.slice(0, 2)).toEqual(['Ro', 'ro']);
    await dialog.getByRole('option', { name: 'Search all messages for “ro” Ctrl Shift F' }).waitFor();
    await dialog.getByRole('option', { name: 'Join a room… Ctrl J' }).waitFor();
    await page
      .getByRole('status')
      .getByText(/^\d+ choices$/)
      .waitFor({ state: 'attached' });

    await page.keyboard.press('Control+a');
    await page.keyboard.type('be busy');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until('the wish', () => stage.askedFor('presence.set').at(0));
    expect(stage.askedFor('presence.set')).toEqual([{ availability: 'busy', message: 'Learning lines' }]);
  });

  it('leads into the search, and out again to where one was', async () => {
    const { page } = await open();
    await page.getByRole('treeitem', { name: /^Nurse/ }).click();
    await page.locator('#message-field').focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message-field');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('zzz henhouse');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing for “zzz henhouse”' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('zzz henhouse');
  });
});
