#!/usr/bin/env node
/**
 * Makes the pictures under docs/screens/ anew, from the demo and from a first start, in Debian's Chromium.
 * The demo lives by the clock, so times differ from run to run; language, zone and sizes do not.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

if (process.argv.includes('--help')) {
  console.log(
    'npm run screens: makes the pictures under docs/screens/ anew. Build first; needs Chromium, and fonts for every script the demo writes (fonts-vlgothic, fonts-noto-color-emoji).',
  );
  process.exit(0);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/screens');
/** Bytes a picture may have in the repository. */
const most = 200_000;

const wide = { width: 1440, height: 900 };
const narrow = { width: 360, height: 720 };

/** A Kith without a desktop: it prints the way in instead of opening a window. */
async function startKith(flags) {
  const profile = mkdtempSync(join(tmpdir(), 'kith-screens-'));
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const kith = spawn(process.execPath, [join(root, 'bin/kith'), '--profile', profile, ...flags], {
    env: { ...env, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => kith.once('exit', resolve));
  const address = await new Promise((resolve, reject) => {
    let said = '';
    kith.stdout.on('data', (text) => {
      said += text;
      const found = /file:\/\/\S+\.html/.exec(said);
      if (found !== null) resolve(found[0]);
    });
    kith.once('exit', () => {
      rmSync(profile, { recursive: true, force: true });
      reject(new Error(`Kith ended before it said where to look: ${said}`));
    });
  });
  return {
    address,
    async end() {
      kith.kill('SIGTERM');
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

const browser = await chromium.launch({
  executablePath: process.env.KITH_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

/** Opens a window on a Kith of its own, lets `show` arrange it, and ends both. */
async function scene(flags, look, show) {
  const kith = await startKith(flags);
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...look });
  try {
    const page = await context.newPage();
    await page.goto(kith.address);
    await page.locator('#root > *').waitFor();
    await show(page, async (name) => {
      await page.evaluate(() => document.fonts.ready);
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      const { size } = statSync(path);
      if (size > most) throw new Error(`${name}.png has ${size} bytes; the limit is ${most}`);
      console.log(`docs/screens/${name}.png  ${Math.round(size / 1000)} kB`);
    });
  } finally {
    await context.close();
    await kith.end();
  }
}

/** Someone is written to, and answers. */
async function talkWith(page, name, words) {
  await page
    .getByRole('treeitem', { name: new RegExp(`^${name}`) })
    .first()
    .click();
  await page.locator('#message-field').fill(words);
  await page.keyboard.press('Enter');
  const log = page.getByRole('log');
  await log.getByText(words).waitFor();
  await log
    .getByText(/^(Delivered|Read)/)
    .last()
    .waitFor();
}

mkdirSync(folder, { recursive: true });
try {
  await scene([], { viewport: wide }, async (page, picture) => {
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await picture('first-run');
    await page.setViewportSize(narrow);
    await picture('first-run-narrow');
  });
  await scene(['--demo'], { viewport: wide }, async (page, picture) => {
    await page.getByRole('tree').waitFor();
    await talkWith(page, 'Romeo Montague', 'Nine o’clock, then. Do bring the ladder.');
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    await page.mouse.move(700, 500);
    await picture('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('dark');
    await page.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
    await picture('contrast');
    await page.emulateMedia({ colorScheme: 'light', contrast: 'more' });
    await picture('contrast-light');
    await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference' });
    await page.keyboard.press('Control+i');
    await page.setViewportSize(narrow);
    await picture('narrow-conversation');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('narrow-conversation-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: 'Back to people' }).click();
    await picture('narrow-people');
    await page.keyboard.press('Control+3');
    await page
      .getByRole('treeitem', { name: /^Rehearsal/ })
      .first()
      .click();
    await page.getByRole('log').getByText('Who moved the fourth wall?').waitFor();
    await picture('narrow-room');
    await page.setViewportSize(wide);
    await page.keyboard.press('Control+i');
    await page.getByRole('complementary').waitFor();
    await picture('room');
    await page.keyboard.press('Control+i');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ro');
    await page.getByRole('listbox').waitFor();
    await picture('switcher');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+f');
    await page.keyboard.type('lamp');
    await page.getByRole('region', { name: 'What was found' }).getByRole('heading').first().waitFor();
    await picture('search');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Comma');
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    await picture('settings-accounts');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('settings-accounts-dark');
  });
  for (const [name, look, spoken] of [
    ['german', { locale: 'de-DE' }, undefined],
    // English in Arabic letters: how the window stands where one writes from the right.
    ['from-the-right', {}, 'pseudo-arab'],
  ])
    await scene(['--demo'], { viewport: wide, ...look }, async (page, picture) => {
      await page.getByRole('tree').waitFor();
      if (spoken !== undefined) {
        await page.evaluate((wanted) => localStorage.setItem('kith-language', wanted), spoken);
        await page.reload();
      }
      await page
        .getByRole('treeitem', { name: /^Romeo Montague/ })
        .first()
        .click();
      await page.locator('#message-field').waitFor();
      await page.keyboard.press('Control+i');
      await page.getByRole('complementary').waitFor();
      await picture(name);
      await page.keyboard.press('Control+i');
      await page.setViewportSize(narrow);
      await picture(`${name}-narrow`);
    });
} finally {
  await browser.close();
}
