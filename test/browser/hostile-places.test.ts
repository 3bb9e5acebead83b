/** Where words of others stand in sentences of ours, in links, in names and in pictures: they lead nobody astray. */
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { emptyCard, type ContactId, type HeldFile, type RoomId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { until } from '../harness/waiting.ts';
import { url } from './file-scene.ts';
import {
  expectInOrder,
  expectNothingRan,
  expectNoTurning,
  hostile,
  looksOf,
  marks,
  pixelsChanged,
  spilt,
} from './hostile.ts';
import { furnishRooms, garden, masks, rehearsal } from './orchard.ts';
import { neighbours, type Neighbour } from './verona.ts';
import { windows } from './window.ts';

const romeo = 'romeo@montague.example';
const hebrew = 'שלום';
const mallory = 'mallory@evil.example';
const stranger = (more: Partial<Neighbour> = {}): Neighbour => ({
  address: mallory,
  name: mallory,
  groups: [],
  availability: 'available',
  ...more,
});
const narrow = { viewport: { width: 360, height: 720 } };

describe('words that run from the right', () => {
  noLeaks();
  const open = windows();

  it('do not turn round the sentences they stand in', async () => {
    const layla = {
      address: 'layla@cordoba.example',
      name: `${hebrew} (1)`,
      groups: [],
      availability: 'available',
    } as const;
    const scene = await open({ neighbours: [layla, neighbours[0]!], said: {} }, { prepare: furnishRooms });
    const { page, stage } = scene;
    await page.getByRole('treeitem', { name: /^שלום/ }).click();
    stage.typing(layla.address, 'composing');
    const main = page.getByRole('main');
    await expectInOrder(main.getByText('is typing'), hebrew, 'is', 'typing');
    await expectInOrder(main.getByText('are kept on this computer'), 'Messages', 'with', hebrew, 'are', 'computer');

    await page.keyboard.press('Control+3');
    await page.getByRole('treeitem', { name: /^Garden club/ }).click();
    await page.getByRole('log').getByText('the lilacs are early').waitFor();
    stage.roomIs(garden, { topic: `${hebrew} 34`, topicBy: `ליאור 12` });
    await expectInOrder(page.getByText('changed the topic'), '12', 'changed', 'topic', '34');
    stage.hearRoom(garden, 'ליאור', `${hebrew} אחד`);
    await page.getByRole('tab', { name: /Recent/ }).click();
    await expectInOrder(page.getByRole('treeitem', { name: /^Garden club/ }), 'ליאור', hebrew);
    stage.roomIs(masks, {
      status: 'left',
      wanted: false,
      invitation: { from: `${masks}/${hebrew} 1` as ContactId, text: 'x' },
    });
    await expectInOrder(page.getByText(/שלום.* invites you to this room/), hebrew, 'invites', 'you', 'room');
    await expectNoTurning(page);
    await expectNothingRan(scene);
  });

  it('in a window that runs from the right are held apart as well, whichever way they run', async () => {
    const loud = { ...neighbours[0]!, name: 'Romeo!' };
    const { page, stage } = await open({ neighbours: [loud], said: {} });
    await page.evaluate(() => localStorage.setItem('kith-language', 'pseudo-arab'));
    await page.reload();
    stage.presence(romeo, 'available');
    await page.getByRole('treeitem', { name: /^Romeo!/ }).click();
    await expectInOrder(page.getByRole('log').getByText('Romeo!'), 'Romeo', '!');
    expect(await spilt(page)).toEqual([]);
  });
});

describe('what stands beside hostile words', () => {
  noLeaks();
  const open = windows();

  it.each(['1280 pixels', '360 pixels'])('looks as it did before, to the pixel, at %s', async (width) => {
    const { page, stage } = await open({}, width === '360 pixels' ? narrow : {});
    const row = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) });
    await row('Benvolio').waitFor();
    await page.evaluate(() => document.fonts.ready);
    const others = [row('Benvolio'), row('Friar Laurence')];
    stage.hear(romeo, 'Nothing much.');
    await page.getByRole('treeitem', { name: /^Romeo.*Nothing much/ }).waitFor();
    const before = await looksOf(page, ...others);
    for (const [at, [what, text]] of Object.entries(hostile).entries()) {
      stage.presence(romeo, 'available', text);
      stage.hear(romeo, text);
      await page.getByRole('treeitem', { name: new RegExp(`${at + 2} unread$`) }).waitFor();
      expect([what, await pixelsChanged(page, before, await looksOf(page, ...others))]).toEqual([what, 0]);
    }
  });

  it('looks so above and below a message that is a pile of marks', async () => {
    const { page, stage } = await open({}, narrow);
    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    const log = page.getByRole('log');
    await log.getByRole('article').last().waitFor();
    stage.hear(romeo, 'Above.');
    stage.hear(romeo, marks);
    stage.hear(romeo, 'Below.');
    await log.getByText('Below.').waitFor();
    const article = log.getByRole('article');
    const [above, between, below] = [-3, -2, -1].map((at) => article.nth(at));
    const clean = await looksOf(page, above!, below!);
    await between!.evaluate((one) => ((one.firstElementChild as HTMLElement).style.visibility = 'hidden'));
    const alone = await looksOf(page, above!, below!);
    expect(await pixelsChanged(page, clean, alone)).toBe(0);
  });
});

