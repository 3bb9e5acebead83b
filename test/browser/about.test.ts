import { describe, expect, it } from 'vitest';
import { noLeaks } from '../harness/no-leaks.ts';
import { windows } from './window.ts';

describe('the page about Kith', () => {
  noLeaks();
  const open = windows();

  it('names the version, and all it runs on, and copies both for a report', async () => {
    const { page } = await open({}, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'About' }).click();
    await page.getByText('Kith 0.1.0', { exact: true }).waitFor();
    await page.getByText(/^Node 20\.19\.0 · OpenSSL 3\.0\.15 · Chromium \d/).waitFor();
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied, to be put into a report').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^Kith 0\.1\.0 · Node 20\.19\.0 · OpenSSL 3\.0\.15 · Chromium [\d.]+$/,
    );
  });
});
