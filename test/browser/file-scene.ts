/** A conversation with files in every state, for the eye and for axe. */
import type { Page } from 'playwright-core';
import type { HeldFile } from '../../src/domain/index.ts';
import type { Stage } from './stage.ts';

/** A red square of four pixels. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
export const plan = { name: 'act two.pdf', mimeType: 'application/pdf', buffer: Buffer.from('the second act') };
export const url = (name: string): string => `https://files.example/${name}`;

export async function showFiles(page: Page, stage: Stage): Promise<void> {
  const romeo = 'romeo@montague.example';
  stage.happen({ type: 'files-offered', offer: { takes: true, largest: 10 } });
  await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
  const log = page.getByRole('log');
  await log.waitFor();
  const picture = { url: url('orchard.png'), name: 'orchard.png', size: 48_000 };
  const { id } = stage.hearFile(romeo, picture);
  stage.shownFiles.set(id, { type: 'image/png', bytes: png });
  stage.fileIs(id, { ...picture, held: 'held' as HeldFile, picture: { width: 640, height: 400 } });
  stage.hearFile(romeo, { url: url('a.pdf'), name: 'balcony-plan-1.pdf', size: 1_200_000 });
  const long = `balcony plan ${'and '.repeat(20)}more.pdf`;
  const coming = stage.hearFile(romeo, { url: url('b.pdf'), name: long });
  stage.happen({ type: 'transfer-changed', message: coming.id, progress: { moved: 800_000, size: 1_200_000 } });
  stage.hearFile(romeo, { url: url('c.ods'), name: 'household.ods', size: 48_000, saved: '/x/household.ods' });
  const chooser = page.locator('input[type=file]');
  await chooser.setInputFiles({ ...plan, buffer: Buffer.from('act two') });
  await page.getByRole('button', { name: 'Send the file' }).click();
  await log.getByText('act two').last().waitFor();
  const sent = [...stage.messages.values()].flat().find(({ file }) => file?.name === plan.name);
  stage.happen({ type: 'transfer-changed', message: sent!.id, progress: { moved: 3, size: 7 } });
  await chooser.setInputFiles([{ name: 'orchard.png', mimeType: 'image/png', buffer: png }, plan]);
  await page.getByText('The server takes files up to 10 B; this one has 14').waitFor();
}
