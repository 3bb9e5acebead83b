import { describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import type { AccountId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { account } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const link = 'xmpp:juliet@capulet.example?roster;preauth=abc;ibr=y';

describe('a friend who is to be brought along', () => {
  noLeaks();
  const open = windows();

  it('gets a link that is made when it is asked for, and can be copied', async () => {
    const { page, stage, complaints } = await open();
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('heading', { name: 'Bring a friend' }).waitFor();
    expect(stage.askedFor('account.invite')).toEqual([]);
    stage.answers['account.invite'] = () => ({ link, proven: true, makesAccounts: true });
    await page.getByRole('button', { name: 'Make a link' }).click();
    const shown = page.getByLabel('Link for your friend');
    await shown.waitFor();
    expect(await shown.inputValue()).toBe(link);
    expect(await shown.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByText('It is good for one person.').waitFor();
    await page.getByRole('button', { name: 'Copy link' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is told of a page that explains it where there is one, and who brings them when the server proves nothing', async () => {
    const { page, stage } = await open();
    await page.getByRole('button', { name: 'Add a person' }).click();
    stage.answers['account.invite'] = () => ({
      link,
      page: 'https://capulet.example/invite/abc',
      proven: false,
      makesAccounts: false,
    });
    await page.getByRole('button', { name: 'Make a link' }).click();
    const shown = page.getByLabel('Link for your friend');
    await shown.waitFor();
    expect(await shown.inputValue()).toBe('https://capulet.example/invite/abc');
    await page.getByText('Whoever follows the link asks you').waitFor();
  });

  it('cannot be brought where the network has no invitations, which is said there', async () => {
    const { page, stage } = await open();
    await page.getByRole('button', { name: 'Add a person' }).click();
    stage.answers['account.invite'] = () => {
      throw new KithError('not-supported', 'No');
    };
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Make a link' }).waitFor();
  });

  it('makes an account by the link on the first page', async () => {
    const { page, stage } = await open(
      { accounts: [], neighbours: [], said: {} },
      {
        prepare: (on) => {
          on.answers['account.add'] = ({ address }) => {
            on.addAccount(account('new' as AccountId, address));
            return 'new' as AccountId;
          };
        },
      },
    );
    await page.getByRole('button', { name: 'Make a new account' }).click();
    await page.getByLabel('Address').fill('nurse@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.getByLabel('Invitation').fill(` ${link} `);
    await page.keyboard.press('Enter');
    await until('the account to be asked for', () => stage.askedFor('account.add')[0]);
    expect(stage.askedFor('account.add')).toMatchObject([{ register: true, invitation: link }]);
  });
});
