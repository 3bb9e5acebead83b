import { describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import { type ConversationId, conversationId, type MessageId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { now } from './verona.ts';
import { windows } from './window.ts';

describe('a conversation in the window', () => {
  noLeaks();
  const open = windows();

  it('opens with a click, takes the caret, sends with Enter and hears the answer', async () => {
    const { page, stage, complaints } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague ?, available/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Romeo Montague' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message-field');

    await page.keyboard.type('Nine o’clock, then.');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('Bring the ladder.');
    await page.keyboard.press('Enter');
    const log = page.getByRole('log');
    await log.getByText('Nine o’clock, then.').waitFor();
    expect(stage.askedFor('message.send').map(({ body }) => body)).toEqual(['Nine o’clock, then.\nBring the ladder.']);
    expect(await page.locator('#message-field').inputValue()).toBe('');

    stage.typing('romeo@montague.example', 'composing');
    await page.getByText('Romeo Montague is typing').waitFor();
    stage.hear('romeo@montague.example', 'I have no ladder. I have a wall.');
    await log.getByText('I have no ladder. I have a wall.').waitFor();
    await page.getByRole('status').getByText('Romeo Montague: I have no ladder.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('marks its last message as it goes: waiting, sending, sent, delivered, read', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.locator('#message-field').fill('Is the gate shut?');
    await page.keyboard.press('Enter');
    const last = page.getByRole('log').getByRole('group').last();
    await last.getByText('Waits for the connection').waitFor();
    const id = stage.messages.get([...stage.conversations.keys()][0]!)!.at(-1)!.id;
    for (const [state, word] of [
      ['sending', 'Sending'],
      ['sent', 'Sent'],
      ['delivered', 'Delivered'],
      ['read', 'Read 17:53'],
    ] as const) {
      stage.deliver(id, { state });
      await last.getByText(word, { exact: true }).waitFor();
    }
  });

  it('says why a message was not sent, and tries again or deletes it', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.locator('#message-field').fill('And the shutters?');
    await page.keyboard.press('Enter');
    const last = page.getByRole('log').getByRole('group').last();
    await last.getByText('And the shutters?').waitFor();
    const id = stage.messages.get([...stage.conversations.keys()][0]!)!.at(-1)!.id;

    stage.deliver(id, { state: 'failed', reason: 'server-refused', text: 'nobody of that name' });
    await last.getByText('Not sent: nobody of that name').waitFor();
    await last.getByRole('button', { name: 'Try again' }).click();
    await last.getByText('Waits for the connection').waitFor();
    expect(stage.askedFor('message.retry')).toEqual([{ message: id }]);

    stage.deliver(id, { state: 'unconfirmed' });
    await last.getByText('Not confirmed.').waitFor();
    await last.getByRole('button', { name: 'Send it again?' }).waitFor();
    await last.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('And the shutters?').waitFor({ state: 'detached' });
    expect(stage.askedFor('message.discard')).toEqual([{ message: id as MessageId }]);
  });

  it('keeps a draft for each conversation in the house: over a reload, and in every window', async () => {
    const { page, stage, served } = await open();
    await page.getByRole('treeitem', { name: /^Benvolio/ }).click();
    await page.locator('#message-field').fill('I saw him by the sycamores');
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    expect(await page.locator('#message-field').inputValue()).toBe('');
    await page.getByRole('treeitem', { name: /^Benvolio.*Draft: I saw him by the sycamores/ }).waitFor();
    await page.reload();
    await page.getByRole('treeitem', { name: /^Benvolio.*Draft:/ }).click();
    const field = page.locator('#message-field');
    expect(await field.inputValue()).toBe('I saw him by the sycamores');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    const [[conversation]] = [...stage.drafts] as [[ConversationId, string]];

    stage.write(conversation, 'I saw him by the sycamores, early');
    await until('the words of another window', async () =>
      (await field.inputValue()) === 'I saw him by the sycamores, early' ? true : undefined,
    );
    served.answer(false);
    await page.getByText('Kith itself has stopped.', { exact: false }).first().waitFor();
    await field.fill('Written while nobody kept it');
    served.answer(true);
    await until('it to be kept', () => stage.drafts.get(conversation) === 'Written while nobody kept it' || undefined);
  });

  it('takes no letter back that is typed faster than it is kept, and keeps the words until they are stored', async () => {
    const { page, stage } = await open();
    let answer!: () => void;
    const usual = stage.write.bind(stage);
    const slow = (): Promise<void> => new Promise((resolve) => (answer = resolve));
    stage.answers['conversation.setDraft'] = async ({ account, target, draft }) => {
      await slow();
      usual(conversationId(account, target), draft);
      return null;
    };
    await page.getByRole('treeitem', { name: /^Benvolio/ }).click();
    const field = page.locator('#message-field');
    await field.waitFor();
    await page.keyboard.type('Early');
    await until('the first letter to be asked for', () => stage.askedFor('conversation.setDraft').at(0));
    answer();
    await until('the newest to be asked for', () => stage.askedFor('conversation.setDraft').at(1));
    expect(stage.askedFor('conversation.setDraft').map(({ draft }) => draft)).toEqual(['E', 'Early']);
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    expect(await field.inputValue()).toBe('Early');
    answer();
    await until('it to be kept', () => ([...stage.drafts.values()].includes('Early') ? true : undefined));

    let store!: () => void;
    const stored = new Promise<void>((resolve) => (store = resolve));
    stage.answers['message.send'] = async () => {
      await stored;
      return stage.messages.get([...stage.conversations.keys()][0]!)![0]!;
    };
    await page.keyboard.press('Enter');
    await until('the sending', () => stage.askedFor('message.send').at(0));
    expect(await field.inputValue()).toBe('');
    expect(stage.askedFor('conversation.setDraft')).toHaveLength(2);
    store();
    await until('the end of the draft', () => stage.askedFor('conversation.setDraft').at(2)?.draft === '' || undefined);
    answer();
    await until('it to be gone', () => (stage.drafts.size === 0 ? true : undefined));
  });

  it('places the new line once, reads what is in sight, and says so to the house', async () => {
    const { page, stage } = await open();
    await page.getByRole('treeitem', { name: /^Nurse.*2 unread/ }).click();
    await page.getByRole('heading', { name: 'New since 17:49' }).waitFor();
    await page.getByRole('treeitem', { name: /^Nurse(?!.*unread)/ }).waitFor();
    const [asked] = stage.askedFor('conversation.acknowledge');
    const all = stage.messages.get(asked!.conversation)!;
    expect(asked!.upTo).toBe(all.at(-1)!.id);
    stage.hear('angelica@capulet.example', 'And wash your hands');
    await page.getByRole('log').getByText('And wash your hands').waitFor();
    expect(await page.getByRole('heading', { name: /New since/ }).count()).toBe(1);
  });

  it('scrolls back without end, and not a line moves when older ones come in', async () => {
    const address = 'romeo@montague.example';
    const { page, stage } = await open({
      said: {
        [address]: Array.from({ length: 400 }, (_, index) => ({
          ago: (400 - index) * 600_000,
          from: index % 3 === 0 ? ('we' as const) : ('they' as const),
          body: `Line ${index}${index % 7 === 0 ? ' which is a good deal longer than the others and goes on to a second line, and a third one if the window is narrow' : ''}`,
        })),
      },
    });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const log = page.getByRole('log');
    await log.getByText('Line 399 which').waitFor();
    await log.evaluate((view) => {
      // Where the topmost message in sight stands, before and after each painting in which the number of messages changed.
      const track = view as HTMLElement & { moved: number; pages: number };
      track.moved = 0;
      track.pages = 0;
      let before: { id: string; top: number; count: number } | undefined;
      const look = (): void => {
        const all = [...view.querySelectorAll<HTMLElement>('[data-message]')];
        const edge = view.getBoundingClientRect().top;
        if (before !== undefined && all.length !== before.count) {
          const same = all.find((each) => each.dataset['message'] === before!.id);
          track.pages += 1;
          track.moved = Math.max(track.moved, Math.abs((same?.getBoundingClientRect().top ?? 9999) - before.top));
        }
        const first = all.find((each) => each.getBoundingClientRect().bottom > edge)!;
        before = { id: first.dataset['message']!, top: first.getBoundingClientRect().top, count: all.length };
      };
      new MutationObserver(look).observe(view, { childList: true, subtree: true });
      view.addEventListener('scroll', look);
      look();
    });
    for (let step = 0; step < 60 && (await log.getByText('Line 0 which').count()) === 0; step += 1) {
      await log.hover();
      await page.mouse.wheel(0, -2500);
      await until('a painting', () =>
        page.evaluate(() => new Promise<true>((done) => requestAnimationFrame(() => done(true)))),
      );
    }
    await log.getByText('The beginning of what the server keeps').waitFor();
    const { moved, pages } = await log.evaluate((view) => {
      const track = view as HTMLElement & { moved: number; pages: number };
      return { moved: track.moved, pages: track.pages };
    });
    expect(pages).toBeGreaterThanOrEqual(5);
    expect(moved).toBeLessThan(2);

    stage.hear(address, 'Something new at the end', now);
    await page.getByRole('button', { name: 'Newest 1' }).click();
    await log.getByText('Something new at the end').waitFor();
    await page.getByRole('button', { name: /Newest/ }).waitFor({ state: 'detached' });
  });

  it('goes to the end with what one sends, from wherever one was reading', async () => {
    const address = 'romeo@montague.example';
    const { page } = await open({
      said: {
        [address]: Array.from({ length: 120 }, (_, index) => ({
          ago: (120 - index) * 600_000,
          from: 'they' as const,
          body: `Line ${index}`,
        })),
      },
    });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const log = page.getByRole('log');
    await log.getByText('Line 119').waitFor();
    await log.hover();
    await page.mouse.wheel(0, -1500);
    await page.getByRole('button', { name: 'Newest' }).waitFor();
    await page.locator('#message-field').fill('Here I am');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Newest' }).waitFor({ state: 'detached' });
    const beneath = await log.evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight);
    expect(beneath).toBeLessThan(2);
  });

  it('opens whom one found with Enter, and writes nothing there', async () => {
    const { page } = await open();
    await page.locator('#find').fill('benvolio');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Benvolio' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message-field');
    expect(await page.locator('#message-field').inputValue()).toBe('');
    await page.locator('#message-field').fill(' \n');
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    expect(await page.getByRole('treeitem', { name: /Draft/ }).count()).toBe(0);
  });

  it('says beside the field why a message was not taken, and keeps the text', async () => {
    const { page, stage } = await open();
    const why = 'This message is too long: 70 kB of at most 64 kB';
    stage.answers['message.send'] = () => {
      throw new KithError('invalid-argument', why);
    };
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.locator('#message-field').fill('A very long letter');
    await page.keyboard.press('Enter');
    await page.getByRole('form').getByRole('alert').getByText(why).waitFor();
    expect(await page.locator('#message-field').inputValue()).toBe('A very long letter');
  });

  it('keeps the text while Kith itself is gone, says so, and claims to know nobody', async () => {
    const { page, served } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague ?, available/ }).click();
    served.answer(false);
    await page.getByText('Kith itself has stopped.', { exact: false }).first().waitFor();
    await page.getByRole('treeitem', { name: /^Romeo Montague ?, not known/ }).waitFor();
    expect(await page.getByRole('treeitem', { name: /, available/ }).count()).toBe(0);
    await page.locator('#message-field').fill('Are you there?');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('form').getByRole('alert');
    await alert.getByText('Not sent: Kith itself has stopped.', { exact: false }).waitFor();
    expect(await page.locator('#message-field').inputValue()).toBe('Are you there?');
    served.answer(true);
    await page.getByRole('treeitem', { name: /^Romeo Montague ?, available/ }).waitFor();
    await alert.waitFor({ state: 'detached' });
  });

  it('keeps a pile of marks within its plate', async () => {
    const { page, stage } = await open({}, { viewport: { width: 360, height: 700 } });
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    stage.hear('romeo@montague.example', `a${'\u0301'.repeat(400)}`);
    const plate = page.getByRole('article').last().locator('> div').first();
    await plate.waitFor();
    expect(await plate.evaluate((element) => getComputedStyle(element).overflowY)).toBe('clip');
  });

  it('shows what was said as text, whatever it says, and asks nobody for anything', async () => {
    const { page, stage, complaints, requests, served } = await open();
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const log = page.getByRole('log');
    const hostile = '<img src=https://spy.example/x.png onerror=alert(1)> <b>bold</b> javascript:alert(1)';
    stage.hear('romeo@montague.example', hostile);
    await log.getByText(hostile).waitFor();
    stage.hear('romeo@montague.example', 'Look: https://verona.example/order?act=2. And mail amy@example.org');
    const link = log.getByRole('link');
    await link.waitFor();
    expect(await link.count()).toBe(1);
    expect(await link.getAttribute('href')).toBe('https://verona.example/order?act=2');
    expect(await link.getAttribute('rel')).toContain('noopener');
    stage.hear('romeo@montague.example', 'safe \u202egpj.exe');
    await log.getByText('⟨⟩').waitFor();
    await page.getByRole('tab', { name: 'Recent' }).click();
    stage.hear('romeo@montague.example', 'https://good.example/\u202egro.elpmaxe/x and http://amy:pw@evil.example/y');
    await page.getByRole('treeitem', { name: /good\.example\/⟨⟩gro/ }).waitFor();
    await log.getByRole('link', { name: 'https://good.example/⟨⟩gro.elpmaxe/x' }).waitFor();
    await log.getByRole('link', { name: 'http://amy:pw@evil.example/y' }).waitFor();
    await log.getByText('(evil.example)').waitFor();
    expect(await page.getByText(/[\u202a-\u202e]/u).count()).toBe(0);
    stage.hear('romeo@montague.example', 'x'.repeat(70_000));
    await log.getByRole('button', { name: 'Show all (68 kB)' }).click();
    expect(await log.locator('img, b:not([aria-hidden])').count()).toBe(0);
    expect(requests.filter((url) => !url.startsWith(served.address))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