describe('a link', () => {
  noLeaks();
  const open = windows();

  it.each([
    ['https://good.example@evil.example/x', 'evil.example'],
    ['https://good.example%2f:80@evil.example/x', 'evil.example'],
    ['https://good.example／@evil.example', 'evil.example'],
    ['https://p\u0430ypal.example/', 'xn--pypal-4ve.example'],
    ['https://xn--pypal-4ve.example/', 'xn--pypal-4ve.example'],
    ['https://good.example/\u202egro.elpmaxe', 'good.example'],
    ['http://2130706433/', '127.0.0.1'],
    ['https://ev\u00adil.example/', 'evil.example'],
    ['mailto:bank@p\u0430ypal.example', 'xn--pypal-4ve.example'],
  ])('that looks like another says where it leads: %s', async (text, host) => {
    const scene = await open();
    const { page, stage } = scene;
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    stage.hear(romeo, `Look ${text} now`);
    const article = page.getByRole('log').getByRole('article').last();
    const link = article.getByRole('link');
    await link.waitFor();
    expect(await link.evaluate((a: HTMLAnchorElement) => (a.protocol === 'mailto:' ? a.href : a.host))).toContain(
      text.startsWith('mailto:') ? 'mailto:bank@' : host,
    );
    await article.getByText(`(${host})`).waitFor();
    await expectInOrder(article, 'Look', '(');
    expect(await spilt(page)).toEqual([]);
    await expectNoTurning(page);
    await expectNothingRan(scene);
  });

  it('in a card is one only where it leads out of the window, and says where', async () => {
    const urls = [
      'javascript:globalThis.canary=true',
      'data:text/html,<script>globalThis.canary=true</script>',
      'https://good.example@evil.example/',
      'HTTPS://verona.example/',
      ' https://verona.example/b',
    ];
    const card = {
      ...emptyCard,
      name: '\u202eoemoR',
      organisation: hostile['a line without end']!.slice(0, 9000),
      urls,
    };
    const scene = await open({}, { prepare: (stage) => void (stage.answers['contact.card'] = () => card) });
    const { page } = scene;
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.keyboard.press('Control+i');
    const about = page.getByRole('complementary');
    await about.getByText('javascript:').waitFor();
    expect(
      await about.getByRole('link').evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href)),
    ).toEqual(['https://good.example@evil.example/', 'https://verona.example/', 'https://verona.example/b']);
    await about.getByText('(evil.example)').waitFor();
    await about.getByText('javascript:').click();
    expect(await spilt(page)).toEqual([]);
    await expectNoTurning(page);
    await expectNothingRan(scene);
  });
});

