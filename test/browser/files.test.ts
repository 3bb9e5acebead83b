/** Files in the window: chosen, dropped and pasted, looked at before they go, on their way, and here. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { KithError } from '../../src/base/index.ts';
import type { Message, SharedFile } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { plan, png, url } from './file-scene.ts';
import { furnishRooms, rehearsal } from './orchard.ts';
import { juliet } from './verona.ts';
import { axeFaults, windows } from './window.ts';

const romeo = 'romeo@montague.example';

/** As a person drops or pastes them. */
async function hand(page: Page, kind: 'drop' | 'paste', name: string, type: string, words = ''): Promise<void> {
  await page.evaluate(
    ([how, called, mime, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['content'], called!, { type: mime! }));
      if (text !== '') transfer.setData('text/plain', text!);
      const at = document.querySelector('#message-field') ?? document.body;
      const more = { bubbles: true, cancelable: true };
      if (how === 'paste')
        return void at.dispatchEvent(new ClipboardEvent('paste', { ...more, clipboardData: transfer }));
      at.dispatchEvent(new DragEvent('dragover', { ...more, dataTransfer: transfer }));
      at.dispatchEvent(new DragEvent('drop', { ...more, dataTransfer: transfer }));
    },
    [kind, name, type, words] as const,
  );
}

