import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { atWork, juliet, neighbours, said } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const cast = { accounts: [juliet, atWork], neighbours } as const;

describe('the language of the window', () => {
  noLeaks();
  const open = windows();

  it('is the desktop’s where Kith speaks it', async () => {
    const { page, complaints } = await open(cast, { locale: 'de-AT' });
    await page.getByRole('tree', { name: 'Personen' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.getByRole('textbox', { name: 'Nachricht an Romeo Montague' }).waitFor();
    await page.getByRole('log').getByText('Heute', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is English where Kith does not speak the desktop’s', async () => {
    const { page } = await open(cast, { locale: 'fi-FI' });
    await page.getByRole('tree', { name: 'People' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('is what was chosen in the settings, at once and at the next start', async () => {
    const { page, stage } = await open(cast);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('radio', { name: 'Deutsch' }).click();
    await page.getByRole('tree', { name: 'Personen' }).waitFor();
    expect(stage.askedFor('settings.set')).toEqual([{ language: 'de' }]);
    await page.reload();
    await page.getByRole('tree', { name: 'Personen' }).waitFor();
    await page.getByRole('button', { name: 'Einstellungen', exact: true }).click();
    await page.getByRole('navigation', { name: 'Einstellungen' }).getByRole('button', { name: 'Aussehen' }).click();
    await page.getByRole('radio', { name: 'Desktop' }).last().click();
    await page.getByRole('tree', { name: 'People' }).waitFor();
  });

  it('reaches every word: none is shown that the catalogs do not have', async () => {
    const { page, complaints } = await open(cast);
    await speak(page, 'pseudo');
    const walk: readonly (() => Promise<void>)[] = [
      async () => undefined,
      () => page.getByRole('treeitem', { name: /^Romeo Montague/ }).click(),
      () => page.keyboard.press('Control+i'),
      () => page.keyboard.press('Control+k'),
      async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Shift+f');
      },
      async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Comma');
      },
      ...[1, 2, 3, 4, 5].map((at) => () => page.getByRole('navigation').getByRole('button').nth(at).click()),
    ];
    for (const step of walk) {
      await step();
      expect(await unmarked(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });

  it.each([
    [1280, 800],
    [360, 720],
  ])('may run from right to left: nothing leaves the window at %i pixels', async (width, height) => {
    const { page } = await open(cast, { viewport: { width, height } });
    await speak(page, 'pseudo-arab');
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.locator('#message-field').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    const details = page.locator('#details-button svg');
    expect(await details.evaluate((drawn) => getComputedStyle(drawn).scale)).toBe('-1 1');
  });
});

async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((wanted) => localStorage.setItem('kith-language', wanted), language);
  await page.reload();
  await page.getByRole('tree').waitFor();
}

const languagesByTheirOwnNames = ['English', 'Deutsch'];

/** What is shown or said to a listener without a mark of the pseudo-language, and is not what somebody is called or said. */
async function unmarked(page: Page): Promise<readonly string[]> {
  const data = stringsIn([cast, said, languagesByTheirOwnNames]).toSorted((a, b) => b.length - a.length);
  const shown = await page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) found.push(node.textContent ?? '');
    for (const each of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      for (const name of ['aria-label', 'placeholder', 'title']) found.push(each.getAttribute(name) ?? '');
    return found;
  });
  const rest = (text: string) => data.reduce((left, each) => left.replaceAll(each, ''), text.trim());
  return shown.filter((text) => /[aeiou]/.test(rest(text)));
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return value === '' ? [] : [value, ...value.split(/\n|[`*]|(?<=@)/).filter((part) => part.length > 2)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
