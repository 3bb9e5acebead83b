import { describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import type { AccountId, QuestionId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { facts } from './facts.ts';
import type { Stage } from './stage.ts';
import { account, now, xmpp } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const fresh = { accounts: [], neighbours: [], said: {} } as const;
const id = 'new' as AccountId;

/** Adding works; the connection then waits for what the test says about it. */
const addable = (stage: Stage): void => {
  stage.answers['account.add'] = ({ address }) => {
    stage.addAccount(account(id, address));
    return id;
  };
  stage.answers['account.remove'] = () => {
    stage.accounts = [];
    stage.tell({ type: 'accounts-changed', changed: [], removed: [id] });
    return null;
  };
};

/** The account is there at once; its password waits for the passphrase that will seal it. */
const toBeSealed = (stage: Stage): void => {
  const question = { id: 'q1' as QuestionId, asked: now, kind: 'passphrase', question: { why: 'new' } } as const;
  stage.answers['account.add'] = async ({ address }) => {
    const sealed = new Promise<void>((resolve) => {
      stage.answers['question.answer'] = () => {
        stage.tell({ type: 'questions-changed', open: [] });
        resolve();
        return null;
      };
    });
    stage.accounts = [account(id, address)];
    stage.tell({ type: 'accounts-changed', changed: stage.accounts, removed: [] });
    stage.tell({ type: 'questions-changed', open: [question] });
    await sealed;
    return id;
  };
};

describe('the first run', () => {
  noLeaks();
  const open = windows();

  it('signs in with an address and a password, and forgets the password', async () => {
    const { page, stage, complaints } = await open(fresh, { prepare: addable });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.keyboard.press('Enter');
    await page.getByText('Signing in…').waitFor();
    expect(stage.askedFor('account.add')).toEqual([
      { protocol: 'xmpp', address: 'juliet@capulet.example', password: 'wherefore', parameters: {} },
    ]);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain('wherefore');

    stage.happen({ type: 'status-changed', status: 'online' }, id);
    await page.getByText('Fetching your people').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('self');
    stage.happen({ type: 'roster-received' }, id);
    await page.getByText('No one here yet').waitFor();
    expect(complaints).toEqual([]);
  });

  it('says what is missing under its field and puts the caret there', async () => {
    const { page, stage } = await open(fresh);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const address = page.getByLabel('Address');
    await page.getByText(/Write the address you sign in with/).waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    expect(await address.evaluate((field) => field === document.activeElement)).toBe(true);
    await address.fill('juliet@capulet.example');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Write the password of this address.').waitFor();
    expect(stage.askedFor('account.add')).toEqual([]);
  });

  it('tries a refused password once, and again with another one on the same account', async () => {
    const { page, stage } = await open(fresh, { prepare: addable });
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('Signing in…').waitFor();
    const reason = { code: 'authentication-failed', text: 'not authorised' } as const;
    stage.happen({ type: 'status-changed', status: 'offline', reason }, id);
    await page.getByText('The server did not accept this password.', { exact: false }).waitFor();
    const password = page.getByLabel('Password', { exact: true });
    expect(await password.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await axeFaults(page)).toEqual([]);

    await password.fill('right');
    await page.keyboard.press('Enter');
    await until('the second attempt', () => stage.askedFor('account.connect').at(0));
    expect(stage.askedFor('account.set')).toEqual([{ account: id, password: 'right', parameters: {} }]);
    expect(stage.askedFor('account.add')).toHaveLength(1);
    stage.happen({ type: 'status-changed', status: 'connecting' }, id);
    stage.happen({ type: 'status-changed', status: 'online' }, id);
    await page.getByRole('tab', { name: 'People' }).waitFor();
  });

  it('shows what is wrong with an address, in the words of the house', async () => {
    const { page } = await open(fresh, {
      prepare(stage) {
        stage.answers['account.add'] = () => {
          throw new KithError('invalid-argument', 'An address has one @ between a name and a server');
        };
      },
    });
    await page.getByLabel('Address').fill('juliet');
    await page.getByLabel('Password', { exact: true }).fill('x');
    await page.keyboard.press('Enter');
    await page.getByText('An address has one @ between a name and a server').waitFor();
  });

  it('says what is wrong with a connection setting under that setting, and keeps the password', async () => {
    const { page } = await open(fresh, {
      prepare(stage) {
        stage.answers['account.add'] = () => {
          throw new KithError('invalid-argument', 'port must be at most 65535');
        };
      },
    });
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.getByText('Connection settings').click();
    await page.locator('[name=setting-port]').fill('99999');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('port must be at most 65535').waitFor();
    const field = page.locator('[name=setting-port][aria-invalid=true]');
    expect(await field.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('wherefore');
  });

  it('goes through a proxy that is set, and asks for its password on the way', async () => {
    const { page, stage } = await open(fresh, { prepare: addable });
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.getByText('Connection settings').click();
    await page.locator('[name=setting-proxy]').selectOption('socks5');
    await page.locator('[name=setting-proxyHost]').fill('gate.capulet.example');
    expect(await page.locator('[name=setting-proxyPassword]').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Signing in…').waitFor();
    expect(stage.askedFor('account.add')).toMatchObject([
      { parameters: { proxy: 'socks5', proxyHost: 'gate.capulet.example' } },
    ]);
    const asked = { name: 'proxyPassword', why: 'needed' } as const;
    const question = { id: 'q1' as QuestionId, account: id, asked: now, kind: 'secret', question: asked } as const;
    stage.tell({ type: 'questions-changed', open: [question] });
    await page.getByLabel('Your password at the proxy').fill('open-sesame');
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await until('the answer', () => stage.askedFor('question.answer').at(0));
    expect(stage.askedFor('question.answer')).toEqual([{ question: 'q1', answer: 'open-sesame' }]);
  });

  it.each([
    ['signs in', 'Sign in'],
    ['makes an account', 'Make a new account'],
  ])('%s with what there is to choose from in a list, and yes or no as a box to tick', async (_what, title) => {
    const { page, stage } = await open(fresh, { prepare: addable });
    if (title !== 'Sign in') await page.getByRole('button', { name: title }).click();
    const form = page.getByRole('form', { name: title });
    await page.getByText('Connection settings').click();
    const proxy = form.getByRole('combobox', { name: /The kind of proxy/ });
    expect(await proxy.locator('option').allTextContents()).toEqual(['None', 'socks5', 'http']);
    expect(await proxy.inputValue()).toBe('');
    const boxes = form.getByRole('checkbox');
    expect(await boxes.count()).toBe(xmpp.parameters.filter(({ type }) => type === 'b').length);
    const unencrypted = form.getByRole('checkbox', { name: /no encryption/ });
    expect(await unencrypted.isChecked()).toBe(false);
    expect(await form.locator('textarea[name=setting-proxy], textarea[name=setting-plainText]').count()).toBe(0);

    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await unencrypted.press('Space');
    await proxy.selectOption('http');
    await form.locator('[name=setting-proxyHost]').fill('gate.capulet.example');
    await form.locator('[name=setting-proxyPort]').fill('3128');
    await form.getByRole('button', { name: /^(Sign in|Make)/ }).click();
    await until('the account', () => stage.askedFor('account.add').at(0));
    expect(stage.askedFor('account.add')).toMatchObject([
      { parameters: { plainText: true, proxy: 'http', proxyHost: 'gate.capulet.example', proxyPort: 3128 } },
    ]);
  });

  it('takes settings back that led nowhere', async () => {
    const { page, stage } = await open(fresh, { prepare: addable });
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.getByText('Connection settings').click();
    await page.locator('[name=setting-proxy]').selectOption('http');
    await page.locator('[name=setting-proxyHost]').fill('gate.capulet.example');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Signing in…').waitFor();
    const reason = { code: 'network', text: 'proxyHost cannot be found' } as const;
    stage.happen({ type: 'status-changed', status: 'offline', reason }, id);
    const host = page.locator('[name=setting-proxyHost][aria-invalid=true]');
    await host.waitFor();
    await host.fill('');
    await page.locator('[name=setting-proxy]').selectOption('None');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await until('the second attempt', () => stage.askedFor('account.connect').at(0));
    expect(stage.askedFor('account.set')).toEqual([{ account: id, password: 'wherefore', parameters: {} }]);
  });

  it('asks about a certificate before it goes on, and goes no further on No', async () => {
    const { page, stage } = await open(fresh, { prepare: addable });
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.keyboard.press('Enter');
    await page.getByText('Signing in…').waitFor();
    const question = { id: 'q1' as QuestionId, account: id, asked: now, kind: 'certificate', question: facts } as const;
    stage.tell({ type: 'questions-changed', open: [question] });
    await page.getByRole('heading', { name: 'Is this really capulet.example?' }).waitFor();
    await page.getByText('Your password has not been sent.', { exact: false }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SECTION');
    await page.getByText('9C4E 71A0 55D2 B83F').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Do not connect' }).click();
    await until('the answer', () => stage.askedFor('question.answer').at(0));
    expect(stage.askedFor('question.answer')).toEqual([{ question: 'q1', answer: 'no' }]);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await until('the account to go', () => stage.askedFor('account.remove').at(0));
  });

  it('asks for the new passphrase twice where passwords are to be sealed, and then goes on signing in', async () => {
    const { page, stage } = await open(fresh, { prepare: toBeSealed });
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Choose a passphrase' }).waitFor();
    expect(
      await page.getByLabel('Passphrase', { exact: true }).evaluate((field) => field === document.activeElement),
    ).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.type('open sesame');
    await page.keyboard.press('Enter');
    await page.getByText('The two differ.', { exact: false }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(stage.askedFor('question.answer')).toEqual([]);
    await page.getByLabel('Once more').fill('open sesame');
    await page.keyboard.press('Enter');
    await page.getByText('Signing in…').waitFor();
    expect(stage.askedFor('question.answer')).toEqual([{ question: 'q1', answer: 'open sesame' }]);
    expect(await page.content()).not.toContain('sesame');
  });

  it('lets the new passphrase wait, and asks for it again among the people', async () => {
    const { page, stage } = await open(fresh, { prepare: toBeSealed });
    await page.getByLabel('Address').fill('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).fill('wherefore');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByText('Your passwords need a passphrase').waitFor();
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill('short');
    await page.keyboard.press('Enter');
    await page.getByText('At least eight characters.').waitFor();
    await page.getByLabel('Passphrase', { exact: true }).fill('open sesame');
    await page.getByLabel('Once more').fill('open sesame');
    await page.getByRole('button', { name: 'Seal' }).click();
    await until('the answer', () => stage.askedFor('question.answer').at(0));
    expect(stage.askedFor('question.answer')).toEqual([{ question: 'q1', answer: 'open sesame' }]);
    expect(stage.askedFor('account.add')).toHaveLength(1);
  });

  it('begins the demo on a click', async () => {
    const { page, stage } = await open(fresh);
    await page.getByRole('button', { name: /Try it here/ }).click();
    await until('the demo', () => stage.askedFor('demo.start').at(0));
  });

  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['contrast', { contrast: 'more' }],
    ['narrow', { viewport: { width: 360, height: 720 } }],
  ] as const)('has nothing axe objects to: %s', async (_, look) => {
    const { page } = await open(fresh, look);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
