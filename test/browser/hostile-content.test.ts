/** What others write is words, and stays in its place: whatever it says, however long it is, and whichever way it runs. */
import { describe, expect, it } from 'vitest';
import type { Occupant, RoomId } from '../../src/domain/index.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { expectNothingRan, expectNoTurning, hostile, spilt } from './hostile.ts';
import { furnishRooms, rehearsal, room, roomMessage } from './orchard.ts';
import { juliet, neighbours, now } from './verona.ts';
import { windows } from './window.ts';

const romeo = 'romeo@montague.example';
const everything = Object.entries(hostile);
const addressOf = (what: string): string => `${what.replaceAll(' ', '-')}@odd.example`;

describe.each([
  [1280, 800],
  [360, 720],
])('what others write, at %i pixels', (width, height) => {
  noLeaks();
  const open = windows();
  const viewport = { width, height };

  it('stays in its row and above its conversation as a name and a status', async () => {
    const odd = everything.map(([what, text]) => ({
      address: addressOf(what),
      name: text,
      groups: ['Odd'],
      availability: 'available' as const,
      message: text,
    }));
    const scene = await open({ neighbours: [neighbours[0]!, ...odd] }, { viewport: { width, height: 1200 } });
    const { page } = scene;
    await page.getByRole('treeitem', { name: /^Romeo/ }).waitFor();
    const rows = page.getByRole('treeitem', { level: 2 });
    expect(await rows.count()).toBe(odd.length + 1);
    const heights = await rows.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    expect(heights).toEqual(heights.map(() => 56));
    expect(await spilt(page)).toEqual([]);
    const measures: number[] = [];
    for (let at = 0; at <= odd.length; at += 1) {
      await rows.nth(at).click();
      await page.locator('#message-field').waitFor();
      measures.push((await page.getByRole('main').locator('header').boundingBox())!.height);
      expect(await spilt(page)).toEqual([]);
      await page.keyboard.press('Control+i');
      await page.getByRole('complementary').waitFor();
      expect(await spilt(page)).toEqual([]);
      await expectNoTurning(page);
      await page.keyboard.press('Control+i');
      if (width < 720) await page.getByRole('button', { name: 'Back to people' }).click();
    }
    expect(measures).toEqual(measures.map(() => 60));
    await expectNothingRan(scene);
  });

  it('stays in its plate as a message', async () => {
    const scene = await open({}, { viewport });
    const { page, stage } = scene;
    await page.getByRole('treeitem', { name: /^Romeo Montague/ }).click();
    const log = page.getByRole('log');
    await log.waitFor();
    for (const [what, text] of everything) {
      stage.hear(romeo, text);
      stage.hear(romeo, `After ${what}.`);
      await log.getByText(`After ${what}.`).waitFor();
      expect([what, ...(await spilt(page))]).toEqual([what]);
    }
    const edge = (await log.boundingBox())!;
    let above = -Infinity;
    for (const plate of await log.getByRole('article').all()) {
      const box = (await plate.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(edge.x);
      expect(box.x + box.width).toBeLessThanOrEqual(edge.x + edge.width);
      expect(box.y).toBeGreaterThanOrEqual(above);
      above = box.y + box.height;
    }
    await expectNoTurning(page);
    await expectNothingRan(scene);
  });

  it('stays in its place as a room, its topic, who speaks and what is said', async () => {
    const rooms = everything.map(([what, text]) => ({ id: addressOf(what) as RoomId, text }));
    const scene = await open(
      {},
      {
        viewport: { width, height: 1400 },
        prepare(stage) {
          furnishRooms(stage);
          const living = stage.connections.get(juliet.id)!;
          for (const { id, text } of rooms) {
            living.rooms.set(id, room(id, { name: text, topic: text }));
            const [some] = living.occupants.get(rehearsal)!.values();
            const one: Occupant = { ...some!, nick: text, presence: { ...some!.presence, message: text } };
            living.occupants.set(id, new Map([[text, one]]));
            stage.keepTalk({ kind: 'room', room: id }, [roomMessage(juliet, id, text, text, now)], 1, 0);
          }
        },
      },
    );
    const { page, stage } = scene;
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+3');
    const friendly = /^(Verona rehearsal|Garden club|Masked ball|The vault)/;
    const tree = page.getByRole('tree', { name: 'Rooms' });
    await tree.getByRole('treeitem', { name: friendly }).first().waitFor();
    const rows = tree.getByRole('treeitem').filter({ hasNotText: friendly });
    expect(await rows.count()).toBe(rooms.length);
    const heights = await rows.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    expect(heights).toEqual(heights.map(() => 56));
    for (let at = 0; at < rooms.length; at += 1) {
      await rows.nth(at).click();
      await page.locator('#message-field').waitFor();
      for (const { id, text } of rooms) stage.roomIs(id, { topic: `${text} ${at}`, topicBy: text });
      await page.getByRole('log').locator('p', { hasText: 'changed the topic' }).last().waitFor();
      expect((await page.getByRole('main').locator('header').boundingBox())!.height).toBe(60);
      expect(await spilt(page)).toEqual([]);
      await page.keyboard.press('Control+i');
      await page.getByRole('complementary').waitFor();
      expect(await spilt(page)).toEqual([]);
      await expectNoTurning(page);
      await page.keyboard.press('Control+i');
      if (width < 720) await page.getByRole('button', { name: 'Back to people' }).click();
    }
    await expectNothingRan(scene);
  });
});
