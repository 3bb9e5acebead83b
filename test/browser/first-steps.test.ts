/** What it takes from the first start to the first message, counted: keys, fields, presses, and the seconds they are worth. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import type { Stage } from './stage.ts';
import { account, contactFrom, neighbours, personId } from './verona.ts';
import { windows } from './window.ts';

/**
 * Seconds, by the keystroke-level model (Card, Moran and Newell 1980): a key of somebody who types seldom, a press of the pointer
 * with the way there, and the thought before each new thing.
 */
const seconds = { key: 0.5, press: 1.3, thought: 1.35 } as const;

interface Steps {
  /** Letters that were written. */
  readonly letters: number;
  /** Keys that did something else: Tab, Enter, a shortcut. */
  readonly commands: number;
  readonly presses: number;
  /** Fields something was written into, by their labels, in order. */
  readonly fields: readonly string[];
}

/** In the page, before it begins. */
function count(): void {
  const page = globalThis as unknown as {
    steps: { letters: number; commands: number; presses: number; fields: string[] };
  };
  page.steps = { letters: 0, commands: 0, presses: 0, fields: [] };
  addEventListener(
    'keydown',
    ({ key, ctrlKey, target }) => {
      if (['Control', 'Shift', 'Alt'].includes(key)) return;
      if (key.length > 1 || ctrlKey) page.steps.commands += 1;
      else {
        page.steps.letters += 1;
        const field = target as HTMLInputElement;
        const label = field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? 'nothing';
        if (page.steps.fields.at(-1) !== label) page.steps.fields.push(label);
      }
    },
    true,
  );
  addEventListener('pointerdown', () => (page.steps.presses += 1), true);
}

const stepsOf = (page: Page): Promise<Steps> => page.evaluate(() => (globalThis as unknown as { steps: Steps }).steps);

const worth = ({ letters, commands, presses, fields }: Steps): number =>
  (letters + commands) * seconds.key + presses * seconds.press + (fields.length + commands + presses) * seconds.thought;

const id = 'new' as AccountId;
const [romeo] = neighbours;

function comeIn(stage: Stage): void {
  const owner = account(id, 'juliet@capulet.example');
  const { address, name } = romeo!;
  stage.happen({ type: 'status-changed', status: 'online' }, id);
  stage.happen({ type: 'contacts-changed', changed: [contactFrom(romeo!)], removed: [] }, id);
  stage.happen({ type: 'roster-received' }, id);
  const presence = { availability: 'available', status: '', message: '' } as const;
  const contacts = [{ account: id, contact: address as never }];
  const person = { id: personId(owner, address), name, avatar: '', contacts, presence };
  stage.tell({ type: 'people-changed', changed: [person], removed: [] });
}

describe('from the first start to the first message', () => {
  noLeaks();
  const open = windows();

  const begin = async (): Promise<{ readonly page: Page; readonly stage: Stage }> => {
    const { page, stage } = await open(
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
    await page.addInitScript(count);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    return { page, stage };
  };

  it('one writes an address, a password, a few letters of a name and the message, and presses nothing', async () => {
    const { page, stage } = await begin();
    await page.keyboard.type('juliet@capulet.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wherefore');
    await page.keyboard.press('Enter');
    await page.getByText('Signing in…').waitFor();
    comeIn(stage);
    await page.getByRole('treeitem', { name: /^Romeo/ }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('rom');
    await page.getByRole('option', { name: /^Romeo/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Message to Romeo Montague' }).waitFor();
    await page.keyboard.type('Good night');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Good night').waitFor();
    const steps = await stepsOf(page);
    expect(steps).toEqual({
      letters: 'juliet@capulet.example'.length + 'wherefore'.length + 'rom'.length + 'Good night'.length,
      commands: 5,
      presses: 0,
      fields: ['Address', 'Password', 'A person, a room, something to do', 'Message to Romeo Montague'],
    });
    expect(worth(steps)).toBeLessThan(45);
  });

  it('with the pointer one presses a field, two buttons and a person', async () => {
    const { page, stage } = await begin();
    await page.keyboard.type('juliet@capulet.example');
    await page.getByLabel('Password', { exact: true }).click();
    await page.keyboard.type('wherefore');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Signing in…').waitFor();
    comeIn(stage);
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await page.getByRole('textbox', { name: 'Message to Romeo Montague' }).waitFor();
    await page.keyboard.type('Good night');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('log').getByText('Good night').waitFor();
    const steps = await stepsOf(page);
    expect(steps).toMatchObject({
      commands: 0,
      presses: 4,
      fields: ['Address', 'Password', 'Message to Romeo Montague'],
    });
    expect(worth(steps)).toBeLessThan(45);
  });

  it('somebody without an address tries it with one press', async () => {
    const { page, stage } = await begin();
    await page.getByRole('button', { name: /Try it here/ }).click();
    await expect.poll(() => stage.askedFor('demo.start').length).toBe(1);
    expect(await stepsOf(page)).toEqual({ letters: 0, commands: 0, presses: 1, fields: [] });
  });
});
