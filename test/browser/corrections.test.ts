import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import type { Stage } from './stage.ts';
import { now } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const romeo = 'romeo@montague.example';

/** In a conversation where we have just said this. */
async function saidIn(page: Page, body: string): Promise<void> {
  await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
  await page.locator('#message-field').fill(body);
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText(body).waitFor();
}

const lastSaid = (stage: Stage) =>
  stage.messages
    .get([...stage.conversations.keys()].find((id) => id.endsWith(romeo))!)!
    .findLast(({ direction }) => direction === 'outgoing')!;

describe('putting otherwise what was said', () => {
  noLeaks();
  const open = windows();

  it('begins with ↑ in an empty field, ends with Enter, and says that it was edited and how it was before', async () => {
    const { page, stage, complaints } = await open();
    await saidIn(page, 'What light through yonder airlock breaks?');
    const field = page.locator('#message-field');
    await page.keyboard.press('ArrowUp');
    await page.getByText('Correct what you said').waitFor();
    expect(await field.inputValue()).toBe('What light through yonder airlock breaks?');
    await field.fill('What light through yonder window breaks?');
    await page.keyboard.press('Enter');
    const log = page.getByRole('log');
    const word = log.getByRole('button', { name: 'edited' });
    await word.waitFor();
    expect(stage.askedFor('message.correct')).toEqual([
      { message: lastSaid(stage).id, body: 'What light through yonder window breaks?' },
    ]);
    expect(await field.inputValue()).toBe('');
    expect(await page.getByText('Correct what you said').count()).toBe(0);
    await word.click();
    await log.getByRole('list', { name: 'How it was put before' }).getByText('yonder airlock').waitFor();
    expect(await word.getAttribute('aria-expanded')).toBe('true');
    expect(complaints).toEqual([]);
  });

  it('keeps what was begun to be written meanwhile, and Esc leaves the message as it was', async () => {
    const { page, stage } = await open();
    await saidIn(page, 'Good night');
    const field = page.locator('#message-field');
    await field.fill('Parting is');
    await page.keyboard.press('ArrowUp');
    expect(await page.getByText('Correct what you said').count()).toBe(0);
    await page.locator(`[data-message="${lastSaid(stage).id}"]`).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Correct…' }).click();
    await until('the words in the field', async () => ((await field.inputValue()) === 'Good night' ? true : undefined));
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('Parting is');
    expect(await page.getByRole('heading', { level: 1, name: 'Romeo Montague' }).isVisible()).toBe(true);
    expect(stage.askedFor('message.correct')).toEqual([]);
  });

  it('is offered by keys at one’s own message of the last day, and at no other', async () => {
    const { page, stage } = await open();
    await saidIn(page, 'Good night');
    const own = page.locator(`[data-message="${lastSaid(stage).id}"]`);
    await own.focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'What to do with this message' }).waitFor();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Correct…', 'Copy text']);
    await page.keyboard.press('Escape');
    expect(await own.evaluate((element) => element === document.activeElement)).toBe(true);
    const theirs = stage.hear(romeo, 'Good night, good night');
    await page.locator(`[data-message="${theirs.id}"]`).click({ button: 'right' });
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Copy text']);
    await page.keyboard.press('Escape');
    await page.clock.setFixedTime(now + 24 * 3_600_000);
    await own.click({ button: 'right' });
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Copy text']);
  });

  it('says why it was not taken, with the words still there', async () => {
    const { page, stage } = await open();
    stage.answers['message.correct'] = async () => {
      throw new KithError('not-supported', 'This network cannot change what was said');
    };
    await saidIn(page, 'Good night');
    await page.keyboard.press('ArrowUp');
    await page.locator('#message-field').fill('Good morning');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The server cannot do this').waitFor();
    expect(await page.locator('#message-field').inputValue()).toBe('Good morning');
    await page.getByRole('button', { name: 'Leave it as it was' }).click();
    expect(await page.locator('#message-field').inputValue()).toBe('');
  });

  it('of theirs changes the text where it stands, raises nothing, and is read with the word', async () => {
    const { page, stage } = await open();
    const said = stage.hear(romeo, 'By the airlock');
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const theirs = page.locator(`[data-message="${said.id}"]`);
    await theirs.waitFor();
    const asked = stage.askedFor('conversation.acknowledge').length;
    const changed = {
      ...said,
      body: 'By the window',
      edit: { by: 'x' as never, at: now, before: [{ body: said.body, at: said.at }] },
    };
    stage.tell({ type: 'messages-changed', changed: [changed], removed: ['x' as never] });
    await theirs.getByText('By the window').waitFor();
    expect(await theirs.textContent()).toContain('edited');
    expect(await page.getByRole('status').getByText('By the window').count()).toBe(0);
    expect(stage.askedFor('conversation.acknowledge').length).toBe(asked);
  });

  it('has no fault axe finds, in any theme and at 360 pixels, and nothing is cut off', async () => {
    for (const width of [1280, 360]) {
      const { page } = await open({}, { viewport: { width, height: 700 } });
      await saidIn(page, 'What light through yonder airlock breaks?');
      await page.keyboard.press('ArrowUp');
      await page.locator('#message-field').fill('What light through yonder window breaks?');
      await page.keyboard.press('Enter');
      await page.getByRole('log').getByRole('button', { name: 'edited' }).click();
      await page.getByRole('list', { name: 'How it was put before' }).waitFor();
      await page.keyboard.press('Tab');
      await page.locator('#message-field').focus();
      await page.keyboard.press('ArrowUp');
      await page.getByText('Correct what you said').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      for (const [theme, look] of [
        ['light', { colorScheme: 'light', contrast: 'no-preference' }],
        ['dark', { colorScheme: 'dark', contrast: 'no-preference' }],
        ['contrast', { colorScheme: 'dark', contrast: 'more' }],
        ['contrast-light', { colorScheme: 'light', contrast: 'more' }],
      ] as const) {
        await page.emulateMedia(look);
        await page.locator(`html[data-theme=${theme}]`).waitFor();
        expect([theme, width, ...(await axeFaults(page))]).toEqual([theme, width]);
      }
    }
  });
});
