import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { cast, screens } from './screens.ts';
import { axeFaults, windows } from './window.ts';

const looks = [
  ['light', { colorScheme: 'light', contrast: 'no-preference' }],
  ['dark', { colorScheme: 'dark', contrast: 'no-preference' }],
  ['contrast', { colorScheme: 'dark', contrast: 'more' }],
  ['contrast-light', { colorScheme: 'light', contrast: 'more' }],
] as const;

describe('every screen', () => {
  noLeaks();
  const open = windows();

  it.each(screens)('has nothing axe objects to, in any theme and at 360 pixels: %s', async (_name, show) => {
    const { page, stage, complaints } = await open(cast);
    await page.getByRole('tree').waitFor();
    await show(page, stage);
    for (const [theme, wish] of looks) {
      await page.emulateMedia(wish);
      await page.locator(`html[data-theme=${theme}]`).waitFor();
      expect([theme, ...(await axeFaults(page))]).toEqual([theme]);
    }
    await page.setViewportSize({ width: 360, height: 720 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('turns round with a right-to-left page, but addresses do not', async () => {
    const { page } = await open(cast, { viewport: { width: 1280, height: 800 } });
    // The page says its own direction until its language is spoken.
    await page.getByRole('tree').waitFor();
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    const list = (await page.getByRole('navigation').boundingBox())!;
    const main = (await page.getByRole('main').boundingBox())!;
    expect(list.x).toBeGreaterThan(main.x);
    const address = page.getByRole('complementary').getByText('romeo@', { exact: false }).last();
    expect(await address.evaluate((at) => getComputedStyle(at).direction)).toBe('ltr');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('stands still for those who want less motion', async () => {
    const { page, stage } = await open(cast, { reducedMotion: 'reduce' });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    stage.typing('romeo@montague.example', 'composing');
    await page.getByText('Romeo Montague is typing').waitFor();
    expect(
      await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length),
    ).toBe(0);
  });
});
