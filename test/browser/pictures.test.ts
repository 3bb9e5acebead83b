/** Pictures of people where their letters stood, and one's own, chosen and drawn anew in the window. */
import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { axeFaults, windows } from './window.ts';

/** A red square of four pixels. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==';
const avatar = 'a'.repeat(40);
const broken = 'b'.repeat(40);

describe('a person with a picture', () => {
  noLeaks();
  const open = windows();
  const romeo = 'romeo@montague.example';

  const withPictures = () =>
    open(
      {},
      {
        prepare(stage) {
          stage.pictures.set(avatar, { type: 'image/png', bytes: Buffer.from(png, 'base64') });
          stage.pictures.set(broken, { type: 'image/png', bytes: Buffer.from('not a picture') });
          for (const [address, picture] of [
            [romeo, avatar],
            ['angelica@capulet.example', broken],
          ] as const)
            stage.people.set(address, { ...stage.people.get(address)!, avatar: picture });
        },
      },
    );

  it('has it in the list, above the conversation, beside what they say and in the details; one that is broken shows letters', async () => {
    const { page, complaints } = await withPictures();
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await page.getByRole('button', { name: /Details/ }).click();
    const shown = page.locator('img[data-shown="true"]');
    await until('all four pictures', async () => (await shown.count()) >= 4 || undefined);
    const nurse = page.getByRole('treeitem', { name: /^Nurse/ });
    await until('the broken one to be gone', async () => (await nurse.locator('img').count()) === 0 || undefined);
    expect(complaints.filter((one) => !one.includes('404'))).toEqual([]);
    expect(await axeFaults(page)).toEqual([]);
    if (process.env['KITH_SCREENS'] !== undefined)
      await page.screenshot({ path: `${process.env['KITH_SCREENS']}/pictures.png` });
  });

  it('is oneself when one chooses a file, which leaves the window drawn anew', async () => {
    const { page, stage } = await withPictures();
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'How others see you…' }).click();
    const file = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') };
    await page.locator('input[type="file"]').setInputFiles(file);
    await until('the picture to be set', async () => stage.askedFor('account.present').length === 1 || undefined);
    const { picture = '' } = stage.askedFor('account.present')[0] ?? {};
    expect(Buffer.from(picture, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(picture).not.toBe(png);
    await page
      .locator('input[type="file"]')
      .setInputFiles({ ...file, buffer: Buffer.from('<svg onload="alert(1)"/>') });
    await page.getByText('This file cannot be read as a picture').waitFor();
    expect(stage.askedFor('account.present')).toHaveLength(1);
    await page.getByLabel('What you call yourself').fill('Jules');
    if (process.env['KITH_SCREENS'] !== undefined)
      await page.screenshot({ path: `${process.env['KITH_SCREENS']}/present.png` });
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await until(
      'the name to be set',
      async () => stage.askedFor('account.present').at(-1)?.nickname === 'Jules' || undefined,
    );
  });
});
