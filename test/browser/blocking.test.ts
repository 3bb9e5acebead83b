/** Keeping somebody away, in the details and in the settings. */
import { describe, expect, it } from 'vitest';
import type { ContactId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { juliet } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const romeo = 'romeo@montague.example' as ContactId;

describe('blocking', () => {
  noLeaks();
  const open = windows();

  it('is offered in the details, says first what it means, and can be taken back', async () => {
    const { page, stage } = await open();
    stage.happen({ type: 'blocked-changed', blocked: [] });
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await page.getByRole('button', { name: /Details/ }).click();
    await page.getByRole('button', { name: 'Block…' }).click();
    await page.getByText('Nothing of Romeo Montague reaches you any more').waitFor();
    expect(stage.askedFor('contact.block')).toEqual([]);
    expect(await axeFaults(page)).toEqual([]);
    if (process.env['KITH_SCREENS'] !== undefined)
      await page.screenshot({ path: `${process.env['KITH_SCREENS']}/block.png` });
    await page.getByRole('button', { name: 'Block and report spam' }).click();
    await until('it to be asked', () => stage.askedFor('contact.block')[0]);
    expect(stage.askedFor('contact.block')).toEqual([{ account: juliet.id, contact: romeo, report: 'spam' }]);
    stage.happen({ type: 'blocked-changed', blocked: [romeo] });
    await page.getByRole('button', { name: 'Unblock', exact: true }).click();
    await until('it to be taken back', () => stage.askedFor('contact.unblock')[0]);
  });

  it('is not spoken of where the network cannot do it', async () => {
    const { page } = await open();
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await page.getByRole('button', { name: /Details/ }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    expect(await page.getByRole('button', { name: 'Block…' }).count()).toBe(0);
  });

  it('is listed in the settings, where everybody can be let in again', async () => {
    const { page, stage } = await open();
    stage.happen({ type: 'blocked-changed', blocked: [romeo, 'evil.example' as ContactId] });
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: 'Privacy' }).click();
    expect(await axeFaults(page)).toEqual([]);
    if (process.env['KITH_SCREENS'] !== undefined)
      await page.screenshot({ path: `${process.env['KITH_SCREENS']}/blocked.png` });
    await page.getByRole('button', { name: 'Unblock evil.example' }).click();
    await until('it to be asked', () => stage.askedFor('contact.unblock')[0]);
    stage.happen({ type: 'blocked-changed', blocked: [] });
    await page.getByText('Nobody is blocked.').waitFor();
  });
});
