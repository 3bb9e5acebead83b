/** What somebody could write to break out of their place, and means to see whether they did. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Scene } from './window.ts';

const canary = 'globalThis.canary = true';

export const marks = `a${'\u0301'.repeat(2000)}${'\u0323'.repeat(2000)}z`;
export const endless = 'W'.repeat(65_536);

/** Each may be a name, a status, a topic, a nick, what is said, or the name of a file. */
export const hostile: Readonly<Record<string, string>> = {
  'a script': `<script>${canary}</script>`,
  'a picture that runs': `<img src=x onerror="${canary}"><img src="https://spy.example/look.png">`,
  'a drawing that runs': `<svg xmlns="http://www.w3.org/2000/svg" onload="${canary}"><script>${canary}</script></svg>`,
  'a page in a page': `"><iframe src="https://spy.example/"></iframe><style>*{display:none}</style><base href="https://spy.example/">`,
  'a form': `'"/><form action="https://spy.example/"><input autofocus onfocus="${canary}"></form>`,
  'links that run': `javascript:${canary} data:text/html,<script>${canary}</script> vbscript:x file:///etc/passwd`,
  'a turn of the writing': '\u202egro.elpmaxe@live\u202c \u2067\u2066\u2068 never ended \u200f\u061c',
  'writing from the right': 'שלום (world) مرحبا 12-34!',
  'nothing to see': 'in\u200bvi\u200dsi\u2060ble\ufeff\u00ad \u{e0041}\u{e0042}',
  'a line without end': endless,
  'a pile of marks': marks,
  'very wide letters': '﷽𒐫꧅'.repeat(60),
  'many lines': 'one\r\ntwo\u2028three\u2029four\u0085five\vsix\fseven\n'.repeat(20),
  'control characters': 'a\u0007b\u001b[31mc\u009bd\ufffe',
};

/** Nothing ran, nothing was asked of anybody but Kith, nothing was opened, and no element came out of words. */
export async function expectNothingRan({ page, served, requests, complaints }: Scene): Promise<void> {
  expect(await page.evaluate(() => 'canary' in globalThis)).toBe(false);
  expect(requests.filter((url) => !url.startsWith(served.address))).toEqual([]);
  expect(complaints).toEqual([]);
  expect(page.context().pages()).toHaveLength(1);
  expect(page.frames()).toHaveLength(1);
  expect(await page.locator('iframe, object, embed, base, style, form[action], body script').count()).toBe(0);
  expect(await page.locator('[href^="javascript:" i], [href^="data:" i], [href^="file:" i]').count()).toBe(0);
}

/** No direction sign that somebody else wrote stands in the page, seen or in a title; Kith's own pairs only set apart. */
export async function expectNoTurning(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const turning = /[\u202a-\u202e\u2066\u2067\u200e\u200f\u061c]/u;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all = [document.title];
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) all.push(node.textContent ?? '');
    for (const each of document.querySelectorAll('*'))
      for (const name of ['title', 'aria-label', 'alt', 'placeholder']) all.push(each.getAttribute(name) ?? '');
    return all.filter((text) => turning.test(text));
  });
  expect(found).toEqual([]);
}

/** What is painted past the edges of the window, or past a pane it stands in; empty when everything keeps its place. */
export async function spilt(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const parts: Node[] = [];
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = all.nextNode(); node !== null; node = all.nextNode()) parts.push(node);
    const range = document.createRange();
    const said = parts.flatMap((part) => {
      range.selectNode(part);
      const box = part instanceof Element ? part.getBoundingClientRect() : range.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || getComputedStyle(part.parentElement!).visibility === 'hidden')
        return [];
      let [left, right] = [0, innerWidth];
      for (let around = part.parentElement; around !== null; around = around.parentElement) {
        const { clipPath, overflowX, textOverflow } = getComputedStyle(around);
        // One pixel wide and clipped: words for the ear.
        if (clipPath !== 'none') return [];
        if (overflowX === 'visible') continue;
        const edge = around.getBoundingClientRect();
        // What is cut off here is cut off with its sign, or can be scrolled to.
        if (textOverflow === 'ellipsis' || overflowX === 'auto') return [];
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      }
      if (box.left >= left - 4 && box.right <= right + 4) return [];
      const what = `${part.parentElement!.className} ${part.nodeName} ${part.textContent!.slice(0, 12)}`;
      return [`${what}: ${Math.round(box.left)} to ${Math.round(box.right)} of ${left} to ${right}`];
    });
    if (document.documentElement.scrollWidth > innerWidth)
      said.push(`the page is ${document.documentElement.scrollWidth}`);
    return said;
  });
}

/** Where the middle of each piece of text stands, from the left, in the order they are asked for. */
export const placesOf = (within: Locator, pieces: readonly string[]): Promise<readonly number[]> =>
  within.evaluate((element, wanted) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes: Node[] = [];
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) nodes.push(node);
    return wanted.map((piece) => {
      for (const node of nodes) {
        const start = node.textContent!.indexOf(piece);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + piece.length);
        const box = range.getBoundingClientRect();
        return box.left + box.width / 2;
      }
      throw new Error(`“${piece}” is not in “${element.textContent}”`);
    });
  }, pieces);

/** They stand one right of the other, as somebody writes who writes from the left. */
export async function expectInOrder(within: Locator, ...pieces: readonly string[]): Promise<void> {
  await within.waitFor();
  const places = await placesOf(within, pieces);
  expect([pieces.join(' | '), ...places]).toEqual([pieces.join(' | '), ...places.toSorted((a, b) => a - b)]);
}

/** What each part of the page looks like, as PNG in base64, to be compared with how it looks later. */
export async function looksOf(page: Page, ...parts: readonly Locator[]): Promise<readonly string[]> {
  const looks: string[] = [];
  for (const part of parts) {
    const clip = (await part.boundingBox())!;
    looks.push((await page.screenshot({ clip, animations: 'disabled' })).toString('base64'));
  }
  return looks;
}

/** How many pixels are others than they were. Round corners drawn a second time differ by a shade, which does not count. */
export const pixelsChanged = (page: Page, before: readonly string[], after: readonly string[]): Promise<number> =>
  page.evaluate(
    async ([then, now]) => {
      const read = async (look: string): Promise<Uint8ClampedArray> => {
        const bytes = Uint8Array.from(atob(look), (sign) => sign.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const drawn = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
        drawn.drawImage(picture, 0, 0);
        return drawn.getImageData(0, 0, picture.width, picture.height).data;
      };
      let changed = 0;
      for (const [at, look] of then.entries()) {
        const [one, other] = [await read(look), await read(now[at]!)];
        if (one.length !== other.length) return Infinity;
        for (let place = 0; place < one.length; place += 4)
          if ([0, 1, 2].some((colour) => Math.abs(one[place + colour]! - other[place + colour]!) > 32)) changed += 1;
      }
      return changed;
    },
    [before, after] as const,
  );
