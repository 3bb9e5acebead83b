/** Search over everything that was said, and a conversation read from the middle on. */
import { describe, expect, it } from 'vitest';
import type { SearchPage } from '../../src/contracts/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { pageOf } from '../harness/pages.ts';
import { until } from '../harness/waiting.ts';
import { type Line, now } from './verona.ts';
import { axeFaults, windows } from './window.ts';

/** A year of talk with Romeo, some of it about a lantern. */
const year: readonly Line[] = Array.from({ length: 900 }, (_, index) => ({
  ago: (900 - index) * 10 * 3_600_000,
  from: index % 3 === 0 ? 'we' : 'they',
  body: index % 100 === 50 ? `The lantern hangs on nail ${index}` : `Line ${index} of a long year`,
}));
const said = {
  'romeo@montague.example': year,
  'angelica@capulet.example': [
    { ago: 1_800_000, from: 'they', body: 'Who put the good lantern in the henhouse? https://hens.example' },
    { ago: 1_700_000, from: 'we', body: 'Lanterns go where they please.' },
  ],
} satisfies Record<string, readonly Line[]>;

/** Midnight, half a year before, where the window stands. */
const day = Math.floor((now - 180 * 86_400_000) / 86_400_000) * 86_400_000;

describe('a search in the window', () => {
  noLeaks();
  const open = windows();

  it('goes to a day of a conversation', async () => {
    const { page, stage, complaints } = await open({ said });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.getByRole('log').getByText('Line 899 of a long year').waitFor();
    await page.keyboard.press('Control+f');
    const first = stage.messages.get(stage.askedFor('history.page').at(-1)!.conversation)!.find(({ at }) => at >= day)!;
    await page.getByLabel('Go to a day').fill(new Date(day).toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    const found = page.getByRole('log').getByText(first.body, { exact: true });
    await until('it to be in sight', async () => {
      const place = await found.boundingBox({ timeout: 1000 }).catch(() => null);
      return place !== null && place.y > 60 && place.y < 700 ? place : undefined;
    });
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('finds while one types, by conversation with the words marked, and opens a hit in its context', async () => {
    const { page, stage, complaints } = await open({ said });
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type('lantern');
    await page.getByRole('heading', { level: 2, name: 'Nurse 2' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'Romeo Montague 9' }).waitFor();
    expect(await page.getByRole('region', { name: 'What was found' }).locator('mark').allInnerTexts()).toEqual([
      'Lanterns',
      ...Array.from({ length: 10 }, () => 'lantern'),
    ]);
    expect(await axeFaults(page)).toEqual([]);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const found = page.getByRole('log').getByText('The lantern hangs on nail 750');
    await found.waitFor();
    await until('it to be in sight', async () => {
      const place = await found.boundingBox();
      return place !== null && place.y > 60 && place.y < 700 ? place : undefined;
    });
    const asked = stage.askedFor('history.page').at(-1);
    expect(asked?.place).toHaveProperty('around');
    expect(await page.evaluate(() => CSS.highlights.get('found')?.size)).toBe(1);
    // The keys stay among the hits.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-hit'))).not.toBeNull();

    await page.keyboard.press('Control+g');
    await page.getByRole('log').getByText('The lantern hangs on nail 650').waitFor();
    await page.keyboard.press('Control+Shift+g');
    await page.keyboard.press('Control+Shift+g');
    await page.getByRole('log').getByText('The lantern hangs on nail 850').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tree').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is narrowed to a conversation, to who said it, to a time and to what it has, and widened again', async () => {
    const { page, stage } = await open({ said });
    await page.getByRole('treeitem', { name: /^Nurse/ }).click();
    await page.getByRole('button', { name: 'Search in this conversation' }).click();
    await page.getByRole('searchbox', { name: 'Search messages' }).fill('lantern');
    const hits = page.getByRole('region', { name: 'What was found' }).locator('[data-hit]');
    await until('both', async () => ((await hits.count()) === 2 ? true : undefined));
    await page.getByRole('button', { name: 'From', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'You' }).click();
    await until('ours', async () => ((await hits.allInnerTexts()).join('').includes('henhouse') ? undefined : true));
    await page.getByRole('button', { name: 'When', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'Today' }).click();
    await page.getByRole('button', { name: 'Has', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'A link' }).click();
    await page.getByRole('heading', { name: 'Nothing for “lantern”' }).waitFor();
    const asked = stage.askedFor('history.search').at(-1)!;
    expect(asked).toMatchObject({ words: 'lantern', from: 'me', has: 'link' });
    expect(asked.conversation).toContain('angelica');
    expect(asked.since).toBe(Date.UTC(2026, 10, 22));
    await page.getByRole('button', { name: 'Search everywhere, without the filters' }).click();
    await page.getByRole('heading', { level: 2, name: 'Romeo Montague 9' }).waitFor();
  });

  it('shows an older answer never over a newer one', async () => {
    const { page, stage } = await open({ said });
    await page.getByRole('tree').waitFor();
    let answerFirst: (page: SearchPage) => void = () => {};
    stage.answers['history.search'] = ({ words }) =>
      words === 'l'
        ? new Promise((resolve) => (answerFirst = resolve))
        : { messages: [...stage.messages.values()].flat().slice(0, 1), more: false };
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type('la');
    const hits = page.locator('[data-hit]');
    await until('the answer', async () => ((await hits.count()) === 1 ? true : undefined));
    answerFirst({ messages: [], more: false });
    // Another question and its answer have passed the first one by then.
    await page.keyboard.type('n');
    await until('the third', () => (stage.askedFor('history.search').length === 3 ? true : undefined));
    expect(await hits.count()).toBe(1);
  });
});

describe('a conversation read from the middle', () => {
  noLeaks();
  const open = windows();

  it('goes on in both directions, carries only a part, and leads back to the newest', async () => {
    const { page, stage } = await open({ said });
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type('nail 150');
    const hits = page.locator('[data-hit]');
    await until('one hit', async () => ((await hits.count()) === 1 ? true : undefined));
    await hits.click();
    const log = page.getByRole('log');
    await log.getByText('nail 150').waitFor();
    const lines = async (): Promise<readonly number[]> =>
      (await log.locator('[data-said]').allInnerTexts()).flatMap((text) => /\d+/u.exec(text) ?? []).map(Number);
    const isWhole = (shown: readonly number[]): void => {
      expect(shown.length).toBeLessThanOrEqual(400);
      expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => shown[0]! + index));
    };

    // What arrives meanwhile belongs behind what is not here.
    stage.hear('romeo@montague.example', 'Are you there?');
    await page.getByRole('button', { name: 'Newest 1' }).waitFor();
    expect(await log.getByText('Are you there?').count()).toBe(0);
    expect(stage.askedFor('conversation.acknowledge')).toEqual([]);
    await until('the newest', async () => {
      await log.evaluate((view) => view.scrollTo(0, view.scrollHeight));
      isWhole(await lines());
      return (await log.getByText('Are you there?').count()) > 0 || undefined;
    });
    await until('it to be read', async () => {
      await log.evaluate((view) => view.scrollTo(0, view.scrollHeight));
      return stage.askedFor('conversation.acknowledge').at(0);
    });

    await until('the beginning', async () => {
      await log.evaluate((view) => view.scrollTo(0, 0));
      const shown = await lines();
      isWhole(shown);
      return shown[0] === 0 || undefined;
    });
    expect(await log.getByText('Are you there?').count()).toBe(0);
    await page.getByRole('button', { name: /^Newest/ }).click();
    await log.getByText('Are you there?').waitFor();
  });

  it('moves no line while a page comes below and what is out of sight above goes', async () => {
    const { page, stage } = await open({ said });
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type('nail 150');
    const hits = page.locator('[data-hit]');
    await until('one hit', async () => ((await hits.count()) === 1 ? true : undefined));
    await hits.click();
    const log = page.getByRole('log');
    const count = () => log.locator('[data-said]').count();
    const oldest = () => log.locator('[data-said]').first().innerText();
    await log.getByText('nail 150').waitFor();
    await until('as much as is kept', async () => {
      if ((await count()) >= 400) return true;
      await log.evaluate((view) => view.scrollTo(0, view.scrollHeight));
      return undefined;
    });
    const before = await oldest();
    let release = (): void => {};
    const asked = stage.askedFor('history.page').length;
    stage.answers['history.page'] = async ({ conversation, place, limit }) => {
      await new Promise<void>((resolve) => (release = resolve));
      const answer = pageOf(stage.messages.get(conversation) ?? [], place, limit);
      return { ...answer, complete: !answer.more };
    };
    await log.evaluate((view) => view.scrollTo(0, view.scrollHeight));
    await until('the question', () => stage.askedFor('history.page').length > asked || undefined);
    // The first in sight: what stands under it may move, as a mark does to a later message.
    const first = await log.evaluate((view) => {
      const top = view.getBoundingClientRect().top;
      return [...view.querySelectorAll('[data-message]')].find((each) => each.getBoundingClientRect().bottom > top)
        ?.textContent;
    });
    const place = async () => (await log.getByText(first ?? '', { exact: true }).boundingBox())?.y;
    const y = await place();
    release();
    await until('the page', async () => ((await oldest()) === before ? undefined : true));
    expect(await place()).toBeCloseTo(y!, 0);
  });

  it('leads to the newest whoever writes there', async () => {
    const { page } = await open({ said });
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type('nail 450');
    const hits = page.locator('[data-hit]');
    await until('one hit', async () => ((await hits.count()) === 1 ? true : undefined));
    await hits.click();
    const log = page.getByRole('log');
    await log.getByText('nail 450').waitFor();
    await page.locator('#message-field').fill('Found it.');
    await page.keyboard.press('Enter');
    await log.getByText('Found it.').waitFor();
    await log.getByText('Line 899 of a long year').waitFor();
  });
});
