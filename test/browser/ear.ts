/** Chromium's own tree for assistive technology, as a listener meets it: what has the focus, what is read there, what is announced. */
import type { CDPSession, Page } from 'playwright-core';
import { until } from '../harness/waiting.ts';

/** What has the focus, or the option in a list of it that is chosen. */
const lookedAt = `(() => {
  const at = document.activeElement;
  const option = document.getElementById(at?.getAttribute('aria-activedescendant') ?? '');
  return at === document.body ? null : (option ?? at);
})()`;

interface Node {
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly description?: { readonly value: string };
  readonly value?: { readonly value: unknown };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
}

export interface Ear {
  /** "button Send, invalid": the role, the name, what is in it, and its states, of what has the focus or is the chosen option of it. */
  focused(): Promise<string>;
  /** Waits until the focus is on something that is read so. */
  hears(what: RegExp): Promise<string>;
  /** Everything that was announced since the last call, in order. */
  announced(): Promise<readonly string[]>;
  /** Waits until something is announced that is read so. */
  isTold(what: RegExp): Promise<string>;
}

/**
 * Notes what changes in live regions as screen readers do: a polite region has to be in the page before its words are, or nobody
 * hears them; an alert may come with them.
 */
function listen(): void {
  const page = globalThis as unknown as { said: string[] };
  page.said = [];
  const known = new WeakSet<Element>();
  const regions = '[role=status], [role=alert], [role=log], [aria-live]';
  const isOff = (region: Element): boolean => region.getAttribute('aria-live') === 'off';
  const say = (text: string | null | undefined): void => {
    const words = (text ?? '').replace(/\s+/gu, ' ').trim();
    if (words !== '' && page.said.at(-1) !== words) page.said.push(words);
  };
  new MutationObserver((changes) => {
    const touched = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      const at = target instanceof Element ? target : target.parentElement;
      const around = at?.closest(regions);
      if (around !== null && around !== undefined) touched.add(around);
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const alert of [node, ...node.querySelectorAll('[role=alert]')])
            if (alert.matches('[role=alert]')) {
              known.add(alert);
              touched.add(alert);
            }
    }
    for (const region of touched) if (known.has(region) && !isOff(region)) say(region.textContent);
    for (const region of document.querySelectorAll(regions)) known.add(region);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

export async function ear(page: Page): Promise<Ear> {
  const line: CDPSession = await page.context().newCDPSession(page);
  await line.send('Accessibility.enable');
  await page.addInitScript(listen);
  await page.reload();
  const read = async (): Promise<string> => {
    const { result } = await line.send('Runtime.evaluate', { expression: lookedAt });
    if (result.objectId === undefined) return 'nothing';
    const of = { objectId: result.objectId, fetchRelatives: false };
    const { nodes } = (await line.send('Accessibility.getPartialAXTree', of)) as unknown as { nodes: readonly Node[] };
    const focused = nodes[0]!;
    const has = (which: string): unknown => focused.properties?.find((each) => each.name === which)?.value.value;
    const states = ['invalid', 'expanded', 'selected', 'checked', 'disabled', 'required', 'level']
      .map((which) => [which, has(which)] as const)
      .filter(([, set]) => set !== undefined && set !== false && set !== 'false')
      .map(([which, set]) => (set === true || set === 'true' ? which : `${which} ${String(set)}`));
    const { role, name, description, value } = focused;
    return [
      `${role?.value ?? ''} ${name?.value ?? ''}`,
      ...(value?.value === undefined || value.value === '' ? [] : [`“${String(value.value)}”`]),
      ...(description?.value ? [`(${description.value})`] : []),
      ...states,
    ]
      .join(', ')
      .replace(/\s+/gu, ' ');
  };
  const announced = (): Promise<string[]> =>
    page.evaluate(() => (globalThis as unknown as { said: string[] }).said.splice(0));
  const soon = async (what: string, of: () => Promise<string | undefined>, last: () => unknown): Promise<string> => {
    try {
      return await until(what, of, { within: 5000 });
    } catch (error) {
      throw new Error(`${(error as Error).message}; there was ${JSON.stringify(last())}`, { cause: error });
    }
  };
  return {
    focused: read,
    announced,
    async hears(what) {
      let last = '';
      return soon(
        `${what.source} at the focus`,
        async () => {
          last = await read();
          return what.test(last) ? last : undefined;
        },
        () => last,
      );
    },
    async isTold(what) {
      const all: string[] = [];
      return soon(
        `${what.source} to be announced`,
        async () => {
          all.push(...(await announced()));
          return all.find((each) => what.test(each));
        },
        () => all,
      );
    },
  };
}
