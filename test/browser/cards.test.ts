/** What people say of themselves, in the details; and one's own, written by choice. */
import { describe, expect, it } from 'vitest';
import { emptyCard } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { axeFaults, windows } from './window.ts';

const card = {
  ...emptyCard,
  name: 'Romeo di Montague',
  organisation: 'House of Montague',
  mails: ['romeo@montague.example'],
  birthday: '1578-07-11',
  urls: ['https://montague.example/romeo'],
};

describe('a card', () => {
  noLeaks();
  const open = windows();

  it('stands in the details of its contact, its web address a link that leaves the window', async () => {
    const { page, stage, complaints } = await open(
      {},
      {
        prepare(set) {
          set.answers['contact.card'] = () => card;
          set.answers['contact.devices'] = () => [
            { name: 'phone', presence: { availability: 'available', status: '', message: 'On the road' }, priority: 5 },
          ];
        },
      },
    );
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await page.getByRole('button', { name: /Details/ }).click();
    await page.getByText('House of Montague').waitFor();
    expect(stage.askedFor('contact.card')[0]?.contact).toBe('romeo@montague.example');
    const link = page.getByRole('link', { name: 'https://montague.example/romeo' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    await page.getByText('Available · priority 5 · On the road').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    if (process.env['KITH_SCREENS'] !== undefined)
      await page.screenshot({ path: `${process.env['KITH_SCREENS']}/card.png` });
  });

  it('of one’s own is written in the settings, beginning with what it says', async () => {
    const { page, stage } = await open({}, { prepare: (set) => (set.answers['contact.card'] = () => card) });
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Your card…' }).click();
    await until('what it says', async () => (await page.getByLabel('Organisation').inputValue()) !== '' || undefined);
    await page.getByLabel('Organisation').fill('House of Capulet');
    await page.getByLabel('Birthday').fill('');
    expect(await axeFaults(page)).toEqual([]);
    if (process.env['KITH_SCREENS'] !== undefined)
      await page.screenshot({ path: `${process.env['KITH_SCREENS']}/own-card.png` });
    await page.getByRole('button', { name: 'Save' }).click();
    await until('it to be set', () => stage.askedFor('account.setCard')[0]);
    expect(stage.askedFor('account.setCard')[0]?.card).toEqual({
      ...card,
      organisation: 'House of Capulet',
      birthday: '',
    });
  });
});