describe('a file that is sent', () => {
  noLeaks();
  const open = windows();
  const withRomeo = async (offer = { takes: true, largest: 1000 }) => {
    const scene = await open({}, { prepare: (stage) => (stage.connections.get(juliet.id)!.files = offer) });
    // Whoever begins to listen only when the chooser is asked for may miss it.
    scene.page.on('filechooser', () => {});
    await scene.page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await scene.page.locator('#message-field').waitFor();
    return scene;
  };
  const chosen = (page: Page) => page.getByRole('list', { name: 'To be sent' });

  it('is chosen, looked at with its size, and goes with Enter, before the words beside it', async () => {
    const { page, stage, complaints } = await withRomeo();
    const choosing = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+Shift+A');
    await (await choosing).setFiles([plan, { name: 'orchard.png', mimeType: 'image/png', buffer: png }]);
    await chosen(page).getByText('14 B').waitFor();
    await until('the look', async () =>
      (await chosen(page)
        .locator('img')
        .evaluate((img) => (img as HTMLImageElement).naturalWidth)) === 2
        ? true
        : undefined,
    );
    expect(stage.taken.size).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.type('Read this');
    await page.keyboard.press('Enter');
    await until('all three', () => stage.askedFor('file.send').length === 2 || undefined);
    expect(stage.askedFor('file.send').map(({ name }) => name)).toEqual(['act two.pdf', 'orchard.png']);
    expect([...stage.taken.values()].map(String)).toEqual(['the second act', String(png)]);
    expect(stage.askedFor('message.send').map(({ body }) => body)).toEqual(['Read this']);
    await chosen(page).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('is dropped or pasted as well, and taken out again', async () => {
    const { page, stage } = await withRomeo();
    await hand(page, 'drop', 'dropped.txt', 'text/plain');
    await hand(page, 'paste', 'image.png', 'image/png');
    // What also has words is pasted as words.
    await hand(page, 'paste', 'sheet.png', 'image/png', 'one two');
    await chosen(page).getByRole('listitem').nth(1).waitFor();
    expect(await chosen(page).getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: 'Do not send dropped.txt' }).click();
    await page.getByRole('button', { name: 'Send the file' }).click();
    await until('it to go', () => stage.askedFor('file.send').length === 1 || undefined);
    expect(stage.askedFor('file.send')).toMatchObject([{ name: 'image.png' }]);
  });

  it('stays with its conversation, and says what is too large before anything goes', async () => {
    const { page, stage } = await withRomeo({ takes: true, largest: 5 });
    await page.locator('input[type=file]').setInputFiles([plan, { ...plan, name: 'empty', buffer: Buffer.of() }]);
    await chosen(page).getByText('The server takes files up to 5 B; this one has 14').waitFor();
    await chosen(page).getByText('This file is empty').waitFor();
    expect(await page.getByRole('button', { name: 'Send 2 files' }).getAttribute('aria-disabled')).toBe('true');
    await page.locator('#message-field').press('Enter');
    await page.getByRole('treeitem', { name: /^Benvolio/ }).click();
    await chosen(page).waitFor({ state: 'detached' });
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    expect(await chosen(page).getByRole('listitem').count()).toBe(2);
    expect([stage.taken.size, stage.askedFor('file.send')]).toEqual([0, []]);
  });

  it('waits while something is put otherwise', async () => {
    const { page, stage } = await withRomeo();
    await page.locator('#message-field').fill('At nine');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('At nine').waitFor();
    await page.locator('input[type=file]').setInputFiles(plan);
    await chosen(page).waitFor();
    await page.locator('#message-field').press('ArrowUp');
    await page.locator('#message-field').fill('At ten');
    await page.keyboard.press('Enter');
    await until('the correction', () => stage.askedFor('message.correct').length === 1 || undefined);
    expect([stage.taken.size, stage.askedFor('file.send')]).toEqual([0, []]);
    await page.keyboard.press('Enter');
    await until('it to go', () => stage.askedFor('file.send').length === 1 || undefined);
  });

  it('that was refused stays, with the reason', async () => {
    const { page, stage } = await withRomeo();
    stage.answers['file.send'] = () => {
      throw new KithError('invalid-argument', 'The quota is used up');
    };
    await page.locator('input[type=file]').setInputFiles(plan);
    await page.getByRole('button', { name: 'Send the file' }).click();
    await chosen(page).getByText('The quota is used up').waitFor();
  });

  it('is not chosen where the server takes none, and dropped nowhere does no harm', async () => {
    const { page, stage } = await withRomeo({ takes: false } as never);
    const attach = page.locator('#attach');
    expect(await attach.getAttribute('aria-disabled')).toBe('true');
    expect(await attach.getAttribute('title')).toBe('The server of juliet@capulet.example takes no files');
    await hand(page, 'drop', 'a.txt', 'text/plain');
    await page.getByRole('status').getByText('takes no files').waitFor();
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await hand(page, 'drop', 'a.html', 'text/html');
    await page.getByRole('status').getByText('Open a conversation first').waitFor();
    expect(stage.taken.size).toBe(0);
  });

  it('says how far it is, is called off, and tried again', async () => {
    const { page, stage } = await withRomeo();
    await page.locator('input[type=file]').setInputFiles(plan);
    await page.keyboard.press('Enter');
    const log = page.getByRole('log');
    await log.getByText('act two.pdf').waitFor();
    const sent = [...stage.messages.values()].flat().find(({ file }) => file?.name === 'act two.pdf') as Message;
    stage.happen({ type: 'transfer-changed', message: sent.id, progress: { moved: 7, size: 14 } });
    await log.getByText('7 B of 14 B').waitFor();
    await log.getByText('Sending', { exact: true }).waitFor();
    const bar = log.getByRole('progressbar', { name: 'Sending act two.pdf' });
    expect(await bar.getAttribute('aria-valuenow')).toBe('50');
    expect(await axeFaults(page)).toEqual([]);
    stage.happen({ type: 'transfer-changed', message: sent.id });
    stage.deliver(sent.id, { state: 'failed', reason: 'server-refused', text: 'Quota reached' });
    await log.getByText('Not sent: Quota reached').waitFor();
    await log.getByRole('button', { name: 'Try again' }).click();
    await until('the retry', () => stage.askedFor('message.retry').length === 1 || undefined);
    await log.getByRole('button', { name: 'Cancel act two.pdf' }).click();
    await until('the end', () => stage.askedFor('message.discard').length === 1 || undefined);
    await log.getByText('act two.pdf').waitFor({ state: 'detached' });
  });

  it('goes into a room', async () => {
    const { page, stage } = await open({}, { prepare: (one) => furnishRooms(one) });
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+3');
    await page.getByRole('treeitem', { name: /^Verona rehearsal/ }).click();
    await page.locator('input[type=file]').setInputFiles(plan);
    await page.getByRole('button', { name: 'Send the file' }).click();
    await until('it to go', () => stage.askedFor('file.send').length === 1 || undefined);
    expect(stage.askedFor('file.send')).toMatchObject([{ target: { kind: 'room', room: rehearsal } }]);
    await page.getByRole('log').getByText('act two.pdf').waitFor();
  });
});

describe('a file that somebody sent', () => {
  noLeaks();
  const open = windows();
  const scene = async () => {
    const opened = await open();
    await opened.page.getByRole('tree').waitFor();
    await opened.page.keyboard.press('Control+1');
    await opened.page.getByRole('tree', { name: 'Recent' }).waitFor();
    await opened.page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await opened.page.getByRole('log').waitFor();
    return { ...opened, log: opened.page.getByRole('log') };
  };

  it('is not fetched until it is saved, says how far it is, and is opened from where it lies', async () => {
    const { page, stage, log, requests } = await scene();
    const file: SharedFile = { url: url('plan.pdf'), name: 'plan.pdf' };
    const { id } = stage.hearFile(romeo, file);
    await log.getByText('From files.example').waitFor();
    await page.getByRole('treeitem', { name: /^Romeo.*File: plan\.pdf/ }).waitFor();
    let refuse!: (error: KithError) => void;
    stage.answers['file.save'] = () => new Promise<null>((_resolve, reject) => (refuse = reject));
    await log.getByRole('button', { name: 'Save plan.pdf' }).click();
    await until('the wish', () => stage.askedFor('file.save').length === 1 || undefined);
    stage.happen({ type: 'transfer-changed', message: id, progress: { moved: 800_000, size: 1_200_000 } });
    await log.getByRole('progressbar', { name: 'Receiving plan.pdf' }).waitFor();
    await log.getByText('800 kB of 1.2 MB').waitFor();
    await log.getByRole('button', { name: 'Cancel plan.pdf' }).click();
    await until('the end', () => stage.askedFor('file.cancel').length === 1 || undefined);
    stage.happen({ type: 'transfer-changed', message: id });
    refuse(new KithError('invalid-argument', 'The file is no longer there'));
    await log.getByText('Stopped: The file is no longer there').waitFor();
    stage.answers['file.save'] = () => {
      stage.fileIs(id, { ...file, size: 1_200_000, saved: '/home/juliet/Downloads/plan.pdf' });
      return null;
    };
    await log.getByRole('button', { name: 'Try again plan.pdf' }).click();
    await log.getByText('1.2 MB · in Downloads').waitFor();
    await log.getByRole('button', { name: 'Open plan.pdf' }).click();
    await until('the opening', () => stage.askedFor('file.open').length === 1 || undefined);
    expect(requests.filter((one) => one.includes('files.example') || one.includes('/file/'))).toEqual([]);
  });

  it('is reached and saved by the keys alone', async () => {
    const { page, stage, log } = await scene();
    stage.hearFile(romeo, { url: url('plan.pdf'), name: 'plan.pdf', size: 1_200_000 });
    await log.getByRole('button', { name: 'Save plan.pdf' }).waitFor();
    await page.locator('#message-field').focus();
    for (const key of ['Shift+Tab', 'Shift+Tab']) await page.keyboard.press(key);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Save plan.pdf');
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('article');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('the wish', () => stage.askedFor('file.save').length === 1 || undefined);
  });

  it('is shown when it is a picture from somebody in the list, in a place kept for it', async () => {
    const { page, stage, log, complaints } = await scene();
    const file: SharedFile = { url: url('orchard.png'), name: 'orchard.png' };
    const seen: string[] = [];
    stage.shownFile = async (message) => {
      seen.push(message);
      stage.fileIs(message, { ...file, size: 68, held: 'held' as never, picture: { width: 608, height: 304 } });
      return { type: 'image/png', bytes: png };
    };
    const { id } = stage.hearFile(romeo, file);
    const picture = log.getByRole('img', { name: 'orchard.png' });
    await picture.waitFor();
    expect(seen).toContain(id);
    const { width, height } = (await picture.boundingBox())!;
    expect([Math.round(width), Math.round(height)]).toEqual([304, 152]);
    await page.getByRole('treeitem', { name: /^Romeo.*Picture: orchard\.png/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is fetched from a stranger, or in a room, only when a person asks for it', async () => {
    const { page, stage, requests } = await open({}, { prepare: (one) => furnishRooms(one) });
    const heard = stage.hearRoom(rehearsal, 'Nurse', url('orchard.png'));
    const file: SharedFile = { url: url('orchard.png'), name: 'orchard.png' };
    stage.fileIs(heard.id, file);
    await page.keyboard.press('Control+3');
    await page.getByRole('treeitem', { name: /^Verona rehearsal/ }).click();
    const log = page.getByRole('log');
    await log.getByRole('button', { name: 'Fetch the picture orchard.png' }).waitFor();
    expect(requests.filter((one) => one.includes('/file'))).toEqual([]);
    stage.shownFiles.set(heard.id, { type: 'image/png', bytes: png });
    stage.answers['file.show'] = () => {
      stage.fileIs(heard.id, { ...file, size: 68, held: 'held' as never, picture: { width: 2, height: 2 } });
      return null;
    };
    await log.getByRole('button', { name: 'Fetch the picture orchard.png' }).click();
    await log.getByRole('img', { name: 'orchard.png' }).waitFor();
    expect(requests.filter((one) => one.includes('files.example'))).toEqual([]);
  });

  it('says a hostile name in one line, with its ending', async () => {
    const { page, stage, log } = await scene();
    stage.hearFile(romeo, { url: url('x'), name: `${'long '.repeat(30)}\u202efdp.exe` });
    const name = log.getByText('.exe').last();
    await name.waitFor();
    await page.setViewportSize({ width: 360, height: 720 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
