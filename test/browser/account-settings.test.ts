/** The settings of an account that is there: what they say, what is changed, what is refused. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { KithError } from '../../src/base/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { account, juliet } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const set = account(juliet.id, juliet.address, {
  parameters: { host: 'gate.capulet.example', port: 5223, priority: 5 },
});
const narrow = { width: 360, height: 720 };

describe('the settings of an account', () => {
  noLeaks();
  const open = windows();

  /** Where there is one pane only, the list of pages comes first. */
  async function toSettings(page: Page, onePane = false): Promise<void> {
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+,');
    if (onePane) await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Connection settings…' }).click();
    await page.locator('[name=setting-port]').waitFor();
  }

  it('begin with what they are; what is changed is sent, what is emptied taken away, and the rest left alone', async () => {
    const { page, stage, complaints } = await open({ accounts: [set] });
    await toSettings(page);
    const priority = page.locator('[name=setting-priority]');
    expect(await priority.inputValue()).toBe('5');
    await priority.press('Control+a');
    await page.keyboard.type('-1');
    expect(await priority.inputValue()).toBe('-1');
    await page.locator('[name=setting-port]').fill('');
    await page.getByLabel('Answer those who may see you when they ask what time it is').check();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await until('it to be set', () => stage.askedFor('account.set')[0]);
    expect(stage.askedFor('account.set')).toEqual([
      { account: juliet.id, parameters: { priority: -1, port: '', tellTime: true } },
    ]);
    await page.locator('[name=setting-port]').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^More for/);
    expect(complaints).toEqual([]);
  });

  it('leave alone what somebody else has changed meanwhile', async () => {
    const { page, stage } = await open({ accounts: [set] });
    await toSettings(page);
    stage.tell({
      type: 'accounts-changed',
      changed: [{ ...set, parameters: { ...set.parameters, host: 'other.capulet.example' } }],
      removed: [],
    });
    await page.locator('[name=setting-priority]').fill('7');
    await page.getByRole('button', { name: 'Save' }).click();
    await until('it to be set', () => stage.askedFor('account.set')[0]);
    expect(stage.askedFor('account.set')).toEqual([{ account: juliet.id, parameters: { priority: 7 } }]);
  });

  it('that are refused say so under the one it is about, and lose nothing of the others; at 360 pixels too', async () => {
    const { page, stage } = await open({ accounts: [set] }, { viewport: narrow });
    stage.answers['account.set'] = () => {
      throw new KithError('invalid-argument', 'port must be a whole number from 1 to 65535');
    };
    await toSettings(page, true);
    await page.locator('[name=setting-resource]').fill('balcony');
    await page.locator('[name=setting-port]').fill('99999');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('port must be').waitFor();
    const field = page.locator('[name=setting-port][aria-invalid=true]');
    expect(await field.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await page.locator('[name=setting-resource]').inputValue()).toBe('balcony');
    expect(await axeFaults(page)).toEqual([]);
  });
});
