/** The browser shell with a real Chromium: the whole way in, from the file to the bridge. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shellRig, type ShellRig } from '../harness/shell-rig.ts';

const executablePath = '/usr/bin/chromium';
let browser: Browser;
let rig: ShellRig;

describe('a real Chromium', () => {
  beforeAll(async () => {
    rig = await shellRig();
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(async () => {
    await browser?.close();
    await rig?.[Symbol.asyncDispose]();
  });

  it('comes from the entrance file to the page and joins, though the cookie is strict', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const { path } = await rig.entrance();
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction(() => document.title.startsWith('Joined'));
    expect(page.url()).toBe(`${rig.origin}/`);
    expect(existsSync(path)).toBe(false);
    const [cookie] = await context.cookies(rig.origin);
    expect(cookie).toMatchObject({ name: `kith-${rig.port}`, httpOnly: true, sameSite: 'Strict' });
    await context.close();
  });

  it('keeps its way in over a reload, and nothing in its history is worth anything', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const { path, ticket } = await rig.entrance();
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction(() => document.title.startsWith('Joined'));
    await page.reload();
    await page.waitForFunction(() => document.title.startsWith('Joined'));
    expect(page.url()).not.toContain(ticket);
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    expect((await other.goto(`${rig.origin}/`))?.status()).toBe(403);
    await stranger.close();
    await context.close();
  });

  it('cannot be used by a foreign page in the same browser', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const { path } = await rig.entrance();
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction(() => document.title.startsWith('Joined'));
    const foreign = await context.newPage();
    await foreign.goto('data:text/html,<title>Foreign</title>');
    const attempts = await foreign.evaluate(async (origin) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`);
      const opened = await new Promise<boolean>((resolve) => {
        socket.addEventListener('open', () => resolve(true));
        socket.addEventListener('error', () => resolve(false));
      });
      const read = await fetch(`${origin}/`, { credentials: 'include' }).then(
        () => true,
        () => false,
      );
      return { opened, read };
    }, rig.origin);
    expect(attempts).toEqual({ opened: false, read: false });
    await context.close();
  });
});

describe('the built window', () => {
  it('runs under the policy without breaking it', async () => {
    const built = await shellRig(undefined, {}, join(import.meta.dirname, '../../dist/renderer'));
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const own = await chromium.launch({ executablePath, args });
    try {
      const page = await own.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      const { path } = await built.entrance();
      await page.goto(pathToFileURL(path).href);
      await page.locator('#root > *').first().waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await own.close();
      await built[Symbol.asyncDispose]();
    }
  });
});