describe('a name', () => {
  noLeaks();
  const open = windows();

  it.each([
    ['', 'empty'],
    [' \u00a0\t ', 'blank'],
    ['\u200b\u2060\u3164\u2800', 'of signs nobody sees'],
    [romeo, 'that is another person’s address'],
    [`Romeo <${romeo}>`, 'that says another person’s address'],
    ['romeo\u200b@montague.example', 'with another’s address and a sign nobody sees in it'],
  ])('%j is no name: the address stands there (%s)', async (name) => {
    const scene = await open({ neighbours: [...neighbours, stranger({ name })] });
    const { page } = scene;
    await page.getByRole('treeitem', { name: /^mallory@evil\.example/ }).click();
    await page.getByRole('heading', { level: 1, name: mallory }).waitFor();
    await page.getByRole('textbox', { name: `Message to ${mallory}` }).waitFor();
    expect(await page.getByRole('treeitem', { name: /^romeo@/ }).count()).toBe(0);
    await expectNothingRan(scene);
  });

  it('may be one’s own address, and in a request the address stands beneath it in letters that differ', async () => {
    const asking = stranger({ name: 'Rorneo Montague', request: `${marks} ${'please '.repeat(4000)}` });
    const scene = await open({ neighbours: [{ ...neighbours[0]!, name: romeo }, asking] }, narrow);
    const { page } = scene;
    await page.getByRole('treeitem', { name: /^romeo@montague\.example/ }).waitFor();
    const card = page.getByRole('region', { name: /^Request from/ });
    const address = card.getByText(mallory);
    await address.waitFor();
    expect(await address.evaluate((line) => getComputedStyle(line).fontFamily)).toMatch(/Mono/);
    expect((await card.boundingBox())!.height).toBeLessThan(400);
    expect(await spilt(page)).toEqual([]);
    await card.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await spilt(page)).toEqual([]);
    await expectNothingRan(scene);
  });

  it('in a room that nobody can see is a sign, and what is said has a speaker', async () => {
    const scene = await open({}, { prepare: furnishRooms });
    const { page, stage } = scene;
    await page.keyboard.press('Control+3');
    await page.getByRole('treeitem', { name: /^Verona rehearsal/ }).click();
    stage.hearRoom(rehearsal, '\u200b \u3164', 'Guess who');
    await page.getByRole('group', { name: /^⟨⟩, / }).getByText('Guess who').waitFor();
    stage.roomIs('\u3164@rooms.verona.example' as RoomId, { name: ' ', status: 'joined' });
    await expectNothingRan(scene);
  });

  it('of a file keeps its plate, its words and its ending', async () => {
    const scene = await open({}, narrow);
    const { page, stage } = scene;
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    await page.getByRole('log').waitFor();
    for (const [what, name] of Object.entries(hostile)) {
      const { id } = stage.hearFile(romeo, { url: url('x'), name: `${name.slice(0, 9000)}.exe` });
      await page.locator(`[data-message="${id}"]`).waitFor();
      expect([what, ...(await spilt(page))]).toEqual([what]);
    }
    await expectNoTurning(page);
    await expectNothingRan(scene);
  });
});

/** A PNG of one colour, `side` pixels wide and high: a few kilobytes that unfold to gigabytes. */
function bomb(side: number): Buffer {
  const chunk = (kind: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(kind, 4, 'latin1');
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(Buffer.concat([head.subarray(4), data])));
    return Buffer.concat([head, data, sum]);
  };
  const shape = Buffer.alloc(13);
  shape.writeUInt32BE(side, 0);
  shape.writeUInt32BE(side, 4);
  shape.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 });
  const begins = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([begins, chunk('IHDR', shape), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

describe('a picture', () => {
  noLeaks();
  const open = windows();

  it('that is none, that is a page or a program, or that would fill the memory leaves the letters', async () => {
    const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>globalThis.canary = true</script></svg>';
    const wrong: readonly (readonly [string, Buffer])[] = [
      ['image/png', Buffer.from('<html><script>globalThis.canary = true</script>')],
      ['image/gif', Buffer.from(`GIF89a${script}`)],
      ['image/jpeg', Buffer.alloc(0)],
      ['image/png', bomb(30_000)],
      ['image/png', bomb(12_000)],
    ];
    const scene = await open(
      {},
      {
        prepare(stage) {
          for (const [at, [type, bytes]] of wrong.entries()) {
            const name = String(at).repeat(40);
            stage.pictures.set(name, { type, bytes });
            const { address } = neighbours[at]!;
            stage.people.set(address, { ...stage.people.get(address)!, avatar: name });
          }
        },
      },
    );
    const { page, stage } = scene;
    await page.getByRole('treeitem', { name: /^Romeo/ }).waitFor();
    await until('every picture to be given up', async () => (await page.locator('img').count()) === 0 || undefined);
    for (const [name, letters] of [
      ['Friar', 'FL'],
      ['Mercutio', 'M'],
    ]) {
      const row = page.getByRole('treeitem', { name: new RegExp(`^${name}`) });
      expect(await row.locator('[data-person]').textContent()).toBe(letters);
    }

    await page.getByRole('treeitem', { name: /^Romeo/ }).click();
    await page.getByRole('log').waitFor();
    for (const [width, height] of [
      [1, 1_000_000],
      [1_000_000, 1],
      [0, 0],
      [Number.NaN, -5],
    ] as const) {
      const file = { url: url('x.png'), name: 'x.png', held: 'held' as HeldFile, picture: { width, height } };
      const { id } = stage.hearFile(romeo, file);
      await page.locator(`[data-message="${id}"]`).waitFor();
      expect((await page.locator(`[data-message="${id}"]`).boundingBox())!.height).toBeLessThan(520);
      expect(await spilt(page)).toEqual([]);
    }
    await expectNothingRan({ ...scene, complaints: scene.complaints.filter((one) => !one.includes('404')) });
  });
});
