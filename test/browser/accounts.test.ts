import { describe, expect, it } from 'vitest';
import type { QuestionId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { facts } from './facts.ts';
import { account, atWork, juliet, now, xmpp } from './verona.ts';
import { windows } from './window.ts';

describe('what an account says in the window', () => {
  noLeaks();
  const open = windows();

  it('counts down to the next try, and tries now on a word', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    const reason = { code: 'network', text: '' } as const;
    stage.happen({ type: 'status-changed', status: 'offline', reason });
    stage.tell({ type: 'retry-planned', retry: { account: juliet.id, at: now + 24_000 } });
    await page.getByText('Offline. Next try in 0:24').waitFor();
    expect(await page.getByRole('timer').textContent()).toBe('0:24');
    await page.getByRole('treeitem', { name: /^Romeo Montague ?, not known/ }).click();
    await page.getByText('Not known: you are offline').waitFor();
    await page.getByText('Messages wait here and go when you are back').waitFor();
    await page.getByRole('button', { name: 'Try now' }).click();
    await until('the attempt', () => stage.askedFor('account.connect').at(0));
    stage.happen({ type: 'status-changed', status: 'online' });
    await page.getByText('Next try').first().waitFor({ state: 'detached' });
  });

  it('says the loss in one line, on the account, and nowhere else, also in the middle of a talk and when it lasts', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.locator('#message-field').fill('Are you there?');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Are you there?').waitFor();
    const reason = { code: 'unreachable', text: 'Nobody answers at capulet.example' } as const;
    const said = async (): Promise<readonly string[]> =>
      (
        await page
          .locator(':is([role=status], [role=alert], [role=dialog], [role=alertdialog]):visible')
          .allInnerTexts()
      )
        .map((text) => text.replaceAll(/\s+/gu, ' ').trim())
        .filter((text) => text !== '');
    for (const seconds of [4, 24, 59]) {
      stage.happen({ type: 'status-changed', status: 'connecting' });
      stage.happen({ type: 'status-changed', status: 'offline', reason });
      stage.tell({ type: 'retry-planned', retry: { account: juliet.id, at: now + seconds * 1000 } });
      const line = `Offline. Next try in 0:${String(seconds).padStart(2, '0')}`;
      await page.getByText(line).filter({ visible: true }).waitFor();
      expect(await said()).toEqual([`${line} Try now`]);
    }
    stage.happen({ type: 'status-changed', status: 'online' });
    await page.getByText('Next try').first().waitFor({ state: 'detached' });
    expect(await said()).toEqual([]);
  });

  it('says the loss also where the attempt failed before its own line came', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    stage.happen({ type: 'status-changed', status: 'connecting' });
    await page.getByRole('button', { name: /^J.*not known/ }).waitFor();
    stage.happen({ type: 'status-changed', status: 'offline', reason: { code: 'unreachable', text: '' } });
    stage.tell({ type: 'retry-planned', retry: { account: juliet.id, at: now + 4000 } });
    await page.getByText('Offline. Next try in 0:04').waitFor();
  });

  it('does not take a press meant for Try now for a Cancel when the attempt begins by itself in that moment', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    stage.happen({ type: 'status-changed', status: 'offline', reason: { code: 'network', text: '' } });
    stage.tell({ type: 'retry-planned', retry: { account: juliet.id, at: now + 24_000 } });
    const place = (await page.getByRole('button', { name: 'Try now' }).boundingBox())!;
    stage.happen({ type: 'status-changed', status: 'connecting' });
    await page.getByText('Connecting to capulet.example').waitFor();
    await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await until('the wish', () => stage.askedFor('presence.set').at(0));
    expect(stage.askedFor('presence.set')).toHaveLength(1);
  });

  it('names the one of two that is in trouble, and leads a refused password to its field', async () => {
    const { page, stage } = await open({ accounts: [juliet, atWork] });
    await page.getByRole('tree').waitFor();
    const reason = { code: 'authentication-failed', text: 'not authorised' } as const;
    stage.happen({ type: 'status-changed', status: 'offline', reason }, atWork.id);
    await page.getByText('work.example: password not accepted').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('the server will not lock you out', { exact: false }).waitFor();
    await page.getByLabel('New password for juliet@work.example').fill('secret-of-juliet');
    await page.keyboard.press('Enter');
    await until('the attempt', () => stage.askedFor('account.connect').at(0));
    expect(stage.askedFor('account.set')).toEqual([{ account: 'work', password: 'secret-of-juliet' }]);
    expect(await page.getByLabel('New password for juliet@work.example').inputValue()).toBe('');
  });

  it('puts a certificate question in front when asked to, and takes the safe answer for Esc', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const question = {
      id: 'q1' as QuestionId,
      account: juliet.id,
      asked: now,
      kind: 'certificate',
      question: facts,
    } as const;
    stage.tell({ type: 'questions-changed', open: [question] });
    await page.getByText('capulet.example: one question').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message-field');
    await page.getByRole('button', { name: 'Show' }).first().click();
    await page.getByRole('heading', { name: 'Is this really capulet.example?' }).waitFor();
    await page.getByRole('button', { name: 'Trust until it changes' }).focus();
    await page.keyboard.press('Escape');
    await until('the answer', () => stage.askedFor('question.answer').at(0));
    expect(stage.askedFor('question.answer')).toEqual([{ question: 'q1', answer: 'no' }]);
    await page.getByRole('heading', { level: 1, name: 'Romeo Montague' }).waitFor();
  });

  it('asks for the passphrase in place, says when it was wrong, and forgets it', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    const question = { id: 'q2' as QuestionId, asked: now, kind: 'passphrase', question: { why: 'needed' } } as const;
    stage.answers['question.answer'] = () => {
      stage.tell({ type: 'questions-changed', open: [{ ...question, question: { why: 'refused' } }] });
      return null;
    };
    stage.tell({ type: 'questions-changed', open: [question] });
    await page.getByText('Your passwords are sealed').waitFor();
    await page.getByLabel('Passphrase').fill('open sesame');
    await page.keyboard.press('Enter');
    await page.getByText('That passphrase did not open the file.').waitFor();
    expect(stage.askedFor('question.answer')).toEqual([{ question: 'q2', answer: 'open sesame' }]);
    expect(await page.getByLabel('Passphrase').inputValue()).toBe('');
  });

  it('says when a protocol fell over, and starts it again when it gave up', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    stage.happen({ type: 'status-changed', status: 'offline', reason: { code: 'protocol-crashed', text: '' } });
    stage.tell({ type: 'health-changed', protocol: xmpp.id, health: 'crashed' });
    await page.getByText('XMPP stopped and is starting again.', { exact: false }).waitFor();
    await page.getByRole('treeitem', { name: /^Romeo Montague ?, not known/ }).waitFor();
    stage.tell({ type: 'health-changed', protocol: xmpp.id, health: 'given-up' });
    await page.getByText('XMPP stopped three times.').waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    await until('the wish', () => stage.askedFor('protocol.startAgain').at(0));
  });

  it('removes an account only after saying what goes with it', async () => {
    const { page, stage } = await open({ accounts: [juliet, atWork] });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'More for juliet@work.example' }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByText('its messages are deleted from this computer', { exact: false }).waitFor();
    expect(stage.askedFor('account.remove')).toEqual([]);
    await page.getByRole('button', { name: 'Remove account and messages' }).click();
    await until('the wish', () => stage.askedFor('account.remove').at(0));
    expect(stage.askedFor('account.remove')).toEqual([{ account: 'work' }]);
  });

  it('names the account whose password is asked for, and gives its field to who wants to sign in', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    const question = {
      id: 'q3' as QuestionId,
      account: juliet.id,
      asked: now,
      kind: 'password',
      question: { why: 'needed' },
    } as const;
    const inField = (): Promise<true> =>
      until('the caret in the field', async () =>
        (await page.evaluate(() => document.activeElement?.getAttribute('type'))) === 'password' ? true : undefined,
      );
    stage.tell({ type: 'questions-changed', open: [question] });
    await page.getByRole('heading', { name: 'Password for juliet@capulet.example' }).waitFor();
    await inField();
    await page.locator('#find').focus();
    await page.getByRole('status').getByRole('button', { name: 'Sign in' }).click();
    await inField();
  });

  it('lets no sign that turns the direction of writing work in an address, a name or a certificate', async () => {
    const turned = account('turned', 'moc.\u202eelpmaxe@teiluj', { name: '\u2067Capulet\u2069 \u200fJuliet' });
    const nameless = account('nameless', '\u202eluap@example.org');
    const { page, stage } = await open({ accounts: [turned, nameless] });
    const seen: string[] = [];
    /** Everything that is drawn or read aloud. */
    const look = async (): Promise<void> => {
      seen.push(
        await page.evaluate(() =>
          [...document.querySelectorAll('*')]
            .flatMap((each) => [
              ...[...each.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : '')),
              ...['title', 'aria-label', 'placeholder'].map((name) => each.getAttribute(name)),
              each instanceof HTMLInputElement ? each.value : '',
            ])
            .join(' '),
        ),
      );
    };
    const hostile = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, `\u202e${value}`]));
    const question = { id: 'q9' as QuestionId, account: turned.id, asked: now, kind: 'certificate' } as const;
    const asked = { ...question, question: { ...facts, ...hostile, reason: facts.reason } };
    stage.tell({ type: 'questions-changed', open: [asked] });
    await page.getByRole('heading', { name: 'Is this really ⟨⟩capulet.example?' }).waitFor();
    await page.getByText('⟨⟩capulet.example, *.capulet.example').waitFor();
    await look();
    stage.tell({ type: 'questions-changed', open: [] });
    const reason = { code: 'network', text: 'gone \u202eyawa' } as const;
    stage.happen({ type: 'status-changed', status: 'offline', reason }, turned.id);
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    await page.getByText('by ⟨⟩Capulet⟨⟩ ⟨⟩Juliet').waitFor();
    await look();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    for (const doing of ['Rename…', 'Change password…', 'Remove…']) {
      await page.getByRole('button', { name: 'More for moc.⟨⟩elpmaxe@teiluj' }).click();
      await page.getByRole('menuitem', { name: doing }).click();
      await look();
      await page.getByRole('button', { name: 'Cancel' }).click();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('heading', { name: 'Add a person' }).waitFor();
    await look();
    expect(seen.join(' ')).toContain('⟨⟩luap@example.org');
    expect(seen.join(' ')).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u);
  });

  it('shows passwords in memory as the choice that is so, and says when it is the demo', async () => {
    const { page } = await open({ known: { secrets: 'memory', demo: true } });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Passwords' }).click();
    await page.getByText('This is the demo', { exact: false }).waitFor();
    expect(await page.getByRole('radio', { name: /In memory only/ }).isChecked()).toBe(true);
  });

  it('says for as long as it is so that passwords lie in a plain file', async () => {
    const { page, stage } = await open({ known: { secrets: 'plain' } });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Passwords' }).click();
    await page.getByText('Your passwords lie in a file that is not locked.', { exact: false }).waitFor();
    await page.getByRole('radio', { name: /A sealed file/ }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill('a long passphrase');
    await page.getByLabel('Once more').fill('another passphrase');
    await page.getByRole('button', { name: 'Seal' }).click();
    await page.getByText('The two differ.').waitFor();
    await page.getByLabel('Once more').fill('a long passphrase');
    await page.getByRole('button', { name: 'Seal' }).click();
    await until('the wish', () => stage.askedFor('secrets.choose').at(0));
    expect(stage.askedFor('secrets.choose')).toEqual([{ mode: 'sealed', passphrase: 'a long passphrase' }]);
    stage.tell({ type: 'secrets-changed', secrets: 'sealed' });
    await page
      .getByText('Your passwords lie in a file that is not locked.', { exact: false })
      .waitFor({ state: 'detached' });
  });

  it('changes theme, density and what others are told at once', async () => {
    const { page, stage } = await open();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('radio', { name: 'Dark' }).click();
    await page.locator('html[data-theme=dark]').waitFor();
    await page.getByRole('radio', { name: 'Compact' }).click();
    await page.locator('html[data-density=compact]').waitFor();
    await page.getByRole('button', { name: 'Privacy' }).click();
    await page.getByRole('switch', { name: 'Say when I am typing' }).click();
    await page.locator('[role=switch][aria-checked=false]').waitFor();
    expect(stage.askedFor('settings.set')).toEqual([
      { theme: 'dark' },
      { density: 'compact' },
      { typingNotices: false },
    ]);
  });

  it('says when the program itself has stopped, and goes on when it is back, with what it missed', async () => {
    const { page, stage, served } = await open();
    await page.getByRole('tree').waitFor();
    served.answer(false);
    await page.getByText('Kith itself has stopped.', { exact: false }).waitFor();
    stage.hear('mercutio@verona.example', 'While you were out');
    served.answer(true);
    await page.getByText('Kith itself has stopped.', { exact: false }).waitFor({ state: 'detached' });
    await page.getByRole('treeitem', { name: /^Mercutio.*While you were out.*1 unread/ }).waitFor();
  });

  it('joins again when a number is missing, and shows what is so', async () => {
    const { page, stage } = await open();
    await page.getByRole('tree').waitFor();
    stage.loseOne();
    stage.hear('mercutio@verona.example', 'After the gap');
    await page.getByRole('treeitem', { name: /^Mercutio.*After the gap/ }).waitFor();
    expect(stage.joins).toBe(2);
  });
});
