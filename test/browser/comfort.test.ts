/** Every screen for those who magnify, who want nothing to move, and who have no mouse. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { spilt } from './hostile.ts';
import { cast, screens } from './screens.ts';
import { windows } from './window.ts';

/** A window of 1280 by 800 at 200 %. */
const magnified = { width: 640, height: 400 };

describe('every screen', () => {
  noLeaks();
  const open = windows();

  it.each(screens)('at 200 % scrolls no way but down, and lets everything be seen: %s', async (_name, show) => {
    const { page, stage, complaints } = await open(cast, { deviceScaleFactor: 2 });
    await page.getByRole('tree').waitFor();
    await show(page, stage);
    await page.setViewportSize(magnified);
    await until('the single pane', () =>
      page.evaluate(() => (document.querySelectorAll('main, nav').length > 0 ? true : undefined)),
    );
    expect(await spilt(page)).toEqual([]);
    expect(await outOfReach(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(screens)('stands still for those who want less motion: %s', async (_name, show) => {
    const { page, stage } = await open(cast, { reducedMotion: 'reduce' });
    await page.getByRole('tree').waitFor();
    await show(page, stage);
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 1)
        .map(({ effect }) => (effect as KeyframeEffect).target?.className),
    );
    expect(moving).toEqual([]);
  });

  it.each(screens)(
    'is reached by keys, every part of it, with a ring that shows where one is: %s',
    async (_name, show) => {
      const { page, stage } = await open(cast);
      await page.getByRole('tree').waitFor();
      await show(page, stage);
      expect(await missedByKeys(page)).toEqual([]);
    },
  );
});

/** What can be pressed or written into and cannot be scrolled to. */
const outOfReach = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const each of document.querySelectorAll<HTMLElement>(
      'button, input:not([type=file]), textarea, select, a[href]',
    )) {
      if (!each.checkVisibility({ visibilityProperty: true }) || each.closest('[aria-hidden=true]') !== null) continue;
      each.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, right, top, bottom } = each.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      if (x < 0 || x > innerWidth || y < 0 || y > innerHeight)
        found.push(`${each.ariaLabel ?? each.textContent}: ${Math.round(x)}, ${Math.round(y)}`);
    }
    return found;
  });

/** Walks with Tab once round the window; says what was left out, and where no ring was seen. */
async function missedByKeys(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    // A menu has taken the focus, and closes when it goes.
    (globalThis as unknown as { met: Set<Element> }).met = new Set(at.closest('[role=menu]') === null ? [] : [at]);
    at.blur();
  });
  const ringless: string[] = [];
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const { met } = globalThis as unknown as { met: Set<Element> };
      const on = document.activeElement as HTMLElement;
      // Behind the last one the window itself is a stop.
      if (on === document.body) return 'window';
      if (met.has(on)) return undefined;
      met.add(on);
      let ring = false;
      for (let around: Element | null = on, up = 0; around !== null && up < 3; around = around.parentElement, up += 1) {
        const { outlineStyle, outlineWidth } = getComputedStyle(around);
        ring ||= outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      }
      return { name: on.ariaLabel ?? on.id ?? on.tagName, ring };
    });
    if (at === undefined) break;
    if (at !== 'window' && !at.ring) ringless.push(`no ring: ${at.name}`);
  }
  const missed = await page.evaluate(() => {
    const { met } = globalThis as unknown as { met: Set<Element> };
    // One stop for all of it: the arrows walk the rest.
    const whole =
      '[role=tree], [role=tablist], [role=menu], [role=list], [role=radiogroup], [role=log], nav, ul, fieldset';
    return [
      ...document.querySelectorAll<HTMLElement>('button, input:not([type=file]), textarea, select, a[href], summary'),
    ]
      .filter(
        (each) =>
          each.checkVisibility({ visibilityProperty: true }) && each.closest('[aria-hidden=true], [inert]') === null,
      )
      .filter((each) => !met.has(each) && !(each as HTMLButtonElement).disabled)
      .filter((each) => {
        const part = each.closest(whole);
        return part === null || ![...met].some((one) => part.contains(one));
      })
      .map((each) => `not met: ${each.ariaLabel ?? (each.id || each.textContent)}`);
  });
  return [...ringless, ...missed];
}
