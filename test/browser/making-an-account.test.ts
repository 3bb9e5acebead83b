import { describe, expect, it } from 'vitest';
import type { AccountId, QuestionId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import type { Stage } from './stage.ts';
import { account, now } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const fresh = { accounts: [], neighbours: [], said: {} } as const;
const id = 'new' as AccountId;
const addable = (stage: Stage): void => {
  stage.answers['account.add'] = ({ address }) => {
    stage.addAccount(account(id, address));
    return id;
  };
};

describe('a new account from the first page', () => {
  noLeaks();
  const open = windows();

  it('is asked for, says what the server wants to know, and has no fault axe finds', async () => {
    const { page, stage, complaints } = await open(fresh, { prepare: addable });
    await page.getByRole('button', { name: 'Make a new account' }).click();
    await page.getByRole('heading', { name: 'Make a new account' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.keyboard.press('Enter');
    await page.getByText('Making the account…').waitFor();
    expect(stage.askedFor('account.add')).toMatchObject([{ address: 'juliet@capulet.example', register: true }]);
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const field = {
      name: 'email',
      label: 'Mail address',
      kind: 'text',
      required: true,
      value: '',
      options: [],
    } as const;
    stage.tell({
      type: 'questions-changed',
      open: [
        {
          id: 'q1' as QuestionId,
          account: id,
          asked: now,
          kind: 'registration',
          question: { instructions: 'Who are you?', fields: [field], picture: { type: 'image/png', bytes: dot } },
        },
      ],
    });
    await page.getByText('Who are you?').waitFor();
    await page.getByRole('img', { name: 'A picture with something to read in it' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Mail address').fill('j@capulet.example');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Who are you?').waitFor({ state: 'detached' });
    expect(stage.askedFor('question.answer')).toEqual([{ question: 'q1', answer: '{"email":"j@capulet.example"}' }]);
    expect(complaints).toEqual([]);
  });
});
