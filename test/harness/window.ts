/** Kith's window in Debian's Chromium: opened as a person would open it, read by what it says, and overheard. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { findProgram, type Program } from './processes.ts';
import { patience } from './waiting.ts';

const chromiumProgram: Program = { name: 'chromium', debianPackage: 'chromium' };

/** Nothing leaves the machine, and root needs to go without the sandbox. */
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

export interface Windows {
  readonly browser: Browser;
  /** `sentence` is what Kith says when it is asked for a window and has no display: it names a file to open. */
  open(sentence: string): Promise<Window>;
  close(): Promise<void>;
}

export interface Window {
  readonly page: Page;
  /** Everything the page received: documents, scripts, and each frame of its socket. */
  readonly received: readonly string[];
}

export async function startChromium(): Promise<Windows> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: findProgram(chromiumProgram), args: [...quiet, ...root] });
  return {
    browser,
    async open(sentence) {
      const address = /file:\S+\.html/.exec(sentence)?.[0];
      if (address === undefined) throw new Error(`No file to open in: ${sentence}`);
      const context = await browser.newContext({ viewport: { width: 1100, height: 720 } });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      const received: string[] = [];
      page.on('response', (response) => {
        // A document the browser left again has no body to give.
        response.text().then(
          (text) => received.push(text),
          () => {},
        );
      });
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(String(payload))));
      page.on('console', (message) => received.push(message.text()));
      await page.goto(address);
      await page.waitForURL(/^http:\/\/127\.0\.0\.1:/);
      return { page, received };
    },
    close: () => browser.close(),
  };
}
