/** A window as a person has it: Debian's Chromium with the built page in it, and a stage behind. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { serve, type Served } from './served.ts';
import { type Cast, Stage } from './stage.ts';
import { now } from './verona.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Look extends BrowserContextOptions {
  /** Without it Chromium's clock runs; times on screen are then those of the day of the test. */
  readonly standing?: boolean;
  /** Before the page asks for anything. */
  prepare?(stage: Stage): void;
}

export interface Scene {
  readonly page: Page;
  readonly stage: Stage;
  readonly served: Served;
  /** What the page complained about: errors of scripts and of the content policy. */
  readonly complaints: readonly string[];
  /** Everything the page asked the network for. */
  readonly requests: readonly string[];
}

/** Call once in a suite; what it returns opens a scene that ends with its test. */
export function windows(): (cast?: Cast, look?: Look) => Promise<Scene> {
  let browser: Browser;
  const ends: (() => PromiseLike<void>)[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  afterAll(() => browser.close());

  return async (cast = {}, { standing = true, prepare, ...options } = {}) => {
    const stage = new Stage(cast);
    prepare?.(stage);
    const served = await serve(stage);
    ends.push(() => served[Symbol.asyncDispose]());
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      ...options,
    });
    ends.push(() => context.close());
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().includes('WebSocket connection')) complaints.push(line.text());
    });
    page.on('request', (request) => requests.push(request.url()));
    if (standing) await page.clock.setFixedTime(now);
    await page.goto(served.address);
    return { page, stage, served, complaints, requests };
  };
}

/** Faults axe finds, one sentence each; empty when there are none. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(node: Document, options: object): Promise<AxeResult> } }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${help} (${target.join(' ')}) ${any[0]?.message ?? ''}`),
  );
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly {
      readonly target: readonly string[];
      readonly any: readonly { readonly message: string }[];
    }[];
  }[];
}
