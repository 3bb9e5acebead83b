/** What is said of the papers we follow: made of what the code says, shown by tests that exist, and all that others are told. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Standard } from '../../protocols/xmpp/standard.ts';
import { XmppRig } from '../harness/xmpp-rig.ts';
import { NS_DISCO_INFO } from '../../protocols/xmpp/features/caps.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

describe('the page of the papers we follow', () => {
  let all: readonly Standard[];
  let page: string;
  let doap: string;

  beforeAll(async () => {
    // Not part of what the compiler looks at: the script runs on plain Node.
    const script = (await import(`${root}scripts/lib/xmpp-table.mjs`)) as {
      declared(): Promise<readonly Standard[]>;
      page(standards: readonly Standard[]): string;
      doap(standards: readonly Standard[]): string;
    };
    all = await script.declared();
    const options = await prettier.resolveConfig(`${root}docs/xmpp.md`);
    page = await prettier.format(script.page(all), { ...options, parser: 'markdown' });
    doap = script.doap(all);
  });

  it('is what `npm run xmpp-table` makes of the code', () => {
    expect(read('docs/xmpp.md')).toBe(page);
    expect(read('docs/kith.doap')).toBe(doap);
  });

  it('names only tests that are there', () => {
    expect(all.filter(({ test }) => !test.endsWith('.test.ts') || !existsSync(`${root}${test}`))).toEqual([]);
  });

  it('says what is missing where a paper is followed in part, and names none twice', () => {
    expect(all.filter(({ status, note }) => status === 'partial' && note === undefined)).toEqual([]);
    expect(all.map(({ id }) => id).filter((id, at, ids) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('has a line for everything others are told we can do', async () => {
    const rig = new XmppRig();
    await rig.online();
    await rig.says(`<iq type="get" id="q" from="amy@home.example/x"><query xmlns="${NS_DISCO_INFO}"/></iq>`);
    const query = rig.written().at(-1)?.child('query', NS_DISCO_INFO);
    const told = query?.childrenNamed('feature').map((feature) => feature.attribute('var')?.replace(/\+notify$/, ''));
    const named = new Set(all.flatMap(({ namespaces = [] }) => namespaces));
    expect(told?.length).toBeGreaterThan(5);
    expect(told?.filter((one) => !named.has(one ?? ''))).toEqual([]);
    const unspoken = [...named].filter((one) => told?.includes(one) !== true);
    expect(unspoken).toEqual([]);
  });
});
