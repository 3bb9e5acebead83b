/** From the first start to the first answer without a mouse and without looking: what Chromium tells a screen reader at every step. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { ear } from './ear.ts';
import { account, juliet, now } from './verona.ts';
import { windows } from './window.ts';

const romeo = 'romeo@montague.example';

describe('the window by ear', () => {
  noLeaks();
  const open = windows();
  const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it('signs in for the first time, and says what is missing, what is wrong and what is done', async () => {
    const id = 'new' as AccountId;
    const { page, stage, complaints } = await open(
      { accounts: [], neighbours: [], said: {} },
      {
        prepare(set) {
          set.answers['account.add'] = ({ address }) => {
            set.addAccount(account(id, address));
            return id;
          };
        },
      },
    );
    const listener = await ear(page);
    await listener.hears(/^textbox Address/);
    await page.keyboard.type('juliet@capulet.example');
    await press(page, 'Tab');
    await listener.hears(/^textbox Password/);
    await press(page, 'Enter');
    await listener.isTold(/^Write the password of this address/);
    await listener.hears(/^textbox Password, \(Write the password of this address.*invalid/);
    await page.keyboard.type('wrong');
    await press(page, 'Enter');
    await listener.isTold(/^Signing in…/);
    stage.happen(
      { type: 'status-changed', status: 'offline', reason: { code: 'authentication-failed', text: '' } },
      id,
    );
    await listener.isTold(/^The server did not accept this password/);
    await listener.hears(/^textbox Password.*\(The server did not accept this password.*invalid/);
    await page.keyboard.type('wherefore');
    await press(page, 'Enter');
    await listener.isTold(/^Signing in…/);
    stage.happen({ type: 'status-changed', status: 'connecting' }, id);
    stage.happen({ type: 'status-changed', status: 'online' }, id);
    await listener.hears(/^button .*available.*Change status/);
    expect(complaints).toEqual([]);
  });

  it('finds a person, reads what they said last, writes, and hears the answer', async () => {
    const { page, stage } = await open();
    const listener = await ear(page);
    await page.getByRole('tree').waitFor();
    await press(page, 'Control+k');
    await listener.hears(/^option /);
    await page.keyboard.type('rom');
    await listener.isTold(/^\d+ choices$/);
    await listener.hears(/^option Romeo Montague ?, available.*selected/);
    await press(page, 'Enter');
    await listener.hears(/^textbox Message to Romeo Montague/);
    await press(page, 'Shift+Tab');
    await listener.hears(/^button Send a file/);
    await press(page, 'Shift+Tab');
    await listener.hears(/^article Then the Nurse would be at the door before I reached the stairs\./);
    await press(page, 'ArrowUp');
    await listener.hears(/^article I wrote the lamp a rule.*Read 17:/);
    await page.keyboard.type('Nine');
    await listener.hears(/^textbox Message to Romeo Montague, “Nine”/);
    await listener.announced();
    await press(page, 'Enter');
    const log = page.getByRole('log');
    await log.getByText('Nine').waitFor();
    expect(await page.locator('#message-field').inputValue()).toBe('');

    const sent = [...stage.messages.values()].flat().find(({ body }) => body === 'Nine')!;
    stage.deliver(sent.id, { state: 'sent' });
    await log.getByText('Sent', { exact: true }).waitFor();
    stage.typing(romeo, 'composing');
    await page.getByText('Romeo Montague is typing').waitFor();
    expect(await listener.announced()).toEqual([]);
    stage.hear(romeo, 'I have no ladder.');
    await listener.isTold(/^Romeo Montague: I have no ladder\.$/);
    stage.hear(romeo, 'I have no ladder.');
    await listener.isTold(/^Romeo Montague: I have no ladder\.$/);
    await listener.hears(/^textbox Message to Romeo Montague/);
  });

  it('says once, and at once, that a message did not go, and that an account is lost', async () => {
    const { page, stage, complaints } = await open();
    const listener = await ear(page);
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).focus();
    await listener.hears(/^treeitem Romeo Montague ?, available.*level 2/);
    await press(page, 'Enter');
    await listener.hears(/^textbox Message to Romeo Montague/);
    await page.keyboard.type('And the shutters?');
    await press(page, 'Enter');
    await page.getByRole('log').getByText('And the shutters?').waitFor();
    const sent = [...stage.messages.values()].flat().find(({ body }) => body === 'And the shutters?')!;
    await listener.announced();
    stage.deliver(sent.id, { state: 'failed', text: 'no such room' });
    await listener.isTold(/^Not sent: no such room ?Try again ?Delete$/);
    stage.happen({ type: 'status-changed', status: 'offline', reason: { code: 'network', text: '' } });
    stage.tell({ type: 'retry-planned', retry: { account: juliet.id, at: now + 24_000 } });
    await listener.isTold(/^Offline\. Next try in/);
    expect(complaints).toEqual([]);
  });
});
